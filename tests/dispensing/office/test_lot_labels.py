"""Labels of lots over real records: made from what is there, audited, and understood when scanned."""

from __future__ import annotations

from pathlib import Path

import pytest

from labelapp.dispensing.lot_label import LotWish
from labelapp.dispensing.office.checking import NotThis
from labelapp.dispensing.office.lotlabels import NoLotLabel
from labelapp.dispensing.office.lotscan import TwoLots
from labelapp.dispensing.office.shown import ShownLot
from labelapp.dispensing.shown import Wanted
from labelapp.draw.proof import READERS
from labelapp.label.document import Symbology
from labelapp.rx.errors import CannotWrite, PrinterFailed
from labelapp.rx.finding import Settler
from labelapp.store.trouble import Conflict
from tests.dispensing.office.busy import NO_QUEUE
from tests.dispensing.office.labels import fill_of, look, printed
from tests.dispensing.office.offices import LOT, Counter, counter, with_lot
from tests.given import draft


@pytest.fixture
def at(tmp_path: Path) -> Counter:
    made = counter(tmp_path)
    made.sign_in("TT")
    return made


def lot(at: Counter, number: str = "26-118", **says: str) -> ShownLot:
    at.sign_in("TT")
    return at.office.lots.record({**LOT, "number": number, "name": "LDN 1.5 mg", **says})


def words(at: Counter, which: ShownLot, **wish: object) -> dict[str, str]:
    label = at.office.lot_labels.look(which, LotWish(**wish))  # type: ignore[arg-type]
    texts: dict[str, list[str]] = {}
    for each in label.pages[0].boxes:
        texts.setdefault(each.key, []).append(each.text)
    return {key: " ".join(some) for key, some in texts.items()}


def rows(at: Counter, act: str) -> list[str]:
    at.sign_in("PC")
    return [each.detail for each in at.office.keeping.audit_page(act=act)]


def test_a_label_says_what_is_on_record_now(at: Counter) -> None:
    made = lot(at, quantity="500", **{"components.0.name": "Naltrexone HCl"})
    says = words(at, made)
    assert says["quantity"] == "Made 500\u00a0capsules"
    assert says["bud"] == "Discard after May 18, 2027"  # day 1 is that of compounding, 180 days
    assert says["not_released"] == "NOT RELEASED - DO NOT USE"
    assert "component" not in says
    assert words(at, made, ingredients=True)["component"] == "Naltrexone HCl"
    at.sign_in("PH")
    released = at.office.lots.release(made)
    assert words(at, released)["released_by"] == "Released by PH"
    with pytest.raises(Conflict):  # what was looked at is not what is on record any more
        at.office.lot_labels.look(made, LotWish())


def test_the_earliest_of_all_dates_is_the_one_on_the_label(at: Counter) -> None:
    component = {"components.0.name": "Naltrexone HCl", "components.0.expires": "2027-01-31"}
    assert words(at, lot(at, "26-1", **component))["bud"] == "Discard after Jan 31, 2027"
    shorter = lot(at, "26-2", bud="2026-12-24", **component)
    assert words(at, shorter)["bud"] == "Discard after Dec 24, 2026"
    later = lot(at, "26-3", bud="2029-12-24", **component)
    assert words(at, later)["bud"] == "Discard after Jan 31, 2027"


def test_its_code_is_read_from_the_picture_that_prints(at: Counter) -> None:
    import zxingcpp
    from PIL import Image

    label = at.office.lot_labels.look(lot(at), LotWish())
    page = label.pages[0]
    inked = Image.frombytes("1", (page.width, page.height), page.bits).point(lambda on: not on)
    (read,) = zxingcpp.read_barcodes(inked.convert("L"), formats=READERS[Symbology.DATAMATRIX])
    assert read.text == "L26-118"


def test_saving_and_copies_are_in_the_audit(at: Counter, tmp_path: Path) -> None:
    made = lot(at)
    path = tmp_path / "lot.pdf"
    receipt = at.office.lot_labels.save(made, LotWish(copies=3), str(path))
    assert receipt.pages == 3
    assert path.read_bytes().startswith(b"%PDF")
    assert rows(at, "lot-label") == ["copies: 3; number: 26-118; printer: file"]
    assert rows(at, "lot-label.settled") == ["number: 26-118; state: sent"]


def test_what_a_queue_or_a_folder_refused_is_in_the_audit_too(at: Counter, tmp_path: Path) -> None:
    made = lot(at)
    with pytest.raises(PrinterFailed):
        at.office.lot_labels.send(made, LotWish(), NO_QUEUE)
    with pytest.raises(CannotWrite):
        at.office.lot_labels.save(made, LotWish(), str(tmp_path / "nowhere" / "lot.pdf"))
    assert rows(at, "lot-label.settled") == ["number: 26-118; state: refused"] * 2


