"""What must hold of every page of a paper that flows, whatever stands on it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from labelapp.label.forbidden import COUNTED
from labelapp.label.handout import Handout
from labelapp.layout.page import Box, Page, Pages, Rule
from labelapp.layout.unlost import unheld

_UNIT = re.compile(rf"(?:{COUNTED}|days?|°F)(?!\w)")


def check(pages: Pages, handout: Handout, least_pt: float) -> None:
    assert len(pages.pages) <= handout.most_pages
    assert unheld(handout, pages) == ""
    for page in pages.pages:
        words_stand_apart(page)
        rules_stand_apart(page)
        marks_stand_free(page)
        all_is_printable(page)
        assert all(each.size_pt >= least_pt for each in page.words)


def numbers_keep_their_units(page: Page) -> None:
    """No line ends in a number whose unit begins the next."""
    lines = sorted(page.words, key=lambda each: (each.key, each.box.x, each.baseline))
    for upper, lower in itertools.pairwise(lines):
        if upper.key == lower.key and upper.text[-1:].isdigit():
            assert not _UNIT.match(lower.text), (upper.text, lower.text)


def words_stand_apart(page: Page) -> None:
    for one, other in itertools.combinations(page.words, 2):
        assert not one.box.meets(other.box), (one.text, other.text)
    ink = [box for rule in page.rules for box in inked(rule) if rule.hollow_dots]
    solid = [rule.box for rule in page.rules if not rule.hollow_dots]
    for words in page.words:
        assert not any(box.meets(words.box) for box in ink), words.text
        grounds = [box for box in solid if box.meets(words.box)]
        assert len(grounds) == (1 if words.white else 0), words.text
        assert all(box.holds(words.box) for box in grounds), words.text


def rules_stand_apart(page: Page) -> None:
    for one, other in itertools.combinations(page.rules, 2):
        assert not any(a.meets(b) for a in inked(one) for b in inked(other)), (one, other)


def marks_stand_free(page: Page) -> None:
    taken = [each.box for each in page.words] + [box for rule in page.rules for box in inked(rule)]
    for bars in page.bars:
        assert not any(bars.quiet.meets(box) for box in taken), bars.symbology
        assert bars.box.width == bars.modules.width * bars.module_dots
    for one, other in itertools.combinations(page.bars, 2):
        assert not one.quiet.meets(other.quiet)


def all_is_printable(page: Page) -> None:
    boxes: Iterable[Box] = itertools.chain(
        (each.box for each in page.words),
        (each.box for each in page.rules),
        (each.box for each in page.bars),
    )
    for box in boxes:
        assert page.printable.holds(box), box


def inked(rule: Rule) -> tuple[Box, ...]:
    """The ink of a rule: itself, or the four sides of a frame."""
    box, thick = rule.box, rule.hollow_dots
    if not thick:
        return (box,)
    return (
        Box(box.x, box.y, box.width, thick),
        Box(box.x, box.bottom - thick, box.width, thick),
        Box(box.x, box.y, thick, box.height),
        Box(box.right - thick, box.y, thick, box.height),
    )
