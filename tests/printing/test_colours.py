"""Colours reach a printer that has them dot for dot as they were proofed; another gets black alone."""

from __future__ import annotations

import itertools
import subprocess
import sys
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw
from PySide6.QtPrintSupport import QPrinter

from labelapp.printing.printer import Job
from labelapp.printing.qt import QtPrinter
from labelapp.resources import folder
from labelapp.rx.errors import PrinterFailed
from tests.printing import dots
from tests.printing.conftest import ROOT
from tests.printing.dots import Dots

pytestmark = pytest.mark.paper

SERIAL = itertools.count(1)
TINTS = ("#b3131b", "#ff9a2e", "#ffdd00", "#9fd8a4", "#0b4a8f", "#010203", "#fefdfc")
FILE = str(folder() / "examples" / "02-titration-capsules.json")
STICKERS = {"file": FILE, "stock": "dymo-30336", "dpi": 300, "paper": "stickers", "colour": True}


def picture(width: int, height: int, page: int) -> Image.Image:
    """Draw what shows every shift, scaling, softening and change of colour."""
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((8, 8, width - 9, height - 9), outline="black")
    for number, tint in enumerate(TINTS):
        left = 16 + number * (width - 40) // len(TINTS)
        pen.rectangle((left, 20, left + 40, height - 20), fill=tint)
        for bar in range(page + 3):  # lines of one, two and three dots across the ground
            thick = 1 + bar % 3
            pen.rectangle((left, 30 + 8 * bar, left + 40, 29 + 8 * bar + thick), fill="black")
        for spot in range(0, 40, 2):
            image.putpixel((left + spot, height - 30 + spot % 3), (255, 255, 255))
    return image


def label(stock: tuple[str, str], *, pages: int = 1, dpi: int = 300):
    """A label of a stock (mm) as the desk hands it over, and its pages in colour."""
    width, height = (round(float(side) * dpi / 25.4) for side in stock)
    drawn = [picture(width, height, page) for page in range(pages)]
    black = [each.convert("L").point(lambda tone: 255 * (tone < 128), "1") for each in drawn]
    return drawn, {
        "title": f"Coloured label {next(SERIAL):04d}",
        "pages": [each.tobytes().hex() for each in black],
        "colours": [each.tobytes().hex() for each in drawn],
        "width": width,
        "height": height,
        "dpi": dpi,
        "width_mm": stock[0],
        "height_mm": stock[1],
    }


def differing(one: Image.Image, other: Image.Image) -> int:
    """Count the dots that differ; where one picture ends the other must be white."""
    size = (max(one.width, other.width), max(one.height, other.height))
    laid = [Image.new("RGB", size, "white") for _ in range(2)]
    for sheet, each in zip(laid, (one, other), strict=True):
        sheet.paste(each, (0, 0))
    bands = ImageChops.difference(*laid).split()
    apart = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    return sum(apart.histogram()[1:])


@contextmanager
def set_to(server, queue: str, option: str, usual: str):
    """Have a queue do something by itself for a while."""
    server.run("lpadmin", "-p", queue, "-o", option)
    try:
        yield
    finally:
        server.run("lpadmin", "-p", queue, "-o", usual)


def test_a_queue_says_whether_it_prints_colours(counter, tinter, roll, head):
    told = counter("colours")
    assert (told["Colours"], told["Roll"], told[head.queue]) == (True, False, False)


@pytest.mark.parametrize(
    "stock", [("101.6", "50.8"), ("101.6", "76.2"), ("54", "25")], ids="x".join
)
def test_every_dot_keeps_its_colour_on_the_way(counter, tinter, stock):
    (sent,), job = label(stock)
    told = counter("send", printer="Colours", **job)
    assert told["in_colour"]
    raster = tinter.await_raster(job["title"])
    assert dots.pwg_dpi(raster) == (300, 300)
    (came,) = dots.colours_from_pwg(raster)
    assert len(sent.getcolors()) == len(TINTS) + 2
    assert differing(came, sent) == 0


def test_a_listed_size_of_no_whole_points_keeps_every_dot_if_one_aside(counter, tinter):
    """Qt knows 62 x 29 mm as 176 x 82 points; CUPS lays that in the middle of its 175.7 x 82.2."""
    (sent,), job = label(("62", "29"))
    counter("send", printer="Colours", **job)
    (came,) = dots.colours_from_pwg(tinter.await_raster(job["title"]))
    assert differing(ImageChops.offset(came, 1, 0), sent) == 0


def test_several_pages_come_in_their_order(counter, tinter):
    sent, job = label(("54", "25"), pages=3)
    assert counter("send", printer="Colours", **job)["pages"] == 3
    came = dots.colours_from_pwg(tinter.await_raster(job["title"]))
    assert [differing(each, page) for each, page in zip(came, sent, strict=True)] == [0, 0, 0]
    assert differing(sent[0], sent[1]) > 100


def test_a_queue_set_to_print_grey_is_told_to_print_colours(counter, server, tinter):
    (sent,), job = label(("54", "25"))
    with set_to(server, "Colours", "ColorModel=Gray", "ColorModel=RGB"):
        assert counter("colours")["Colours"]
        assert counter("send", printer="Colours", **job)["in_colour"]
        (came,) = dots.colours_from_pwg(tinter.await_raster(job["title"]))
    assert differing(came, sent) == 0


@pytest.fixture
def own_settings(server):
    """A person's own wish for grey on this computer, as `lpoptions` writes it."""
    path = Path(server.environment["HOME"]) / ".cups" / "lpoptions"
    path.parent.mkdir()
    path.write_text("Dest Colours ColorModel=Gray print-color-mode=monochrome\n")
    yield
    path.unlink()
    path.parent.rmdir()