def test_what_no_label_can_say_is_refused_in_words_and_nothing_is_written_down(
    at: Counter, tmp_path: Path
) -> None:
    for number, wish, word in (
        ("26/118", LotWish(), "/"),
        ("26-1", LotWish("no-such"), "no-such"),
        ("26-2", LotWish("thermal-4x2", 150), "150"),
        ("26-3", LotWish("sticker-1.5x0.375"), "sticker"),
    ):
        made = lot(at, number)
        with pytest.raises(NoLotLabel) as refused:
            at.office.lot_labels.save(made, wish, str(tmp_path / "lot.pdf"))
        assert word in refused.value.values["why"]
        assert refused.value.values["way"]
    assert not (tmp_path / "lot.pdf").exists()
    assert rows(at, "lot-label") == []


def test_in_training_it_is_a_sample(at: Counter) -> None:
    from labelapp.dispensing.office.door import training
    from tests.dispensing.office.offices import fittings

    office, throw_away = training(fittings(at.folder / "t", at.clock), {})
    try:
        made = office.lots.record({**LOT, "name": "LDN 1.5 mg"})
        assert office.lot_labels.look(made, LotWish()).sample
    finally:
        throw_away()
    assert not at.office.lot_labels.look(lot(at), LotWish()).sample


def test_a_scan_finds_the_lot_and_is_never_guessed(at: Counter) -> None:
    lot(at)
    lots = at.office.lots
    for scanned in ("L26-118", " 26-118 "):
        found = lots.open(scanned)
        assert found is not None
        assert found.number == "26-118"
    for nothing in ("l26-118", "L", "LL26-118", "L26-119", ""):
        assert lots.open(nothing) is None
    assert [each.number for each in lots.listed(0, "L26-118")] == ["26-118"]
    lot(at, "L26-118")
    with pytest.raises(TwoLots) as both:
        lots.open("L26-118")
    assert both.value.values == {"scanned": "L26-118", "other": "26-118", "exact": "LL26-118"}
    for scanned, number in (("LL26-118", "L26-118"), ("26-118", "26-118")):
        found = lots.open(scanned)
        assert found is not None
        assert found.number == number
    assert {each.number for each in lots.listed(0, "L26-118")} == {"26-118", "L26-118"}


def test_the_command_field_offers_both_where_two_are_meant(at: Counter) -> None:
    lot(at)
    find = at.office.search.find
    assert [(e.key, e.code) for e in find("L26-118").hits] == [("26-118", "L26-118")]
    lot(at, "L26-118")
    assert {e.key for e in find("L26-118").hits} == {"26-118", "L26-118"}


def test_a_scan_in_the_form_is_the_lot_and_goes_into_the_records_as_its_number(at: Counter) -> None:
    with_lot(at)
    scanned = draft(**{**dict.fromkeys(_of_lot(), None), "lots__0__number": "L26-118"})
    shown = look(at, scanned)
    assert shown.may_print, [each.finding.code for each in shown.open_findings]
    assert shown.label is not None
    text = " ".join(each.text for each in shown.label.pages[0].boxes)
    assert "26-118" in text
    assert "L26-118" not in text
    printed(at, scanned)
    assert fill_of(at).lots == ("26-118",)


def test_a_scan_in_the_form_that_may_be_two_is_asked(at: Counter) -> None:
    with_lot(at)
    other = lot_of(at, "L26-118")
    at.sign_in("PH")
    at.office.lots.release(other)
    at.sign_in("TT")
    scanned = draft(**{**dict.fromkeys(_of_lot(), None), "lots__0__number": "L26-118"})
    shown = at.desk().look(scanned, Wanted())
    (asked,) = [e for e in shown.findings if e.finding.code == "lot.two-meant-here"]
    assert asked.is_open
    assert asked.finding.settler is Settler.ANYONE
    assert "26-118" in asked.sentence


def test_the_final_check_takes_the_code_and_asks_where_two_are_meant(at: Counter) -> None:
    serial = printed(at, with_lot(at))
    fill = fill_of(at)
    orders = at.office.orders
    assert orders.scanned(fill.id, lot="L26-118") == "26-118"
    with pytest.raises(NotThis):
        orders.scanned(fill.id, lot="L26-119")
    at.sign_in("PH")
    with pytest.raises(NotThis):
        orders.verify(fill.id, serial, ("L26-119",))
    other = lot_of(at, "L26-118")
    at.sign_in("PH")
    with pytest.raises(TwoLots):
        orders.verify(fill.id, serial, ("L26-118",))
    assert other.number == "L26-118"
    with pytest.raises(NotThis):
        orders.verify(fill.id, serial, ("LL26-118",))
    order = orders.verify(fill.id, serial, ("26-118",))
    assert order.fills[0].state == "verified"


def test_verified_by_its_code_the_number_is_what_is_written_down(at: Counter) -> None:
    serial = printed(at, with_lot(at))
    at.sign_in("PH")
    at.office.orders.verify(fill_of(at).id, serial, ("L26-118",))
    said = at.office.orders.checks(at.office.orders.open("1234567"))[-1].says
    assert said["lots"] == ["26-118"]


def lot_of(at: Counter, number: str) -> ShownLot:
    return lot(at, number, made_on="2026-11-20")


def _of_lot() -> list[str]:
    from tests.given import TITRATION

    return [each.replace(".", "__") for each in TITRATION if each.startswith("lots.")]
