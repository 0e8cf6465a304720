"""The other papers of a fill: each numbered on its own, and none of them makes a fill printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from labelapp.dispensing.office.checking import NotThis
from labelapp.dispensing.shown import Shown, Wanted, usual_stock
from labelapp.rx.draft import Draft
from labelapp.rx.history import FillState
from labelapp.rx.paper import Paper
from labelapp.store import versions as kept_versions
from tests.dispensing.office.labels import fill_of, printed
from tests.dispensing.office.offices import Counter, counter, with_lot

BESIDE = [paper for paper in Paper if paper is not Paper.LABEL]


@pytest.fixture
def at(tmp_path: Path):
    made = counter(tmp_path)
    yield made
    made.office.close()


def look(at: Counter, given: Draft, paper: Paper, reason: str = "") -> Shown:
    return at.desk().look(given, Wanted(usual_stock(paper), paper=paper, reason=reason))


def saved(at: Counter, given: Draft, paper: Paper, reason: str = "") -> str:
    shown = look(at, given, paper, reason)
    assert shown.may_print, [each.finding.code for each in shown.open_findings]
    assert shown.label is not None
    assert shown.label.paper is paper
    at.desk().save(shown, str(at.folder / f"{paper}.pdf"))
    return shown.label.serial


def typed(given: Draft, **changes: str) -> Draft:
    """Give the draft with other texts in it; `__` stands for the dot of a path."""
    said = {path.replace("__", "."): text for path, text in changes.items()}
    return replace(given, written={**given.written, **said})


def versions_of(at: Counter) -> int:
    """Count how often the fill was recorded."""
    with at.office.orders._ledger.vault.look() as connection:
        return len(kept_versions.history(connection, "fills", fill_of(at).id))


def open_codes(shown: Shown) -> set[str]:
    return {each.finding.code for each in shown.open_findings}


@pytest.mark.parametrize("paper", BESIDE)
def test_a_paper_has_serials_and_copies_of_its_own(at: Counter, paper: Paper) -> None:
    given = with_lot(at)
    assert saved(at, given, paper) == f"{paper.letter}1234567-00-1-1"
    assert "print.before" in open_codes(look(at, given, paper))
    assert printed(at, given) == "R1234567-00-1-1"
    assert saved(at, given, paper, "was torn") == f"{paper.letter}1234567-00-1-2"
    assert printed(at, given, "was torn") == "R1234567-00-1-2"


@pytest.mark.parametrize("paper", BESIDE)
def test_only_the_label_makes_a_fill_printed(at: Counter, paper: Paper) -> None:
    given = with_lot(at)
    serial = saved(at, given, paper)
    assert fill_of(at).state is FillState.ENTERED
    label = printed(at, given)
    assert fill_of(at).state is FillState.PRINTED
    at.sign_in("PH")
    with pytest.raises(NotThis):
        at.office.orders.verify(fill_of(at).id, serial, ("26-118",))
    at.office.orders.verify(fill_of(at).id, label, ("26-118",))
    assert fill_of(at).state is FillState.VERIFIED
    at.sign_in("TT")
    saved(at, given, paper, "was torn")
    assert fill_of(at).state is FillState.VERIFIED


def test_a_leaflet_keeps_its_own_serial_whatever_address_stands_on_it(at: Counter) -> None:
    given = with_lot(at)
    other = typed(given, rx_number="7654321")
    for each, number in ((given, "1234567"), (other, "7654321")):
        wanted = Wanted("us-letter", paper=Paper.LEAFLET, link="https://www.example.org/ldn")
        shown = at.desk().look(each, wanted)
        assert shown.may_print, open_codes(shown)
        at.desk().save(shown, str(at.folder / f"{number}.pdf"))
        (kept,) = fill_of(at, number).labels
        assert kept.serial == f"H{number}-00-1-1"


@pytest.mark.parametrize("paper", BESIDE)
@pytest.mark.parametrize(
    "change", [{"fill__quantity": "20"}, {"fill__starts_on": "2026-11-25"}, {"purpose": "sleep"}]
)
def test_no_paper_says_anything_else_than_the_label_that_was_printed(
    at: Counter, paper: Paper, change: dict[str, str]
) -> None:
    given = with_lot(at)
    printed(at, given)
    before, versions = at.office.orders.draft_of_fill(fill_of(at).id), versions_of(at)
    assert "print.not-as-label" in open_codes(look(at, typed(given, **change), paper))
    saved(at, given, paper)
    assert at.office.orders.draft_of_fill(fill_of(at).id) == before
    assert versions_of(at) == versions