def test_a_persons_own_print_settings_turn_nothing_grey(counter, tinter, own_settings):
    (sent,), job = label(("54", "25"))
    assert counter("send", printer="Colours", **job)["in_colour"]
    (came,) = dots.colours_from_pwg(tinter.await_raster(job["title"]))
    assert differing(came, sent) == 0


def test_a_label_of_black_alone_stays_black_on_a_printer_with_colours(counter, tinter):
    (sent,), job = label(("54", "25"))
    told = counter("send", printer="Colours", **{**job, "colours": []})
    assert not told["in_colour"]
    (came,) = dots.from_pwg(tinter.await_raster(job["title"]))
    assert len(sent.getcolors()) > 2
    assert came.differing(Dots(sent.width, sent.height, bytes.fromhex(job["pages"][0]))) == 0


def test_a_printer_without_colours_is_sent_the_black_dots(counter, roll):
    _, job = label(("54", "25"), dpi=203)
    assert not counter("send", printer="Roll", **job)["in_colour"]
    (came,) = dots.from_pwg(roll.await_raster(job["title"]))
    sent = Dots(job["width"], job["height"], bytes.fromhex(job["pages"][0]))
    assert sent.ink > 1000
    assert came.differing(sent) == 0


def test_a_ground_the_page_would_cut_is_refused_though_it_is_pale(counter, tinter):
    """To a head of black alone this ground is white, and nothing of the label would be lost."""
    _, job = label(("62", "29"))
    size = (job["width"], job["height"])
    pale = Image.new("RGB", size, "#ffdd00")
    told = counter("send", printer="Colours", **{**job, "colours": [pale.tobytes().hex()]})
    assert told["failed"] == "printer.cuts"
    assert "receipt" in counter("send", printer="Colours", **{**job, "colours": []})


def test_stickers_go_the_whole_way_in_their_colours(counter, server, tinter):
    """From the file to the dots: the very picture that was proofed and shown."""
    server.await_empty()
    before = set(tinter.spool.iterdir())
    told = counter("dispense", printer="Colours", **STICKERS)
    assert told["sent"]
    assert told["in_colour"]
    server.await_empty()
    (raster,) = (path for path in set(tinter.spool.iterdir()) - before if path.suffix == ".pwg")
    came = dots.colours_from_pwg(raster.read_bytes())
    sizes = [(width, height) for width, height, _bits in told["pages"]]
    proofed = [
        Image.frombytes("RGB", size, bytes.fromhex(page))
        for size, page in zip(sizes, told["colours"], strict=True)
    ]
    assert [differing(each, page) for each, page in zip(came, proofed, strict=True)] == [0] * len(
        proofed
    )
    used = {colour for page in came for _many, colour in page.getcolors() or ()}
    assert {(0xB3, 0x13, 0x1B), (0xFF, 0xDD, 0), (0, 0, 0), (255, 255, 255)} <= used
    assert len(used) <= 7  # nothing between: black, white and the five colours of the rows


def test_the_same_stickers_reach_a_head_without_colours_in_black(counter, server, head):
    server.run("lpadmin", "-p", head.queue, "-o", "Resolution=300dpi")
    told = counter("dispense", printer=head.queue, **STICKERS)
    assert told["sent"]
    assert not told["in_colour"]
    shown = [Dots(width, height, bytes.fromhex(bits)) for width, height, bits in told["pages"]]
    came = dots.from_zpl(head.await_jobs(1)[0])
    assert [each.differing(page) for each, page in zip(came, shown, strict=True)] == [0] * len(
        shown
    )


def typed(server, tmp_path: Path, *words: str) -> str:
    """What the command says, as somebody types it on a computer of their own."""
    homes = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"), str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-m", "labelapp", *words],
        env={**server.environment, **homes, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_command_names_printers_with_colours_and_says_when_none_were_sent(
    server, tinter, head, tmp_path
):
    listed = typed(server, tmp_path, "printers").splitlines()
    (coloured,) = (line for line in listed if line.startswith("Colours "))
    (black,) = (line for line in listed if line.startswith(f"{head.queue} "))
    assert coloured.endswith("prints in colour")
    assert not black.endswith("prints in colour")
    server.run("lpadmin", "-p", head.queue, "-o", "Resolution=300dpi")
    words = ["print", FILE, "--paper", "stickers", "--stock", "dymo-30336", "--dpi", "300"]
    lost = "has no colours"
    assert lost in typed(server, tmp_path, *words, "--colour", "--to", head.queue)
    assert lost not in typed(server, tmp_path, *words, "--to", head.queue)
    assert lost not in typed(server, tmp_path, *words, "--colour", "--to", "Colours")


def test_where_colours_cannot_be_asked_for_nothing_is_sent(qapp):
    """A PDF file stands for a system whose queue takes no such wish."""
    (_,), job = label(("54", "25"))
    size = (Decimal("54"), Decimal("25"))
    colours = tuple(bytes.fromhex(page) for page in job["colours"])
    pages = tuple(bytes.fromhex(page) for page in job["pages"])
    made = Job("label", b"", pages, job["width"], job["height"], 300, *size, colours)
    paper = QPrinter()
    paper.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    with pytest.raises(PrinterFailed) as failed:
        QtPrinter("Colours")._set_colours(paper, made, by_cups=True)
    assert failed.value.code == "printer.no-colours"
    QtPrinter("Colours")._set_colours(paper, made, by_cups=False)
    assert paper.colorMode() is QPrinter.ColorMode.Color
