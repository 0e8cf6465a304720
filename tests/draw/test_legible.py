"""What an eye meets on the paper, measured in its picture: size of letters, contrast, pitch, rest.

Nothing here believes the sizes Pages declare: letters are found in the picture and counted in dots.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from statistics import mean

import pytest
from PIL import Image

from labelapp.bootstrap.built import equipment
from labelapp.dispensing.make import Made, make
from labelapp.draw.page import origins
from labelapp.label.document import HOW_TO_TAKE
from labelapp.layout.page import Page, Words
from labelapp.layout.stock import Design
from labelapp.rx.directions import Dose, Length, Route, Sig, Step
from labelapp.rx.fill import Fill
from labelapp.rx.timing import Timing, When
from tests.label.fills import assessed, capsule, fill
from tests.label.test_states import whole

TOOLS = equipment()
DESIGNS = [
    ("thermal-4x3", 203, Design.LANDSCAPE),
    ("thermal-4x3", 300, Design.LANDSCAPE),
    ("dymo-30256", 300, Design.LANDSCAPE),
    ("thermal-4x1.5", 300, Design.NARROW),
    ("thermal-2.25x4", 203, Design.PORTRAIT),
    ("thermal-4x6", 203, Design.LARGE),
    ("laser-4x3.33", 600, Design.LANDSCAPE),
]
STATES = ("CA", "NY", "TX", "FL")
CAPITALS = frozenset("BDEFHIKLMNPRTZ")
"""Letters with flat tops and feet: they are exactly as high as the font's capitals."""
SMALL = frozenset("nmruxz")
STEMMED = frozenset("BDEFHIKLNPR")
"""Letters with an upright stroke from head to foot."""
LEAST_PITCH = 1.15
POINTS = 72
HOUSE_LEAST_PT = 7.0
OF_THE_BLOCK = {"patient", "drug", "directions", "translation", "purpose"}


def titration() -> Fill:
    """Three steps, and everything any state asks for."""
    case = replace(whole(), prescription=fill(compound=capsule("1.5")).prescription)
    at_bedtime = Timing((When.BEDTIME,))
    steps = tuple(
        Step(number, dose, at_bedtime, route=Route.ORAL, length=Length(7) if number < 3 else None)
        for number, dose in enumerate(map(_capsules, (1, 2, 3)), start=1)
    )
    prescription = replace(
        case.prescription, sig=Sig("typed", steps), patient=whole().prescription.patient
    )
    return replace(case, prescription=prescription)


def _capsules(count: int) -> Dose:
    dose = fill().prescription.sig.steps[0].dose
    return Dose(replace(dose.low, value=dose.low.value * count))


@cache
def made_on(stock: str, dpi: int) -> tuple[tuple[str, Made], ...]:
    """Give the labels of two prescriptions by four laws, those that the stock takes."""
    found = []
    for state in STATES:
        for case in (whole(), titration()):
            made = make(case, assessed(case, state), TOOLS.stocks[stock], dpi, TOOLS)
            if isinstance(made, Made):
                found.append((state, made))
    return tuple(found)


@dataclass(frozen=True)
class Letter:
    """A letter as it was found: how many dots it stands over its line, and its upright stroke."""

    sign: str
    rise: int
    foot: int
    stem: int


