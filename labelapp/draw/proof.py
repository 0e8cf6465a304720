"""The proof: the finished PDF is pictured and read back before anybody may print it.

A text layer proves nothing, so nothing here asks the PDF what it says. Its picture at the head's
resolution is compared, dot by dot, with what Pages declare: each mark decoded by a reader that
had no part in making it and its bars counted, each letter found where a second hand writes it
(`witness`), every rule whole, and no other ink anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import zxingcpp
from PIL import Image

from labelapp.draw.dots import Sheet, moved, spread
from labelapp.draw.fonts import Fonts
from labelapp.draw.page import strips
from labelapp.draw.raster import coloured, raster, tones
from labelapp.draw.tinted import burned, decided, faint, is_tinted, is_true_to
from labelapp.draw.witness import Witness, Written
from labelapp.label.document import Symbology
from labelapp.layout.page import Bars, Box, Page, Pages, Words
from labelapp.rx.errors import ProofFailed

READERS = {
    Symbology.CODE128: zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code128]),
    Symbology.DATAMATRIX: zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.DataMatrix]),
    Symbology.QR: zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]),
}


@dataclass(frozen=True)
class Proof:
    """What was read back: the picture of each page, and each mark as the reader read it.

    `in_colour` is the picture of a page as a printer that has colours prints it, None for a page
    of black alone: each dot of one colour, read back as carefully as the black one.
    """

    pages: tuple[Image.Image, ...]
    marks: tuple[tuple[Symbology, str], ...]
    in_colour: tuple[Image.Image | None, ...]


def proof(pdf: bytes, pages: Pages, fonts: Fonts) -> Proof:
    """Read a finished PDF back and compare it with its Pages. Raises ProofFailed.

    The error carries the page's number and, where one thing is at fault, the key of the words or
    the symbology of the mark.
    """
    return proof_sets(pdf, (pages,), fonts)


def proof_sets(pdf: bytes, sets: Sequence[Pages], fonts: Fonts) -> Proof:
    """Read back a PDF of several sets, each on its own stock and for its own head, as `proof` does."""
    declared = [(page, pages.dpi) for pages in sets for page in pages.pages]
    rastered = {dpi: raster(pdf, dpi) for dpi in dict.fromkeys(dpi for _page, dpi in declared)}
    has_colours = dict.fromkeys(dpi for page, dpi in declared if is_tinted(page))
    tinted = {
        dpi: tuple(zip(coloured(pdf, dpi), tones(pdf, dpi), strict=True)) for dpi in has_colours
    }
    found: list[Image.Image] = []
    in_colour: list[Image.Image | None] = []
    marks: list[tuple[Symbology, str]] = []
    for number, (page, dpi) in enumerate(declared, start=1):
        pictures = rastered[dpi]
        if len(pictures) != len(declared):
            raise ProofFailed("proof.page-count", page=str(len(pictures)), key="")
        found.append(pictures[number - 1])
        marks += _Reading(found[-1], page, number, dpi, fonts).read()
        of_page = (page, number, dpi, fonts)
        has_tints = is_tinted(page)
        in_colour.append(_in_colour(tinted[dpi][number - 1], *of_page) if has_tints else None)
    return Proof(tuple(found), tuple(marks), tuple(in_colour))


def _in_colour(
    pictures: tuple[Image.Image, Image.Image], page: Page, number: int, dpi: int, fonts: Fonts
) -> Image.Image:
    """Read a page back in its colours; give it with one colour for each dot. Raises ProofFailed.

    `pictures` are the page in colours, and in greys.

    The colours themselves are compared, then everything that was read in black is read once more
    in what stands there as black and white, and every word is to stand out from its ground.
    """
    picture, greys = pictures
    if not is_true_to(page, picture):
        raise ProofFailed("proof.tint-other", page=str(number), key="")
    rules = sorted(page.rules, key=lambda rule: not rule.tint)  # black last, as they are drawn
    grounds = ((box, rule.tint) for rule in rules for box in strips(rule))
    whole = decided(grounds, greys)
    _Reading(burned(whole), page, number, dpi, fonts).read()
    if key := faint(page, whole):
        raise ProofFailed("proof.tint-faint", page=str(number), key=key)
    return whole


class _Reading:
    """One page being read back: its picture, its ink, and the ink that was declared so far."""

    def __init__(
        self, picture: Image.Image, page: Page, number: int, dpi: int, fonts: Fonts
    ) -> None:
        self._number = str(number)
        if picture.size != (page.width, page.height):
            raise ProofFailed("proof.page-size", page=self._number, key="")
        self._picture = picture
        self._page = page
        self._sheet = Sheet(page.width, page.height)
        self._ink = self._sheet.ink(picture)
        self._witness = Witness(fonts, dpi, self._sheet.stride)
        self._ground = 0
        self._bars = 0
        self._taken = 0
        self._black = 0
        self._white = 0

    def read(self) -> list[tuple[Symbology, str]]:
        """Read everything on the page; give its marks as they were decoded."""
        self._look_outside()
        drawn = [(rule, box) for rule in self._page.rules for box in strips(rule)]
        for _rule, box in drawn:
            self._on_page(box, "rule")
        self._ground = self._sheet.boxes(box for rule, box in drawn if not rule.is_pale)
        marks = [self._decode(bars) for bars in self._page.bars]
        for bars in self._page.bars:
            self._count(bars)
        for words in self._page.words:
            self._find(words)
        self._look_for_the_rest()
        return marks

    def _look_outside(self) -> None:
        """Find ink where this printer cannot, or must not, put any."""
        within = self._sheet.box(self._on_page(self._page.printable, "printable"))
        if self._ink & ~within:
            raise ProofFailed("proof.ink-outside", page=self._number, key="")

    def _on_page(self, box: Box, key: str) -> Box:
        if not self._sheet.whole.holds(box):
            raise ProofFailed("proof.ink-outside", page=self._number, key=key)
        return box

    def _decode(self, bars: Bars) -> tuple[Symbology, str]:
        """Decode a mark from its own place, with its symbology named."""
        key = bars.symbology.value
        quiet = self._on_page(bars.quiet, key)
        crop = self._picture.crop((quiet.x, quiet.y, quiet.right, quiet.bottom)).convert("L")
        found = zxingcpp.read_barcodes(
            crop,
            formats=READERS[bars.symbology],
            try_rotate=False,
            try_downscale=False,
            try_invert=False,
        )
        if len(found) != 1:
            raise ProofFailed("proof.mark-unreadable", page=self._number, key=key)
        if found[0].text != bars.payload:
            raise ProofFailed("proof.mark-wrong", page=self._number, key=key)
        return bars.symbology, found[0].text

    def _count(self, bars: Bars) -> None:
        """Compare a mark and its rest with its modules: every bar exactly its whole dots."""
        declared = 0
        rows = bars.modules.rows
        step = bars.box.height if len(rows) == 1 else bars.module_dots
        width = bars.modules.width * bars.module_dots
        for at, row in enumerate(rows):
            dots = int("".join(module * bars.module_dots for module in row), 2)
            box = Box(bars.box.x, bars.box.y + at * step, width, step)
            declared |= self._sheet.rows(dots, self._on_page(box, bars.symbology.value))
        if self._ink & self._sheet.box(bars.quiet) != declared:
            raise ProofFailed("proof.mark-inexact", page=self._number, key=bars.symbology.value)
        self._bars |= declared
        self._taken |= declared

    def _find(self, words: Words) -> None:
        """Find every letter of a run: in its box, on free ground, and inked."""
        written = self._witness.write(words)
        room = self._on_page(words.box, words.key)
        if written is None or written.must & ~self._room(room, written):
            raise ProofFailed("proof.ink-outside", page=self._number, key=words.key)
        ground = self._strip(self._ground, written)
        taken = self._strip(self._taken, written)
        ink = self._strip(self._ink, written)
        if words.white:
            taken |= written.must & ~ground  # white letters on bare paper say nothing
            ink ^= self._strip(self._sheet.box(self._sheet.whole), written)
        else:
            taken |= ground
        if written.must & taken:
            raise ProofFailed("proof.words-covered", page=self._number, key=words.key)
        if written.must & ~spread(ink, self._sheet.stride):
            raise ProofFailed("proof.words-missing", page=self._number, key=words.key)
        if self._witness.is_misread(words, ink):
            raise ProofFailed("proof.words-other", page=self._number, key=words.key)
        under = self._sheet.below(written.bottom)
        self._taken |= moved(written.must, under)
        if words.white:
            self._white |= moved(written.may, under)
        else:
            self._black |= moved(written.may, under)

    def _room(self, box: Box, written: Written) -> int:
        """Give the part of a box that lies on a run's rows."""
        top = max(box.y, written.top)
        height = max(0, min(box.bottom, written.bottom) - top)
        rows = Sheet(self._sheet.width, written.bottom - written.top)
        return rows.box(Box(box.x, top - written.top, box.width, height))

    def _strip(self, dots: int, written: Written) -> int:
        """Cut the rows of a run out of the page."""
        rows = written.bottom - written.top
        under = self._sheet.below(written.bottom)
        return moved(dots, -under) & ((1 << rows * self._sheet.stride) - 1)

    def _look_for_the_rest(self) -> None:
        """Find holes in rules and grounds, and ink that nobody declared."""
        if self._ground & ~self._white & ~self._ink:
            raise ProofFailed("proof.rule-broken", page=self._number, key="")
        if self._ink & ~(self._ground | self._bars | self._black):
            raise ProofFailed("proof.ink-stray", page=self._number, key="")
