"""The stock label of a lot on its stock: name and number large, the code beside them, facts under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from labelapp.label.document import Element, Label, Weight, Zone
from labelapp.layout.marks import Sized, sized
from labelapp.layout.page import Bars, Box, Page, Pages, Rule, TooLong
from labelapp.layout.setting import Part, Placed, Run, chip_width, ground
from labelapp.layout.stock import Stock
from labelapp.layout.tape import Tape, Tapes
from labelapp.layout.wrap import WordTooWide


class Sizes(NamedTuple):
    """Type sizes of the label: the formula, strength and form, the number, and everything else.

    When `paired`, formula and strength share a line.
    """

    name: float
    drug: float
    number: float
    facts: float
    paired: bool = False


LADDER = (
    Sizes(20, 16, 34, 12),
    Sizes(18, 14, 30, 11),
    Sizes(16, 13, 26, 10),
    Sizes(14, 12, 22, 9),
    Sizes(13, 11, 20, 8.5),
    Sizes(12, 10, 18, 8),
    Sizes(11, 9, 16, 7.5),
    Sizes(10, 8.5, 14, 7),
    Sizes(9, 8, 12, 7),
    Sizes(8, 7, 10, 7),
)
"""Sizes to try, the largest first."""
LEADING = 1.16
RULE_MM = 0.25
MOST_COLUMNS = 3
MODULE_SHARE = 0.026
"""Width of a module of the code, in mm, for each point of the number's size."""
SLACK = 0.6
"""Most of the white that is left over between two parts, as a share of the size of the facts."""


