"""A label that is made says everything that gave way; one that is not, names what to change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from labelapp.bootstrap.built import desk, equipment
from labelapp.bootstrap.machine import Machine
from labelapp.dispensing.shown import Shown, Wanted
from labelapp.label.wording import named
from labelapp.layout.fit import fit
from labelapp.layout.page import Pages
from labelapp.rx.errors import ProofFailed
from tests.given import TITRATION, TODAY, draft

DESK = desk(Machine(), TODAY)
TOOLS = equipment()


def look(stock: str = "thermal-4x2", **changes: str | None) -> Shown:
    return DESK.look(draft(**changes), Wanted(stock))


def found(shown: Shown, code: str) -> list[str]:
    return [each.sentence for each in shown.findings if each.finding.code == code]


def test_everything_that_gave_way_is_named() -> None:
    for stock in ("thermal-4x2", "thermal-4x3", "thermal-4x6"):
        shown = look(stock)
        assert shown.label is not None
        said = " ".join(found(shown, "layout.left-off") + found(shown, "layout.dropped"))
        texts = {f"aux.{name}": text for name, text, _on in shown.auxiliary}
        vial = TOOLS.stocks[stock].use == "vial"
        never = {"grid", *(["code128"] if vial else [])}  # there for convenience, or nowhere
        for key in set(shown.label.dropped) - never:
            assert texts.get(key, named(key, TOOLS.wording)) in said, key


def test_a_label_with_room_for_everything_says_nothing_of_it() -> None:
    shown = look("thermal-4x6")
    assert shown.label is not None
    assert set(shown.label.dropped) <= {"grid"}
    assert not found(shown, "layout.left-off")


def test_a_stock_that_is_too_small_is_said_to_be() -> None:
    (says,) = found(look("thermal-2.25x1.25"), "layout.too-small")
    assert "2.25 x 1.25 in thermal label" in says


def test_the_next_stock_is_named_as_the_chooser_names_it() -> None:
    shown = look("thermal-2.25x1.25")
    (refused,) = [each for each in shown.findings if each.finding.code == "layout.too-small"]
    named_stock = refused.finding.value("fits")
    row = next(each for each in DESK.stocks() if each.id in named_stock)
    assert named_stock == f"{row.name} ({row.id})"
    assert 203 in row.dpi
    assert DESK.look(draft(), Wanted(row.id, 203)).may_print


def test_the_next_stock_is_one_of_the_same_maker_where_there_is_one() -> None:
    shown = look("dymo-30252")
    (refused,) = [each for each in shown.findings if each.finding.code == "layout.too-small"]
    assert "(dymo-" in refused.finding.value("fits")


def test_labels_of_a_set_name_a_larger_stock_only_where_there_is_one() -> None:
    long = " then ".join(f"{each} caps po qhs x{each + 6}d" for each in range(1, 13))
    shown = DESK.look(draft({**TITRATION, "sig": long}), Wanted("thermal-4x2"))
    for each in shown.findings:
        if each.finding.code.startswith("layout."):
            assert each.finding.value("fits") != "-"
            assert not each.way_out.endswith(": ")


def test_no_label_leaves_whose_finished_page_the_law_does_not_allow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def smaller(*what: object) -> Pages:
        """Lay a label out as ever, and then let the name be smaller than California lets it be."""
        pages = fit(*what)  # type: ignore[arg-type]
        assert isinstance(pages, Pages)
        (page,) = pages.pages
        words = tuple(
            replace(each, size_pt=9.0) if each.key == "patient" else each for each in page.words
        )
        return replace(pages, pages=(replace(page, words=words),))

    monkeypatch.setattr("labelapp.dispensing.make.fit", smaller)
    with pytest.raises(ProofFailed) as failed:
        look()
    assert failed.value.code == "proof.law-small"
