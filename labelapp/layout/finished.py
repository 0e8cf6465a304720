"""The law held against finished pages: what it asks for stands there, in its words, at its size.

Composition refuses most of this before anything has a place. Here only the pages are believed: the
words as an eye reads them, line by line and over the end of each line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from labelapp.label.document import HOW_TO_TAKE, Label, Zone
from labelapp.label.forbidden import COUNTED, forbidden
from labelapp.label.refusals import NAMES
from labelapp.layout.page import Box, Page, Pages, Words
from labelapp.rules.law import SENTENCES, Law, LawElement
from labelapp.rx.errors import ProofFailed

IN_BLOCK = frozenset({"patient", "drug", "purpose", *HOW_TO_TAKE})
"""All that may stand in a block that the law keeps for four things."""
BY_NAME = frozenset({Zone.HEADER, Zone.FACTS, Zone.FOOT})
"""Zones of names, dates and numbers: they are what they are, and are not read as words to obey."""

_BEGINS_WITH_UNIT = re.compile(rf"(?:{COUNTED})(?![\w])")
_ENDS_IN_NUMBER = re.compile(r"[0-9]$")


def hold_to_law(label: Label, pages: Pages, law: Law | None) -> None:
    """Hold finished pages against the law they were made under. Raises ProofFailed for the first fault.

    Found are: an element the law requires that stands nowhere, or smaller than it may; a sentence
    of the law with other words than its own; something else in a block kept for four things, or
    too small a block; a form that is misread, words that never stand on a label, and a number
    parted from its unit, all as the finished lines say them. Without a law the last three remain.
    """
    said = [said for page in _numbered(pages) for said in page]
    if law is not None:
        _required(label, law, said)
        _sizes(label, law, said)
        _wording(law, said)
        _block(law, pages)
        _nevers(law, said)
    _readable(label, said)


@dataclass(frozen=True)
class _Said:
    """What one page says of one element, in the order an eye reads it."""

    page: str
    key: str
    runs: tuple[Words, ...]

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Its lines, a fixed space read as the space it is."""
        lines = groupby(self.runs, lambda run: run.baseline)
        return tuple(_plain(" ".join(run.text for run in runs)) for _y, runs in lines)

    @cached_property
    def text(self) -> str:
        return " ".join(self.lines)

    @property
    def smallest(self) -> float:
        return min(run.size_pt for run in self.runs)


def _numbered(pages: Pages) -> Iterator[tuple[_Said, ...]]:
    """Give what each page says, element by element."""
    for number, page in enumerate(pages.pages, start=1):
        runs: dict[str, list[Words]] = {}
        for words in sorted(page.words, key=lambda each: (each.baseline, each.box.x)):
            if words.text.strip():
                runs.setdefault(words.key, []).append(words)
        yield tuple(_Said(str(number), key, tuple(each)) for key, each in runs.items())


def _plain(text: str) -> str:
    return " ".join(text.split())


def _required(label: Label, law: Law, said: list[_Said]) -> None:
    """Find an element that stands on no page; one asked for "when written" if the label has it."""
    there = {each.key for each in said}
    written = {each.key for each in label.elements}
    for row in law.elements:
        if row.required and row.key not in there and (not row.when or row.key in written):
            raise ProofFailed("proof.law-missing", page="", key=row.key, law=row.citation)


def _sizes(label: Label, law: Law, said: list[_Said]) -> None:
    """Find words that are smaller than the law, or the house, lets them be."""
    least = {row.key: row.least_pt for row in law.elements}
    for each in label.elements:
        least[each.key] = max(each.least_pt, least.get(each.key, 0.0))
    for key in IN_BLOCK:
        least[key] = max(law.block_least_pt, least.get(key, 0.0))
    for one in said:
        if one.smallest < least.get(one.key, 0.0):
            raise ProofFailed(
                "proof.law-small", page=one.page, key=one.key, least=f"{least[one.key]:g}"
            )


def _wording(law: Law, said: list[_Said]) -> None:
    """Find a sentence of the law that does not stand word for word wherever it stands."""
    rows = {row.key: row for row in law.elements if row.wording}
    for one in said:
        row = rows.get(one.key)
        if row is not None and not _says(row, one.text):
            raise ProofFailed("proof.law-wording", page=one.page, key=one.key, law=row.citation)


def _says(row: LawElement, text: str) -> bool:
    wording = _plain(row.wording)
    if row.key in SENTENCES:
        return text == wording
    before, _value, after = wording.partition("{value}")
    least = len(before) + len(after)
    return text.startswith(before) and text.endswith(after) and len(text) > least


def _block(law: Law, pages: Pages) -> None:
    """Find a block the law keeps for four things that is too small, or holds anything else."""
    if not law.exclusive_block:
        return
    rule = law.rule("block")
    for number, page in enumerate(pages.pages, start=1):
        key = _foreign(page)
        share = page.block.width * page.block.height / (page.width * page.height)
        if key or share < law.block_share:
            cites = rule.citation if rule else ""
            raise ProofFailed("proof.law-block", page=str(number), key=key or "block", law=cites)


def _foreign(page: Page) -> str:
    """Name what stands in the block and does not belong there, or outside of it and belongs there."""
    for words in page.words:
        if page.block.meets(words.box) != (words.key in IN_BLOCK):
            return words.key
        if words.key in IN_BLOCK and not page.block.holds(words.box):
            return words.key
    others: list[tuple[str, Box]] = [(bars.symbology.value, bars.box) for bars in page.bars]
    others += [("rule", each.box) for each in page.rules]
    return next((key for key, box in others if page.block.meets(box)), "")


def _nevers(law: Law, said: list[_Said]) -> None:
    """Find words that never stand on a label, also where a line ends between them."""
    read = [each for each in said if each.key not in NAMES | SENTENCES]
    everything = " ".join(each.text for each in read)
    for row in law.nevers:
        if not row.may_be_in(everything):
            continue
        for one in read:
            if form := row.found_in(one.key, one.text):
                raise ProofFailed(
                    "proof.law-never", page=one.page, key=one.key, form=form, law=row.citation
                )


def _readable(label: Label, said: list[_Said]) -> None:
    """Find what is misread in words somebody takes medicine by: drug, directions, warnings."""
    by_name = {each.key for each in label.elements if each.zone in BY_NAME}
    by_name |= NAMES | {"continued"}
    for one in said:
        if one.key in by_name:
            continue
        if form := forbidden(one.text):
            raise ProofFailed("proof.law-misread", page=one.page, key=one.key, form=form)
        for upper, lower in pairwise(one.lines):
            _over_the_end(one, upper, lower)


def _over_the_end(one: _Said, upper: str, lower: str) -> None:
    """Find a number parted from its unit, or a form the end of a line makes."""
    parted = f"{upper.rpartition(' ')[2]} / {lower.partition(' ')[0]}"
    if _ENDS_IN_NUMBER.search(upper) and _BEGINS_WITH_UNIT.match(lower):
        raise ProofFailed("proof.law-parted", page=one.page, key=one.key, form=parted)
    if not upper.endswith(".") and forbidden(parted.replace(" / ", "")):
        raise ProofFailed("proof.law-misread", page=one.page, key=one.key, form=parted)
