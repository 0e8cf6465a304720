"""A sticker on its small stock: one warning, as large as it goes, in a frame or on its colour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from labelapp.label.document import Element
from labelapp.label.stickers import Sticker
from labelapp.layout.page import Box, Page, Pages, Rule, TooLong, Words
from labelapp.layout.setting import Part, Run, chip_width, ground
from labelapp.layout.stock import Stock
from labelapp.layout.tape import Tape, Tapes
from labelapp.layout.wrap import WordTooWide

SIZES = tuple(each / 2 for each in range(28, 13, -1))
"""Type sizes to try, the largest first: 14 pt down to 7 pt."""
LEADINGS = (1.18, 1.04)
"""Line pitch as a share of the type size; the tight one where it saves a size below READABLE_PT."""
READABLE_PT = 9.0
EDGES = ((0.35, 0.7), (0.2, 0.25), (0.1, 0.1))
"""The frame, and the white between it or the edge of a ground and the words, in mm. The widest on
a sticker at least WIDE_MM high, the thinnest only where nothing else fits."""
WIDE_MM = 15
SIDE = 0.3
"""White left and right of the words, as a share of their size."""


def fit_stickers(
    stickers: tuple[Sticker, ...], stock: Stock, dpi: int, ruler: Tapes
) -> Pages | tuple[TooLong, ...]:
    """Set each sticker on a page of its own, or name every warning that does not fit."""
    tape = ruler.tape(dpi)
    found = [_page(each, stock, tape) for each in stickers]
    too_long = tuple(each for each in found if isinstance(each, TooLong))
    if too_long:
        return too_long
    return Pages(stock, dpi, tuple(each for each in found if isinstance(each, Page)))


def _page(sticker: Sticker, stock: Stock, tape: Tape) -> Page | TooLong:
    pages = (
        _Sheet(sticker, stock, tape, edge).page()
        for edge in EDGES[0 if stock.height_mm >= WIDE_MM else 1 :]
    )
    last = next(pages)
    while isinstance(last, TooLong) and (thinner := next(pages, None)):
        last = thinner
    return last


@dataclass(frozen=True)
class _Room:
    """The room of the words on a sticker: a place, and what stands beside or above them."""

    box: Box
    words: tuple[Words, ...] = ()
    rules: tuple[Rule, ...] = ()
    tail: Run | None = None
    """What ends the last line of the words."""


class _Sheet:
    """One sticker being set."""

    def __init__(
        self, sticker: Sticker, stock: Stock, tape: Tape, edge: tuple[float, float]
    ) -> None:
        self._sticker = sticker
        self._stock = stock
        self._tape = tape
        left, top, right, bottom = stock.printable(tape.dpi)
        self._area = Box(left, top, right - left, bottom - top)
        self._thick = 0 if sticker.ink.white else tape.mm(edge[0])
        self._inside = _inner(self._area, self._thick)
        self._air = tape.mm(edge[1])

    def page(self) -> Page | TooLong:
        """Set the sticker at the largest size that fits, or say what is too much at the least."""
        element = self._sticker.warning
        missing = self._tape.missing(element.text, element.weight)
        if missing:
            return self._too_long("", tuple(dict.fromkeys(missing)))
        rooms = tuple(self._rooms())
        for some in (rooms, self._last_resort()):
            for size in SIZES:
                for leading in LEADINGS if size < READABLE_PT else LEADINGS[:1]:
                    for room in some:
                        part = self._set(element, room, size, leading)
                        if part is not None:
                            return self._whole(room, part)
        return self._too_long(self._excess(element, rooms))

    def _last_resort(self) -> tuple[_Room, ...]:
        """Where SAMPLE finds no place of its own, it ends the last line."""
        sample = self._sticker.sample
        if sample is None:
            return ()
        run = Run(sample.text, sample, sample.weight, sample.least_pt, white=True)
        return (_Room(_inner(self._inside, self._air), tail=run),)

    def _rooms(self) -> Iterator[_Room]:
        """Give the places the words may have: all of the sticker, or what SAMPLE leaves of it."""
        free, sample = _inner(self._inside, self._air), self._sticker.sample
        if sample is None:
            yield _Room(free)
            return
        run = Run(sample.text, sample, sample.weight, sample.least_pt, white=True)
        wide, tall = chip_width(run, self._tape), ground(run, self._tape)[2]
        gap = 2 * self._air
        above = Box(free.x, free.y + tall + gap, free.width, free.height - tall - gap)
        middle = free.x + (free.width - wide) // 2
        beside = Box(free.x + wide + gap, free.y, free.width - wide - gap, free.height)
        if tall <= free.height and wide <= free.width:
            yield self._chip(run, middle, free.y, above)
            yield self._chip(run, free.x, free.y + (free.height - tall) // 2, beside)

    def _chip(self, run: Run, x: int, y: int, left: Box) -> _Room:
        """Set white words on a black ground; on a black sticker the ground is there."""
        rise, rim, tall = ground(run, self._tape)
        wide = chip_width(run, self._tape)
        part = Part(self._tape)
        baseline = part.row([((wide - self._wide(run)) // 2, run)], 0)
        words = part.words(x, y + rim + rise - baseline)
        return _Room(left, words, () if self._is_black else (Rule(Box(x, y, wide, tall)),))

    def _set(self, element: Element, room: _Room, size: float, leading: float) -> Part | None:
        """Set the warning in a room, its lines balanced and centred; None where it does not fit.

        Where it can, each of its sentences begins a line.
        """
        box = room.box
        width = box.width - 2 * self._tape.dots(SIDE * size)
        try:
            ways = [self._balanced(element, each, width, size) for each in _ways(element.text)]
            if room.tail is not None:
                face = (element.weight, size)
                ways += [self._tape.wrap(element.key, element.text, width, face)]
                ways += [self._even(element, element.text, width, size, more=1)]
        except WordTooWide:
            return None
        parts = (self._part(element, lines, room, (size, leading)) for lines in ways)
        return next((each for each in parts if each and each.height <= box.height), None)

    def _part(
        self, element: Element, lines: tuple[str, ...], room: _Room, face: tuple[float, float]
    ) -> Part | None:
        """Set lines in the middle of a room, its tail after the last; None where that is too wide."""
        (size, leading), part = face, Part(self._tape)
        runs = [Run(text, element, element.weight, size, self._sticker.ink.white) for text in lines]
        for run in runs[:-1] if room.tail else runs:
            part.row([((room.box.width - self._wide(run)) // 2, run)], leading)
        if room.tail is None or self._ended(part, runs[-1], room, leading):
            return part
        return None

    def _ended(self, part: Part, run: Run, room: _Room, leading: float) -> bool:
        """Set the last line and the tail after it; tell whether both stand beside each other."""
        assert room.tail is not None
        tail, tape = room.tail, self._tape
        chip, gap = chip_width(tail, tape), tape.dots(run.size * 0.5)
        x = (room.box.width - self._wide(run) - gap - chip) // 2
        end = x + self._wide(run) + gap
        baseline = part.row([(x, run), (end + (chip - self._wide(tail)) // 2, tail)], leading)
        if not self._is_black:
            rise, rim, tall = ground(tail, tape)
            part.rules.append(Rule(Box(end, baseline - rise, chip, tall - 2 * rim)))
        return x >= 0

    def _wide(self, run: Run) -> int:
        return self._tape.width(run.text, run.weight, run.size)

    @property
    def _is_black(self) -> bool:
        return self._sticker.ink.white and not self._sticker.ink.tint

    def _balanced(
        self, element: Element, sentences: tuple[str, ...], width: int, size: float
    ) -> tuple[str, ...]:
        """Break sentences into as few lines as will do, all about as long. Raises WordTooWide."""
        lines = (self._even(element, each, width, size) for each in sentences)
        return tuple(line for each in lines for line in each)

    def _even(
        self, element: Element, text: str, width: int, size: float, more: int = 0
    ) -> tuple[str, ...]:
        """Break a text into as few lines as will do, or so many more, all about as long."""
        face = (element.weight, size)
        best = self._tape.wrap(element.key, text, width, face)
        count = len(best) + more
        least, most = 1, width
        while least < most:
            narrower = (least + most) // 2
            try:
                lines = self._tape.wrap(element.key, text, narrower, face)
            except WordTooWide:
                lines = ()
            if 0 < len(lines) <= count:
                best, most = lines, narrower
            else:
                least = narrower + 1
        return best

    def _whole(self, room: _Room, part: Part) -> Page:
        """Put the sticker together: frame or ground, SAMPLE, and the words in the middle."""
        y = room.box.y + (room.box.height - part.height) // 2
        width, height = self._stock.dots(self._tape.dpi)
        return Page(
            width=width,
            height=height,
            printable=self._area,
            block=self._inside,
            words=(*room.words, *part.words(room.box.x, y)),
            bars=(),
            rules=(*self._grounds(), *room.rules, *part.ruled(room.box.x, y)),
        )

    def _grounds(self) -> tuple[Rule, ...]:
        ink = self._sticker.ink
        frame = (Rule(self._area, self._thick),) if self._thick else ()
        has_ground = bool(ink.tint) or ink.white
        return (*((Rule(self._inside, tint=ink.tint),) if has_ground else ()), *frame)

    def _excess(self, element: Element, rooms: tuple[_Room, ...]) -> str:
        """Say what is too much at the least size: a word, or so many lines."""
        size, leading = SIZES[-1], LEADINGS[-1]
        lacking = []
        for room in rooms:
            width = room.box.width - 2 * self._tape.dots(SIDE * size)
            try:
                lines = self._even(element, element.text, width, size)
            except WordTooWide as wide:
                return wide.word
            pitch = self._tape.dots(size * leading)
            lacking.append(len(lines) - max(0, room.box.height) // pitch)
        return f"{max(1, min(lacking, default=1))} lines"

    def _too_long(self, excess: str, missing: tuple[str, ...] = ()) -> TooLong:
        warning = self._sticker.warning
        return TooLong(warning.field, warning.key, excess, self._stock.name, missing)


def _ways(text: str) -> tuple[tuple[str, ...], ...]:
    """Give the ways to begin lines: with each sentence, or with the first alone."""
    sentences = tuple(part + "." for part in text.removesuffix(".").split(". "))
    return ((sentences,) if " ".join(sentences) == text else ()) + ((text,),)


def _inner(box: Box, edge: int) -> Box:
    return Box(box.x + edge, box.y + edge, box.width - 2 * edge, box.height - 2 * edge)
