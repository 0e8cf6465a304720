"""Looks of the kinds that take longest: each behind another key, as the window asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from typing import Any, NamedTuple

from labelapp.bootstrap.built import equipment
from labelapp.dispensing.desk import Desk
from labelapp.dispensing.shown import Shown, Wanted
from labelapp.draw.ruler import FontRuler
from labelapp.rx.draft import Draft
from tests.benchmarks.figures import cpu_ms
from tests.given import TITRATION, TODAY, draft

ROUNDS, TIMES = 5, 4
IN_NEW_YORK = {
    "patient.address.line": "77 Sample Street Apt 4",
    "patient.address.city": "Brooklyn",
    "patient.address.state": "NY",
    "patient.address.postal_code": "11201",
}


class Kind(NamedTuple):
    """A kind of look: what is wanted, the field that is typed in, and what it is known by."""

    wanted: Wanted
    code: str
    """What is said of such a label; empty where nothing of it is."""
    field: str = "purpose"
    text: str = "fibromyalgia pain"


KINDS = {
    "usual": Kind(Wanted(), ""),
    "continued_in_new_york": Kind(Wanted(jurisdiction="NY"), "layout.continued"),
    "name_too_long": Kind(
        Wanted(), "layout.too-long", "patient.family", "Featherstonehaugh-Cholmondeley " * 4
    ),
    "stock_too_small": Kind(Wanted("brother-dk11209"), "layout.too-small"),
    "narrow_4x1.5": Kind(Wanted("thermal-4x1.5"), "layout.continued"),
    "narrow_in_new_york": Kind(Wanted("thermal-4x1.5", jurisdiction="NY"), "layout.continued"),
    "upright_2.25x4": Kind(Wanted("thermal-2.25x4"), ""),
}


def looks(plain: Callable[[], object]) -> dict[str, Any]:
    """Measure a look of each kind, behind a key and as the first of all, against an anchor."""
    behind = [_look(each) for each in KINDS.values()]
    first = [_first(each) for each in KINDS.values()]
    anchor, *taken = cpu_ms(plain, *behind, *first, rounds=ROUNDS, times=TIMES)
    return {
        name: {
            "cpu_ms": round(key, 1),
            "to_plain": round(key / anchor, 2),
            "first_cpu_ms": round(begun, 1),
            "first_to_plain": round(begun / anchor, 2),
        }
        for name, key, begun in zip(KINDS, taken[: len(KINDS)], taken[len(KINDS) :], strict=True)
    }


def _desk() -> Desk:
    """A desk that has laid out no label yet."""
    tools = equipment()
    return Desk(replace(tools, ruler=FontRuler(tools.fonts)), lambda: TODAY)


def _look(kind: Kind) -> Callable[[], None]:
    """Look at the label behind the next key; each kind is typed in at a desk of its own."""
    at_desk, typed = _desk(), _typed(kind)
    return lambda: _checked(at_desk.look(next(typed), kind.wanted), kind)


def _first(kind: Kind) -> Callable[[], None]:
    """Look at a label nothing of which was laid out before."""
    typed = _typed(kind)
    return lambda: _checked(_desk().look(next(typed), kind.wanted), kind)


def behind_keys(begun: Draft, field: str, text: str) -> Iterator[Draft]:
    """Give the draft behind each key: the end of one field is always another."""
    for number in count():
        end = "".join(chr(ord("a") + int(each)) for each in f"{number:03}"[-3:])
        yield replace(begun, written={**begun.written, field: f"{text} {end}"})


def _typed(kind: Kind) -> Iterator[Draft]:
    return behind_keys(draft({**TITRATION, **IN_NEW_YORK}), kind.field, kind.text)


def _checked(shown: Shown, kind: Kind) -> None:
    """Make sure that a look is of its kind."""
    said = {each.finding.code for each in shown.findings}
    if kind.code:
        assert kind.code in said, said
    else:
        assert shown.label is not None, said
        assert len(shown.label.pages) == 1, said