def fit_lot(label: Label, stock: Stock, dpi: int, ruler: Tapes) -> Pages | TooLong:
    """Fit the label of a lot on a stock under a head, or say what is too long and by how much."""
    tape = ruler.tape(dpi)
    for each in label.elements:
        if missing := tape.missing(f"{each.label}{each.text}", each.weight):
            signs = tuple(dict.fromkeys(missing))
            return TooLong(each.field, each.key, "", stock.name, signs)
    excess = TooLong("", "", "", stock.name)
    for sizes in (*LADDER, *(each._replace(paired=True) for each in LADDER)):
        try:
            sheet = _Sheet(label, stock, tape, sizes)
        except WordTooWide as wide:
            field = next((each.field for each in label.elements if each.key == wide.key), "")
            excess = TooLong(field, wide.key, wide.word, stock.name)
            continue
        if sheet.excess <= 0:
            return Pages(stock, dpi, (sheet.page(),))
        lines = -(-sheet.excess // tape.dots(sizes.facts * LEADING))
        excess = TooLong("", "", f"{lines} lines", stock.name)
    return excess


class _Sheet:
    """One label being set at one choice of sizes. Raises WordTooWide."""

    def __init__(self, label: Label, stock: Stock, tape: Tape, sizes: Sizes) -> None:
        self._label = label
        self._stock = stock
        self._tape = tape
        self._sizes = sizes
        left, top, right, bottom = stock.printable(tape.dpi)
        self._area = Box(left, top, right - left, bottom - top)
        self._thick = tape.mm(RULE_MM)
        self._gap = tape.dots(sizes.facts * 0.3)
        self._mark = self._large(sized(label.marks[0], tape))
        self._head = self._set_head()
        self._under = self._set_under()
        self._foot = self._set_foot()

    @property
    def excess(self) -> int:
        """By how many dots everything is too high; zero or less where it fits."""
        return self._needed - self._area.height

    @property
    def _needed(self) -> int:
        parts = (*self._under, self._foot)
        between = self._gap * len(parts) + self._gap + self._thick
        return self._head_height + sum(part.height for part in parts) + between

    @property
    def _head_height(self) -> int:
        return max(self._head.height, self._mark.height + 2 * self._mark.quiet)

    def page(self) -> Page:
        """Put the label together: what is left over of it parts its parts, the foot at its end."""
        area, tape = self._area, self._tape
        most = tape.dots(self._sizes.facts * SLACK)
        slack = max(0, min(most, -self.excess // (len(self._under) + 2)))
        y = area.y + (self._head_height - self._head.height) // 2
        words, rules = [*self._head.words(area.x, y)], [*self._head.ruled(area.x, y)]
        y = area.y + self._head_height + self._gap + slack
        rules.append(Rule(Box(area.x, y, area.width, self._thick)))
        y += self._thick + self._gap + slack
        for part in self._under:
            words += part.words(area.x, y)
            rules += part.ruled(area.x, y)
            y += part.height + self._gap + slack
        y = area.bottom - self._foot.height
        words += self._foot.words(area.x, y)
        rules += self._foot.ruled(area.x, y)
        width, height = self._stock.dots(tape.dpi)
        block = Box(area.x, area.y, area.width, self._head_height)
        return Page(width, height, area, block, tuple(words), (self._bars(),), tuple(rules))

    def _large(self, mark: Sized) -> Sized:
        """Give the code modules as large as the number beside it makes room for."""
        dots = max(mark.module_dots, self._tape.mm(MODULE_SHARE * self._sizes.number))
        side = mark.modules.width * dots
        return replace(mark, module_dots=dots, width=side, height=side)

    def _bars(self) -> Bars:
        mark = self._mark
        below = (self._head_height - mark.height) // 2
        return mark.at(self._area.right - mark.quiet - mark.width, self._area.y + below)

    def _of(self, *keys: str) -> list[Element]:
        return [each for each in self._label.elements if each.key in keys]

    def _set_head(self) -> Part:
        """Set what it is and its number, left of the code."""
        part = Part(self._tape)
        width = self._area.width - self._mark.width - 3 * self._mark.quiet
        if not (self._sizes.paired and self._pair(part, width)):
            for key, size in (("name", self._sizes.name), ("drug", self._sizes.drug)):
                for each in self._of(key):
                    self._lines(part, each, width, size)
        for each in self._of("lot"):
            self._number(part, each, width)
        return part

    def _pair(self, part: Part, width: int) -> bool:
        """Set formula and strength on one line, if both stand there whole."""
        runs, x = [], 0
        for key, size in (("name", self._sizes.name), ("drug", self._sizes.drug)):
            for each in self._of(key):
                run = Run(each.text, each, each.weight, size)
                runs.append((x, run))
                x += self._wide(run) + self._tape.dots(size)
        if x > width:
            return False
        part.row(runs, LEADING)
        return True

    def _number(self, part: Part, element: Element, width: int) -> None:
        """Set the number large, the word before it small; never broken over lines."""
        tape, size = self._tape, self._sizes.number
        name = Run(element.label, element, Weight.REGULAR, self._sizes.drug)
        x = self._wide(name) + tape.dots(size * 0.25)
        if x + tape.width(element.text, element.weight, size) > width:
            raise WordTooWide(element.text, element.key)
        part.row([(0, name), (x, Run(element.text, element, element.weight, size))], 1.1)

    def _set_under(self) -> tuple[Part, ...]:
        """Set the facts in columns, what it is made of, and that it is not released."""
        tape, size, width = self._tape, self._sizes.facts, self._area.width
        facts = Part(tape)
        self._columns(facts, self._of("made_on", "bud", "quantity", "prepared_by", "released_by"))
        for each in self._of("storage"):
            text = each.text if self._fits(each.text, each, width) else each.short
            self._lines(facts, each, width, size, text)
        parts = [facts]
        components = Part(tape)
        for each in self._of("component"):
            self._lines(components, each, width, size)
        if components.height:
            parts.append(components)
        return (*parts, *(self._band(each) for each in self._of("not_released")))

    def _set_foot(self) -> Part:
        """Set what this label is for, and on a sample that it is one, at the end of its line."""
        part, width, size = Part(self._tape), self._area.width, self._sizes.facts
        chips = [Run(each.text, each, each.weight, size, white=True) for each in self._of("sample")]
        taken = sum(chip_width(each, self._tape) + 2 * self._gap for each in chips)
        for each in self._label.in_zone(Zone.FOOT):
            self._lines(part, each, width - taken, size)
        for run in chips:
            wide, (rise, rim, tall) = chip_width(run, self._tape), ground(run, self._tape)
            x, y = width - wide, max(0, part.height - tall)
            part.height = y + tall
            pad = (wide - self._wide(run)) // 2
            part.placed.append(Placed(run, x + pad, y + rim + rise))
            part.rules.append(Rule(Box(x, y, wide, tall)))
        return part

    def _columns(self, part: Part, facts: Sequence[Element]) -> None:
        """Set facts in as many columns as hold each of them whole, or one after another."""
        for count in range(MOST_COLUMNS, 1, -1):
            columns = [facts[at::count] for at in range(count)]
            wide = self._area.width // count
            names = [max((self._named(each) for each in some), default=0) for some in columns]
            if all(
                name + self._value(each) + self._tape.dots(self._sizes.facts) <= wide
                for name, some in zip(names, columns, strict=True)
                for each in some
            ):
                break
        else:
            self._flowing(part, facts)
            return
        for at in range(0, len(facts), count):
            runs: list[tuple[int, Run]] = []
            for place, each in enumerate(facts[at : at + count]):
                runs += self._fact(each, place * wide, names[place])
            part.row(runs, LEADING)

    def _flowing(self, part: Part, facts: Sequence[Element]) -> None:
        """Set each fact on the first line that has room for it."""
        rows: list[list[tuple[int, Run]]] = []
        ends: list[int] = []
        gap = self._tape.dots(self._sizes.facts)
        for each in facts:
            named = self._named(each)
            wide = named + self._value(each)
            place = next(
                (at for at, end in enumerate(ends) if end + gap + wide <= self._area.width),
                len(rows),
            )
            if place == len(rows):
                rows.append([])
                ends.append(-gap)
            rows[place] += self._fact(each, ends[place] + gap, named)
            ends[place] += gap + wide
        for row in rows:
            part.row(row, LEADING)

    def _fact(self, each: Element, x: int, named: int) -> list[tuple[int, Run]]:
        size = self._sizes.facts
        if named + self._value(each) > self._area.width:
            raise WordTooWide(each.text, each.key)
        name = Run(each.label, each, Weight.REGULAR, size)
        return [(x, name), (x + named, Run(each.text, each, each.weight, size))]

    def _named(self, each: Element) -> int:
        size = self._sizes.facts
        return self._tape.width(each.label, Weight.REGULAR, size) + self._tape.dots(size * 0.5)

    def _value(self, each: Element) -> int:
        return self._tape.width(each.text, each.weight, self._sizes.facts)

    def _fits(self, text: str, each: Element, width: int) -> bool:
        return self._tape.width(text, each.weight, self._sizes.facts) <= width

    def _lines(self, part: Part, element: Element, width: int, size: float, text: str = "") -> None:
        face = (element.weight, size)
        for line in self._tape.wrap(element.key, text or element.text, width, face):
            part.row([(0, Run(line, element, element.weight, size))], LEADING)

    def _band(self, element: Element) -> Part:
        """Set white words in the middle of a black ground over the whole width."""
        part = Part(self._tape)
        size = self._sizes.drug
        run = Run(element.text, element, element.weight, size, white=True)
        if chip_width(run, self._tape) > self._area.width:
            run = run._replace(size=self._sizes.facts)
        if chip_width(run, self._tape) > self._area.width:
            raise WordTooWide(element.text, element.key)
        rise, rim, tall = ground(run, self._tape)
        baseline = part.row([((self._area.width - self._wide(run)) // 2, run)], 0, rim)
        part.rules.append(Rule(Box(0, baseline - rise - rim, self._area.width, tall)))
        return part

    def _wide(self, run: Run) -> int:
        return self._tape.width(run.text, run.weight, run.size)