class Paper:
    """A page's picture: `black` tells of a dot whether it is inked, white words told the other way."""

    def __init__(self, page: Page, picture: Image.Image, dpi: int) -> None:
        self.page, self.dpi = page, dpi
        self._dots = picture.load()

    def inked(self, words: Words, x: int, y: int) -> bool:
        assert self._dots is not None
        return (self._dots[x, y] == 0) is not words.white

    def letters(self, words: Words, of: frozenset[str]) -> Iterator[Letter]:
        """Find letters of a kind in a run, each between its own pen and the next."""
        places = [*origins(words, self.dpi, TOOLS.fonts), words.box.right]
        glyphs = TOOLS.fonts.glyphs(words.weight)
        before = 0.0
        for sign, (left, right) in zip(words.text, pairwise(places), strict=True):
            if sign in of and before <= 0:  # an f leans over the letter after it
                yield self._letter(words, sign, range(left + 1, right - 1))
            before = glyphs[sign].right - glyphs[sign].advance

    def _letter(self, words: Words, sign: str, columns: range) -> Letter:
        rows = range(words.box.y, words.box.bottom)  # beyond it stand the lines above and below
        inked = [y for y in rows if any(self.inked(words, x, y) for x in columns)]
        assert inked, (words.text, sign)
        top, foot = inked[0], inked[-1] + 1
        stem = sum(all(self.inked(words, x, y) for y in range(top, foot)) for x in columns)
        return Letter(sign, words.baseline - top, foot - words.baseline, stem)

    def ground(self, words: Words) -> float:
        """Give the share of dots without ink right around a run: a ring of one dot."""
        box = words.box
        around = [(x, y) for x in range(box.x, box.right) for y in (box.y - 1, box.bottom)]
        around += [(x, y) for y in range(box.y, box.bottom) for x in (box.x - 1, box.right)]
        there = [
            not self.inked(words, x, y)
            for x, y in around
            if 0 <= x < self.page.width and 0 <= y < self.page.height
        ]
        return mean(there)


def papers(stock: str, dpi: int) -> Iterator[tuple[str, Made, Paper]]:
    for state, made in made_on(stock, dpi):
        for page, picture in zip(made.pages.pages, made.proof.pages, strict=True):
            yield state, made, Paper(page, picture, dpi)


def risen(size_pt: float, dpi: int, sign: str, weight: object) -> float:
    """Give how many dots a letter of a size rises over its line, by the font file."""
    top = next(TOOLS.fonts.glyphs(each)[sign].top for each in (weight,))  # type: ignore[arg-type]
    return size_pt * dpi / POINTS * top / 1000


@pytest.mark.parametrize(("stock", "dpi", "design"), DESIGNS)
def test_each_design_is_measured(stock, dpi, design):
    """Were no label made, or no letter found, nothing below could fail."""
    assert TOOLS.stocks[stock].design is design
    found = made_on(stock, dpi)
    assert len(found) >= 2
    for _state, _made, paper in papers(stock, dpi):
        capitals = [each for w in paper.page.words for each in paper.letters(w, CAPITALS)]
        assert len(capitals) > 10


@pytest.mark.parametrize(("stock", "dpi", "design"), DESIGNS)
def test_letters_are_as_large_as_the_label_says_they_are(stock, dpi, design):
    """Within a dot; a letter that stands on its line has its foot there."""
    for _state, _made, paper in papers(stock, dpi):
        for words in paper.page.words:
            for each in paper.letters(words, CAPITALS | SMALL):
                wanted = risen(words.size_pt, dpi, each.sign, words.weight)
                assert abs(each.rise - wanted) <= 1, (words.text, each)
                assert -1 <= each.foot <= 1, (words.text, each)


@pytest.mark.parametrize(("stock", "dpi", "design"), DESIGNS)
def test_no_letter_is_smaller_than_the_law_wants(stock, dpi, design):
    """Its size is told by its height in dots alone, a dot allowed for its edge."""
    for state, made, paper in papers(stock, dpi):
        law = TOOLS.tables.laws[state]
        floors = {each.key: each.least_pt for each in made.label.elements}
        for words in paper.page.words:
            floor = floors.get(words.key, HOUSE_LEAST_PT)
            row = law.element(words.key)
            if words.key in OF_THE_BLOCK:
                floor = max(floor, law.block_least_pt)
            floor = max(floor, row.least_pt if row else 0.0)
            for each in paper.letters(words, CAPITALS | SMALL):
                least = risen(floor, dpi, each.sign, words.weight)
                assert each.rise >= least - 1, (state, words.key, words.text, each)


