"""Large print: a label's own words for eyes that its type is too small for, on as many as it takes.

California B&P 4076.8 (in force 2025-01-01) asks for it, after the US Access Board's best practices:
bold type without serifs of 18 points, black on white, sentence case, words never broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from labelapp.label.document import (
    HOW_TO_TAKE,
    TRANSLATION,
    VIAL,
    Element,
    Label,
    Symbology,
    Zone,
)
from labelapp.label.handout import PAGE_NUMBER, Handout, Passage, Style, passage_of
from labelapp.label.papers import PaperWords
from labelapp.label.wording import Wording

MOST_PAGES = 12
WHY_PAGES = "House: pages that belong together are counted"
ON_EACH = ("sample", "patient", "drug", VIAL)
"""What every page begins with, which container among them; the prescription number is at its foot."""
AT_FOOT = "rx_number"
NOT_TO_READ = frozenset({"rph_initials", "serial_text"})
"""An empty box, and what the mark says: neither is anything to read in large print."""
WANTED = frozenset({"refills", "purpose"})
"""What a label may leave off for want of room, and a patient asks for."""
GROUPS: tuple[tuple[str, ...], ...] = (
    (*sorted(HOW_TO_TAKE), "purpose"),
    ("bud", "storage", "quantity", "refills"),
    ("pharmacy", "pharmacy_phone", "pharmacy_address", "compounded_by"),
    ("prescriber", "date_filled", "date_written", "compounded_on", "lot", "form_route"),
)
"""What stands together, in order. Warnings come after the directions, the rest before the last."""


def large_print(label: Label, wording: Wording, words: PaperWords) -> Handout:
    """Make large print of a label: everything on it that is required, each warning, the refills."""
    spoken = [each for each in label.elements if _is_read(each)]
    first = {each.key: each for each in reversed(spoken)}
    running = [_passage(first[key], wording, words) for key in ON_EACH if key in first]
    foot = [_passage(first[AT_FOOT], wording, words)] if AT_FOOT in first else []
    page = Passage(PAGE_NUMBER, words.word("page", n="{n}", total="{total}"), WHY_PAGES)
    return Handout(
        serial=label.serial,
        running=tuple(running),
        body=tuple(_body(spoken, wording, words)),
        foot=(*foot, page),
        marks=tuple(each for each in label.marks if each.symbology is Symbology.DATAMATRIX),
        most_pages=MOST_PAGES,
    )


def _is_read(element: Element) -> bool:
    if element.key in NOT_TO_READ:
        return False
    return element.required or element.key in WANTED or element.zone is Zone.WARNINGS


def _body(elements: list[Element], wording: Wording, words: PaperWords) -> Iterator[Passage]:
    """Give what flows, a rule above each group; a line and its translation stay together."""
    for group in _grouped([each for each in elements if each.key not in {*ON_EACH, AT_FOOT}]):
        for place, each in enumerate(group):
            said = _passage(each, wording, words)
            yield replace(said, ruled=not place, joined=each.key == TRANSLATION)


def _grouped(elements: list[Element]) -> Iterator[list[Element]]:
    first, middle, last = [GROUPS[0]], GROUPS[1:-1], [GROUPS[-1]]
    yield from _of(first, elements)
    if warnings := [each for each in elements if each.zone is Zone.WARNINGS]:
        yield warnings
    yield from _of(middle, elements)
    named = {key for group in GROUPS for key in group}
    rest = [each for each in elements if each.key not in named and each.zone is not Zone.WARNINGS]
    if rest:
        yield rest
    yield from _of(last, elements)


def _of(groups: Iterable[tuple[str, ...]], elements: list[Element]) -> Iterator[list[Element]]:
    """Give the elements of each group in its order; lines and translations keep theirs."""
    for group in groups:
        spoken = [[each for each in elements if each.key == key] for key in group]
        if group is GROUPS[0]:
            lines = [each for each in elements if each.key in HOW_TO_TAKE]
            spoken = [lines, *spoken[len(HOW_TO_TAKE) :]]
        if found := [each for part in spoken for each in part]:
            yield found


def _passage(element: Element, wording: Wording, words: PaperWords) -> Passage:
    """Say an element in full: a fact is named, in the law's words where the law has its own."""
    if element.key == "sample":
        return passage_of(element, Style.STRONG, words.word("sample"))
    if element.key == VIAL:  # "Vial 1 of 2: days 1 to 14" has its colon already
        return passage_of(element, Style.STRONG, f"{element.label} {element.text}")
    if not element.label:
        return passage_of(element, Style.STRONG)
    house = element.label == wording.words.get(element.key)
    name = words.facts.get(element.key, element.label) if house else element.label
    return passage_of(element, Style.STRONG, f"{name.rstrip(':')}: {element.text}")
