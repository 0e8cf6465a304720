"""What a tape keeps from label to label: never more than so much, and never another label's."""

from __future__ import annotations

import pytest

from labelapp.draw.ruler import FontRuler
from labelapp.label.document import Element, Weight
from labelapp.layout import outside
from labelapp.layout import tape as tapes
from labelapp.layout.fit import fit
from labelapp.layout.page import Pages
from labelapp.layout.setting import Manner, Part
from labelapp.layout.tail import Corner, set_tail
from labelapp.layout.tape import Tape
from labelapp.layout.wrap import WordTooWide
from labelapp.resources.typed import stocks
from labelapp.rx.people import Name
from tests.draw.samples import FONTS
from tests.label.fills import BEDTIME, TITRATION, capsule, fill, label_of

STOCKS = stocks()


def cut(text: str, tape: Tape) -> list[str]:
    """Some work that is done on a tape."""
    tape.wrap("drug", text, 60, (Weight.BOLD, 12))
    return [text]


def test_work_on_the_very_same_is_done_once(ruler):
    tape = Tape(ruler, 203)
    assert tape.once(cut, "mg") is tape.once(cut, "".join(["m", "g"]))
    assert tape.once(cut, "mg") is not tape.once(cut, "mL")


def test_a_word_too_wide_is_told_each_time_and_holds_on_to_no_frame(ruler):
    tape = Tape(ruler, 203)
    for _again in range(2):
        with pytest.raises(WordTooWide) as refused:
            tape.once(cut, "W" * 40)
        assert (refused.value.word, refused.value.key) == ("W" * 40, "drug")
        assert refused.value.__context__ is None


def test_no_more_is_kept_than_a_label_needs(monkeypatch, ruler):
    monkeypatch.setattr(tapes, "KEPT_PARTS", 2)
    tape = Tape(ruler, 203)
    first = tape.once(cut, "a")
    tape.once(cut, "b")
    tape.once(cut, "c")
    assert tape.once(cut, "a") is not first
    assert tape.once(cut, "a") == first


def test_each_head_has_one_tape(ruler):
    assert ruler.tape(203) is ruler.tape(203)
    assert ruler.tape(300).dpi == 300


def test_behind_a_key_in_the_block_nothing_that_stands_outside_it_is_set_anew(monkeypatch):
    set_anew: list[str] = []

    def counted(
        elements: tuple[Element, ...], manner: Manner, width: int, corner: Corner, tape: Tape
    ) -> Part:
        set_anew.extend(each.key for each in elements)
        return set_tail(elements, manner, width, corner, tape)

    monkeypatch.setattr(outside, "set_tail", counted)
    ruler = FontRuler(FONTS)
    for stock in ("thermal-4x2", "thermal-4x1.5"):
        for purpose in ("pain", "pair"):
            before = len(set_anew)
            label = label_of(fill(compound=capsule("1.5"), quantity="69", purpose=purpose))
            assert isinstance(fit(label, STOCKS[stock], 203, ruler), Pages)
            assert (len(set_anew) > before) is (purpose == "pain"), stock


@pytest.mark.parametrize("stock", ["thermal-4x2", "thermal-4x1.5", "thermal-2.25x4", "thermal-4x6"])
def test_a_label_comes_out_as_it_would_had_none_come_before(stock):
    used = FontRuler(FONTS)
    titrated = [
        fill(compound=capsule("1.5"), quantity="69", purpose=each)
        for each in ("pain", "pains", "pain")
    ]
    cases = [label_of(each, TITRATION) for each in titrated]
    cases.insert(2, label_of(fill(name=Name("Okafor-Adichie", "Marguerite")), BEDTIME, "US"))
    for label in cases:
        fresh = fit(label, STOCKS[stock], 203, FontRuler(FONTS))
        assert fit(label, STOCKS[stock], 203, used) == fresh