@pytest.mark.parametrize(("stock", "dpi", "design"), DESIGNS)
def test_strokes_are_solid_ink_on_bare_paper(stock, dpi, design):
    """Every upright stroke has a column of dots inked from head to foot; around words is none."""
    grounds, stems = [], []
    for _state, _made, paper in papers(stock, dpi):
        for words in paper.page.words:
            for each in paper.letters(words, STEMMED):
                stems.append(each.stem)
                assert each.stem >= 1, (words.text, each)
            grounds.append(paper.ground(words))
            assert grounds[-1] >= 0.97, (words.text, grounds[-1])
    print(
        f"\n{stock} {dpi} {design}: {len(stems)} strokes, thinnest {min(stems)} dots, ink 1.000;"
        f" ground white {mean(grounds):.4f}, least {min(grounds):.3f}"
    )


@pytest.mark.parametrize(("stock", "dpi", "design"), DESIGNS)
def test_lines_of_what_a_patient_reads_stand_apart(stock, dpi, design):
    """From foot to foot in the picture, against the type of the lower line."""
    pitches = []
    for _state, _made, paper in papers(stock, dpi):
        lines = [each for each in paper.page.words if each.key in HOW_TO_TAKE]
        for upper, lower in _under_each_other(lines):
            foot = [w.baseline + _foot(paper, w) for w in (upper, lower)]
            pitches.append((foot[1] - foot[0]) / (lower.size_pt * dpi / POINTS))
            assert pitches[-1] >= LEAST_PITCH, (upper.text, lower.text)
    if pitches:
        print(f"\n{stock} {dpi} {design}: pitch {min(pitches):.2f} to {max(pitches):.2f}")


def _foot(paper: Paper, words: Words) -> int:
    letters = list(paper.letters(words, CAPITALS | SMALL))
    return round(mean(each.foot for each in letters)) if letters else 0


def _under_each_other(lines: list[Words]) -> Iterator[tuple[Words, Words]]:
    """Give each line with the next one below it that has the same type and begins near it."""
    for upper in lines:
        below = [
            each
            for each in lines
            if each.baseline > upper.baseline
            and each.size_pt == upper.size_pt
            and each.box.x < upper.box.right
            and upper.box.x < each.box.right
        ]
        if below:
            yield upper, min(below, key=lambda each: each.baseline)


@pytest.mark.parametrize(("stock", "dpi", "design"), DESIGNS)
def test_around_every_mark_its_rest_is_bare_paper(stock, dpi, design):
    for _state, made, paper in papers(stock, dpi):
        assert paper.page.bars
        picture = made.proof.pages[made.pages.pages.index(paper.page)]
        for bars in paper.page.bars:
            assert bars.quiet.x >= 0
            assert bars.quiet.right <= paper.page.width
            rest = picture.crop((bars.quiet.x, bars.quiet.y, bars.quiet.right, bars.quiet.bottom))
            rest = rest.convert("L")
            inside = (bars.box.x - bars.quiet.x, bars.box.y - bars.quiet.y)
            rest.paste(255, (*inside, inside[0] + bars.box.width, inside[1] + bars.box.height))
            assert rest.getextrema() == (255, 255), bars.symbology
            assert bars.box.x - bars.quiet.x >= bars.modules.quiet * bars.module_dots
            assert bars.quiet.right - bars.box.right >= bars.modules.quiet * bars.module_dots


def test_a_smaller_letter_would_be_found():
    """Letters measured against a size half a point off are more than a dot wrong at a patient's size."""
    (state, made), *_others = made_on("thermal-4x3", 300)
    paper = Paper(made.pages.pages[0], made.proof.pages[0], 300)
    drug = next(each for each in paper.page.words if each.key == "drug")
    found = [each.rise for each in paper.letters(drug, CAPITALS)]
    off = risen(drug.size_pt - 1, 300, "N", drug.weight)
    assert found
    assert all(each - off > 1 for each in found), state
