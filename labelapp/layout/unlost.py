"""Holding finished pages against the handout they were set from: nothing lost, nothing added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from labelapp.label.handout import Handout, Passage, Style, numbered, passages_of
from labelapp.label.serial import serial_of_label
from labelapp.layout.page import Page, Pages


def unheld(handout: Handout, pages: Pages) -> str:
    """Name what the pages do not hold whole, or hold though the handout has none; empty when right.

    What stands on each page stands on every one, in its words; what flows stands on all of them
    together, once. Each box to tick is there, and each page has its marks with its own serial.
    Only the pages' words are read here, in the order an eye reads them, not how they came there.
    """
    fixed = (*passages_of(handout.running), *handout.foot)
    flowing = tuple(passages_of(handout.body))
    found = (
        *_lost_flow(flowing, pages),
        *_lost_fixed(fixed, pages),
        *_added((*fixed, *flowing), pages),
        *_lost_ticks(handout, pages),
        *_lost_marks(handout, pages),
    )
    return found[0] if found else ""


def _lost_flow(flowing: tuple[Passage, ...], pages: Pages) -> Iterator[str]:
    for key, passages in _by_key(flowing).items():
        said = [word for page in pages.pages for word in _words_of(page, key)]
        if _joined(said, passages) != _wanted(passages):
            yield key


def _lost_fixed(fixed: tuple[Passage, ...], pages: Pages) -> Iterator[str]:
    total = len(pages.pages)
    for number, page in enumerate(pages.pages, start=1):
        here = tuple(numbered(each, number, total) for each in fixed)
        for key, passages in _by_key(here).items():
            if _joined(_words_of(page, key), passages) != _wanted(passages):
                yield key


def _added(passages: tuple[Passage, ...], pages: Pages) -> Iterator[str]:
    known = {each.key for each in passages}
    yield from (words.key for page in pages.pages for words in page.words if words.key not in known)


def _lost_ticks(handout: Handout, pages: Pages) -> Iterator[str]:
    """Name the boxes to tick when one of them is not there: nothing stands in such a box."""
    wanted = [each.key for each in passages_of(handout.body) if each.style is Style.TICK]
    there = sum(
        not any(rule.box.meets(words.box) for words in page.words)
        for page in pages.pages
        for rule in page.rules
        if rule.hollow_dots
    )
    if there != len(wanted):
        yield wanted[0] if wanted else "tick"


def _lost_marks(handout: Handout, pages: Pages) -> Iterator[str]:
    """Name a mark that a page lacks, or that says another serial than the page's own."""
    for number, page in enumerate(pages.pages, start=1):
        own = handout.serial if number == 1 else serial_of_label(handout.serial, number)
        there = {each.symbology.value: each.payload for each in page.bars}
        wanted = {
            each.symbology.value: own if each.payload == handout.serial else each.payload
            for each in handout.marks
        }
        yield from (key for key in {**there, **wanted} if there.get(key) != wanted.get(key))


def _by_key(passages: Iterable[Passage]) -> dict[str, list[Passage]]:
    found: dict[str, list[Passage]] = {}
    for each in passages:
        found.setdefault(each.key, []).append(each)
    return found


def _wanted(passages: list[Passage]) -> list[str]:
    said = [word for each in passages for word in each.text.split()]
    return _joined(said, passages)


def _joined(said: list[str], passages: list[Passage]) -> list[str]:
    """Give words as they are; an address that may be broken is read as one."""
    return ["".join(said)] if any(each.loose for each in passages) else said


def _words_of(page: Page, key: str) -> list[str]:
    runs = (each for each in page.words if each.key == key)
    ordered = sorted(runs, key=lambda each: (each.baseline, each.box.x))
    return [word for each in ordered for word in each.text.split()]
