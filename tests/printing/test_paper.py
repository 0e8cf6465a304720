"""A label sent to real queues arrives at the head dot for dot, or is refused before it is sent.

The way is Qt, CUPS, its filters and drivers, and what a head receives. No printer of any maker
stood at the other end: the Zebra driver is CUPS' own, the heads are listeners (see virtual.py).
"""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from labelapp.resources import folder
from tests.printing import dots
from tests.printing.dots import Dots
from tests.printing.virtual import TECHNICIAN, ZEBRA_DRIVER

pytestmark = pytest.mark.paper

SERIAL = itertools.count(1)


def picture(width: int, height: int, page: int = 1, edge: int = 8) -> Dots:
    """Draw what shows every shift, scaling and turn: bars, single dots, a slope, a count of page."""
    image = Image.new("1", (width, height), 0)
    pen = ImageDraw.Draw(image)
    right, bottom = width - 1 - edge, height - 1 - edge
    pen.rectangle((edge, edge, right, bottom), outline=1)
    for bar in range(edge + 20, right - 20, 9):  # bars of one, two and three dots
        for wide in range(3):
            left = bar + wide * 3
            pen.rectangle((left, edge + 20, left + wide, height // 2), fill=1)
    for x, y in itertools.product(range(edge + 4, right - 4), range(height // 2 + 4, bottom - 24)):
        if (x + y) % 2:
            image.putpixel((x, y), 1)
    pen.line((edge, bottom, edge + 40, bottom - 20), fill=1)
    for number in range(page):
        pen.rectangle(
            (right - 60 + 12 * number, edge + 4, right - 52 + 12 * number, edge + 12), fill=1
        )
    return Dots(width, height, image.tobytes())


def label(stock: tuple[str, str], *, pages: int = 1, dpi: int = 203, edge: int = 8):
    """A label of a stock (mm) as the desk hands it over, and its pages as dots."""
    width, height = (round(float(side) * dpi / 25.4) for side in stock)
    drawn = [picture(width, height, page, edge) for page in range(1, pages + 1)]
    return drawn, {
        "title": f"LDN label {next(SERIAL):04d}",
        "pages": [each.rows.hex() for each in drawn],
        "width": width,
        "height": height,
        "dpi": dpi,
        "width_mm": stock[0],
        "height_mm": stock[1],
    }


FOUR_BY_TWO, BROTHER, ODD = ("101.6", "50.8"), ("62", "29"), ("54", "25")
LARGE_ADDRESS = ("89", "36")


@pytest.mark.parametrize("stock", [FOUR_BY_TWO, BROTHER, ODD, ("101.6", "76.2")], ids="x".join)
def test_every_dot_reaches_an_ipp_label_printer(counter, roll, stock):
    (sent,), job = label(stock)
    told = counter("send", printer="Roll", **job)
    raster = roll.await_raster(job["title"])
    assert told["receipt"].startswith("Roll-")
    assert dots.pwg_dpi(raster) == (203, 203)
    (came,) = dots.from_pwg(raster)
    assert sent.ink > 1000
    assert came.differing(sent) == 0


@pytest.mark.parametrize("stock", [FOUR_BY_TWO, BROTHER, ODD, ("50.8", "25.4")], ids="x".join)
def test_every_dot_reaches_a_zebra_head(counter, head, stock):
    (sent,), job = label(stock)
    told = counter("send", printer=head.queue, **job)
    (stream,) = head.await_jobs(1)
    assert told["pages"] == 1
    assert dots.printed_labels(stream) == 1
    (came,) = dots.from_zpl(stream)
    assert came.differing(sent) == 0


LEFT, RIGHT = Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270


def turned(sent: Dots, page: tuple[int, int], edges: tuple[int, int], way: Image.Transpose) -> Dots:
    """Lay a label on its page (dots, as it is read), turn it, and take the driver's edges off."""
    lying = Image.new("1", page)
    lying.paste(Image.frombytes("1", (sent.width, sent.height), sent.rows))
    standing = lying.transpose(way)
    beside, above = edges
    inside = standing.crop((beside, above, standing.width - beside, standing.height - above))
    return Dots(inside.width, inside.height, inside.tobytes())


@pytest.mark.parametrize(
    ("stock", "page"),
    [(("88.9", "35.6"), (1050, 420)), (LARGE_ADDRESS, (1050, 420)), (("89", "28"), (1050, 337))],
    ids=["as listed", "large address", "address"],
)
def test_a_label_read_across_its_feed_is_turned_dot_for_dot(counter, labelwriter, stock, page):
    """DYMO's driver lists address labels standing, by their inches; rows begin behind its edges."""
    ((sent,), job) = label(stock, dpi=300, edge=66)
    assert "receipt" in counter("send", printer=labelwriter.queue, **job)
    came = dots.from_labelwriter(labelwriter.await_jobs(1)[0])
    inside = turned(sent, page, (8, 62), LEFT)  # 2 and 14.9 points
    assert inside.ink == sent.ink
    assert came.differing(inside) == 0


def test_a_label_uses_the_page_up_to_the_drivers_edges(counter, labelwriter):
    """One dot more is lost: 8 dots at the sides of the sheet, 62 before and behind."""
    size = {"width": 1050, "height": 420, "dpi": 300, "width_mm": "88.9", "height_mm": "35.6"}
    for box, outcome in (
        ((62, 8, 987, 411), "receipt"),
        ((61, 8, 987, 411), "failed"),
        ((62, 7, 987, 411), "failed"),
        ((62, 8, 988, 411), "failed"),
        ((62, 8, 987, 412), "failed"),
    ):
        image = Image.new("1", (1050, 420))
        ImageDraw.Draw(image).rectangle(box, outline=1)
        title = f"LDN label {next(SERIAL):04d}"
        job = {"title": title, "pages": [image.tobytes().hex()], **size}
        assert outcome in counter("send", printer=labelwriter.queue, **job), box
    came = dots.from_labelwriter(labelwriter.await_jobs(1)[0])
    assert came.ink == 2 * (987 - 62 + 411 - 8)


def test_a_stock_the_driver_does_not_know_is_refused(counter, labelwriter):
    """It takes no sizes but its own: fed as another one, the label would lie across its head."""
    _, job = label(("102", "59"), dpi=300, edge=66)
    told = counter("send", printer=labelwriter.queue, **job)
    assert (told["failed"], told["size"]) == (
        "printer.no-size",
        "102.0 \N{MULTIPLICATION SIGN} 59.0",
    )


def test_a_label_wider_than_the_feed_is_turned(counter, roll):
    """A head of 108 mm takes 5 x 2 in standing only; its driver turns the other way than DYMO's."""
    (sent,), job = label(("127", "50.8"))
    counter("send", printer="Roll", **job)
    (came,) = dots.from_pwg(roll.await_raster(job["title"]))
    assert (came.width, came.height) == (406, 1015)
    assert came.differing(turned(sent, (1015, 406), (0, 0), RIGHT)) == 0


def test_a_head_of_300_dots_gets_its_own_dots(counter, server, head):
    server.run("lpadmin", "-p", head.queue, "-o", "Resolution=300dpi")
    assert counter("wants", printer=head.queue, width_mm="101.6", height_mm="50.8")["dpi"] == 300
    (sent,), job = label(FOUR_BY_TWO, dpi=300)
    counter("send", printer=head.queue, **job)
    (came,) = dots.from_zpl(head.await_jobs(1)[0])
    assert came.differing(sent) == 0


def test_two_labels_come_as_two_in_their_order(counter, head, roll):
    sent, job = label(FOUR_BY_TWO, pages=2)
    assert sent[0] != sent[1]
    assert counter("send", printer=head.queue, **job)["pages"] == 2
    assert counter("send", printer="Roll", **job)["pages"] == 2
    (stream,) = head.await_jobs(1)
    assert dots.printed_labels(stream) == 2
    for came in (dots.from_zpl(stream), dots.from_pwg(roll.await_raster(job["title"]))):
        assert [each.differing(page) for each, page in zip(came, sent, strict=True)] == [0, 0]


def test_the_queue_shows_the_label_by_its_id_and_nothing_is_left_behind(counter, server, head):
    _, job = label(FOUR_BY_TWO)
    told = counter("send", printer=head.queue, **job)
    head.await_jobs(1)
    server.await_empty()
    listed = server.run("lpstat", "-W", "completed", "-l", "-o", head.queue)
    assert told["receipt"] in listed
    assert [path.name for path in counter.temporary.iterdir()] == []


def test_a_label_for_another_head_is_not_scaled(counter, server, head):
    _, job = label(FOUR_BY_TWO, dpi=300)
    told = counter("send", printer=head.queue, **job)
    assert told == {
        "failed": "printer.other-dpi",
        "printer": head.queue,
        "has": "203",
        "wants": "300",
    }
    assert head.jobs == []


def test_ink_the_page_of_the_queue_would_cut_is_refused(counter, head):
    """62 x 29 mm is 176 x 82 points to CUPS: the last row of dots would stay behind."""
    _, job = label(BROTHER, edge=0)
    told = counter("send", printer=head.queue, **job)
    assert told["failed"] == "printer.cuts"
    assert told["size"] == "62.0 \N{MULTIPLICATION SIGN} 29.0"


def test_a_paused_queue_is_told_before_anything_is_sent(counter, server, head):
    server.run("cupsdisable", "-r", "roll is being changed", head.queue)
    assert counter("queues")[head.queue][:2] == ["queue.paused", False]
    _, job = label(FOUR_BY_TWO)
    assert counter("send", printer=head.queue, **job)["failed"] == "printer.paused"
    assert server.run("lpstat", "-o", head.queue).strip() == ""
    server.run("cupsenable", head.queue)
    assert counter("queues")[head.queue] == ["queue.idle", True, []]


def test_a_queue_that_takes_nothing_is_told(counter, server, head):
    """Qt calls this queue idle and says the label was printed."""
    server.run("cupsreject", head.queue)
    assert counter("queues")[head.queue][:2] == ["queue.rejecting", False]
    _, job = label(FOUR_BY_TWO)
    assert counter("send", printer=head.queue, **job)["failed"] == "printer.rejecting"


def test_an_unknown_queue_is_told(counter, server):
    _, job = label(FOUR_BY_TWO)
    told = counter("send", printer="No such queue", **job)
    assert told == {"failed": "printer.none-such", "printer": "No such queue"}


def test_a_queue_that_vanished_while_the_program_ran_is_told(counter, server, head):
    _, job = label(FOUR_BY_TWO)
    other = {"printer": "Borrowed", **job}
    server.add("Borrowed", f"socket://127.0.0.1:{head.port}", ZEBRA_DRIVER)
    assert counter("queues")["Borrowed"][0] == "queue.idle"
    server.remove("Borrowed")
    assert counter("send", **other)["failed"] == "printer.none-such"
    assert "Borrowed" not in counter("queues")


def test_a_label_the_server_turned_away_is_not_called_printed(counter, server, head):
    """The queue looks open, and Qt says all went well: nobody but the server knows better."""
    server.run("lpadmin", "-p", head.queue, "-u", f"deny:{TECHNICIAN}")
    _, job = label(FOUR_BY_TWO)
    assert counter("send", printer=head.queue, **job) == {"unknown": "printer.no-trace"}
    assert head.jobs == []


@pytest.mark.parametrize("habit", ["copies-default=2", "job-sheets-default=standard,none"])
def test_a_queue_that_would_add_labels_of_its_own_is_refused(counter, server, head, habit):
    server.run("lpadmin", "-p", head.queue, "-o", habit)
    _, job = label(FOUR_BY_TWO)
    told = counter("send", printer=head.queue, **job)
    assert (told["failed"], told["habits"]) == ("printer.habits", habit)


def test_no_queue_is_chosen_for_anybody(counter, server, head):
    server.run("lpadmin", "-d", head.queue)
    assert counter("queues")[head.queue] == ["queue.idle", True, []]
    _, job = label(FOUR_BY_TWO)
    assert counter("send", printer="", **job)["failed"] == "printer.none-such"


@pytest.fixture
def own_settings(server):
    """A person's own print settings on this computer, as `lpoptions` writes them."""
    path = Path(server.environment["HOME"]) / ".cups" / "lpoptions"
    path.parent.mkdir()
    path.write_text(
        "Dest Zebra copies=2 number-up=2 Resolution=300dpi\nDest Zebra/draft copies=3\n"
    )
    yield
    path.unlink()
    path.parent.rmdir()


def test_a_persons_own_print_settings_change_nothing(counter, server, head, own_settings):
    sent, job = label(FOUR_BY_TWO, pages=2)
    assert [name for name in counter("queues") if name.startswith("Zebra")] == ["Zebra"]
    counter("send", printer=head.queue, **job)
    (stream,) = head.await_jobs(1)
    assert dots.printed_labels(stream) == 2
    assert [
        came.differing(page) for came, page in zip(dots.from_zpl(stream), sent, strict=True)
    ] == [0, 0]


@pytest.mark.parametrize("stock", ["thermal-4x2", "thermal-4x3"])
def test_a_prescription_goes_the_whole_way_to_the_head(counter, server, head, roll, stock):
    """From the file to the dots: what was proofed and shown is what the heads receive."""
    file = folder() / "examples" / "02-titration-capsules.json"
    patient = json.loads(file.read_text("utf-8"))["patient"]
    zebra = counter("dispense", file=str(file), printer=head.queue, stock=stock)
    assert zebra["sent"]
    shown = [Dots(width, height, bytes.fromhex(bits)) for width, height, bits in zebra["pages"]]
    (stream,) = head.await_jobs(1)
    came = dots.from_zpl(stream)
    assert dots.printed_labels(stream) == len(shown)
    assert [each.differing(page) for each, page in zip(came, shown, strict=True)] == [0] * len(
        shown
    )
    before = set(roll.spool.iterdir())
    assert counter("dispense", file=str(file), printer="Roll", stock=stock)["sent"]
    server.await_empty()
    (raster,) = (path for path in set(roll.spool.iterdir()) - before if path.suffix == ".pwg")
    came = dots.from_pwg(raster.read_bytes())
    assert [each.differing(page) for each, page in zip(came, shown, strict=True)] == [0] * len(
        shown
    )
    assert patient["family"] not in raster.name
    assert patient["family"].encode() not in told_the_server(server)


def told_the_server(server) -> bytes:
    """What a print server keeps of its jobs: its log and its control files, without the pages."""
    kept = [*(server.folder / "log").iterdir(), *(server.folder / "spool").glob("c*")]
    assert len(kept) > 2
    return b"".join(path.read_bytes() for path in kept)
