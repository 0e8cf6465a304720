"""The two cuts of the label's typeface: registered once, embedded in every PDF, measured exactly.

Noto Sans 400 and 700 lie in `resources/fonts`. Their advances, glyph boxes and cmap are read from
the very files that are embedded, so what the ruler measures is what the printer gets.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from labelapp.draw.sealed import pdfdoc, pdfmetrics, ttfonts
from labelapp.label.document import Weight
from labelapp.rx.errors import BadResource

FAMILY = "Noto Sans"
FILES = {Weight.REGULAR: "NotoSans-Regular.ttf", Weight.BOLD: "NotoSans-Bold.ttf"}
_SYMBOLIC, _NONSYMBOLIC = 1 << 2, 1 << 5  # PDF 32000-1, table 123: a subset has its own codes
_KEPT_SUBSETS = 32


@dataclass(frozen=True)
class Glyph:
    """One character's measures in thousandths of the type size, as the font file has them.

    `left`, `bottom`, `right`, `top` bound its outline about the pen and the baseline; a space has
    no outline and all four are 0.
    """

    advance: float
    left: float
    bottom: float
    right: float
    top: float

    @property
    def is_inked(self) -> bool:
        """True when the character leaves ink."""
        return self.right > self.left


class _EmbeddedFont(ttfonts.TTFont):  # type: ignore[misc]
    """A TrueType font that remembers the subsets it made.

    Cutting and packing a subset is more than half the work of a label's PDF, and nearly every
    label uses the same one: all of ASCII. What is remembered depends on the characters alone;
    which character has which code is kept for each document apart, by ReportLab.
    """

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(name, str(path), shapable=False, asciiReadable=1)
        self._cut = lru_cache(_KEPT_SUBSETS)(self._cut_anew)

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """Add this font's subsets to a document: ReportLab calls this when it is finished."""
        state = self.state[doc]
        state.frozen = 1
        for number, codes in enumerate(state.subsets):
            name = self.getSubsetInternalName(number, doc)[1:]
            font = self._font(doc, name, number, tuple(codes))
            doc.Reference(font, name)
            doc.idToObject["BasicFonts"].dict[name] = font
        del self.state[doc]

    def _font(self, doc: Any, name: str, number: int, codes: tuple[int, ...]) -> Any:
        tag = ttfonts.SUBSETN(number).decode("ascii")
        base = f"{tag}+{self.face.name.decode('ascii')}"
        outlines, length, unicode_map, widths = self._cut(base, codes)
        file = _stream(outlines)
        file.dictionary["Length1"] = length
        font = pdfdoc.PDFTrueTypeFont()
        font.Name, font.BaseFont = name, base
        font.FirstChar, font.LastChar = 0, len(codes) - 1
        font.Widths = pdfdoc.PDFArray(widths)
        font.ToUnicode = doc.Reference(_stream(unicode_map), f"toUnicodeCMap:{base}")
        font.FontDescriptor = doc.Reference(
            self._descriptor(base, doc.Reference(file, f"fontFile:{base}")),
            f"fontDescriptor:{base}",
        )
        return font

    def _descriptor(self, base: str, file: Any) -> Any:
        face = self.face
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "Ascent": face.ascent,
                "CapHeight": face.capHeight,
                "Descent": face.descent,
                "Flags": face.flags & ~_NONSYMBOLIC | _SYMBOLIC,
                "FontBBox": pdfdoc.PDFArray(face.bbox),
                "FontName": pdfdoc.PDFName(base),
                "ItalicAngle": face.italicAngle,
                "StemV": face.stemV,
                "FontFile2": file,
                "MissingWidth": face.defaultWidth,
            }
        )

    def _cut_anew(
        self, base: str, codes: tuple[int, ...]
    ) -> tuple[bytes, int, bytes, tuple[float, ...]]:
        outlines = self.face.makeSubset(list(codes))
        unicode_map = ttfonts.makeToUnicodeCMap(base, codes).encode("ascii")
        widths = tuple(map(self.face.getCharWidth, codes))
        return zlib.compress(outlines), len(outlines), zlib.compress(unicode_map), widths


def _stream(packed: bytes) -> Any:
    """Give a PDF stream of bytes that are packed already."""
    stream = pdfdoc.PDFStream(content=packed)
    stream.dictionary["Filter"] = pdfdoc.PDFArray([pdfdoc.PDFName("FlateDecode")])
    return stream


class Fonts:
    """The label's fonts, built from the folder that holds them.

    ReportLab keeps one table of fonts for the whole process. The same files may be asked for
    again; other files under the same name are refused, for ReportLab would go on drawing the
    first ones without a word.
    """

    def __init__(self, folder: Path) -> None:
        self._paths = {weight: folder / file for weight, file in FILES.items()}
        self._fonts = {weight: _registered(path) for weight, path in self._paths.items()}
        self._glyphs = {weight: _glyphs(font.face) for weight, font in self._fonts.items()}

    def name(self, weight: Weight) -> str:
        """Give the name ReportLab knows the font by."""
        name: str = self._fonts[weight].fontName
        return name

    @property
    def family(self) -> str:
        """Name the typeface as people do."""
        return FAMILY

    def path(self, weight: Weight) -> Path:
        """Give the font's file."""
        return self._paths[weight]

    def coded(self, text: str, weight: Weight, document: Any) -> Iterator[tuple[str, bytes]]:
        """Give a text as codes of the font's subsets in a document, with each subset's name."""
        font = self._fonts[weight]
        for subset, codes in font.splitString(text, document):
            yield font.getSubsetInternalName(subset, document), codes

    def glyphs(self, weight: Weight) -> dict[str, Glyph]:
        """Give the measures of every character the font can draw."""
        return self._glyphs[weight]

    def missing(self, text: str, weight: Weight) -> tuple[str, ...]:
        """Give the characters without a glyph, each once, in the order met."""
        has = self._glyphs[weight]
        return tuple(dict.fromkeys(each for each in text if each not in has))

    def overhang(self, text: str, weight: Weight) -> tuple[float, float]:
        """Give how far the outlines stand out left of the pen and right of the last advance.

        In thousandths of the type size, never below 0: a J at the beginning of a name reaches
        back under its pen, an f at the end of a word leans out of its width.
        """
        if not text:
            return 0.0, 0.0
        glyphs = self._glyphs[weight]
        first, last = glyphs[text[0]], glyphs[text[-1]]
        return max(0.0, -first.left), max(0.0, last.right - last.advance)


def _registered(path: Path) -> _EmbeddedFont:
    """Give the font of a file, registered with ReportLab once in a process."""
    try:
        digest = sha256(path.read_bytes()).hexdigest()
        if path.stem not in _DIGESTS:
            pdfmetrics.registerFont(_EmbeddedFont(path.stem, path))
            _DIGESTS[path.stem] = digest
    except (OSError, ttfonts.TTFError, struct.error) as broken:
        raise BadResource("draw.font-unreadable", name=path.name) from broken
    font = pdfmetrics.getFont(path.stem)
    if _DIGESTS[path.stem] != digest or not isinstance(font, _EmbeddedFont):
        raise BadResource("draw.font-changed", name=path.name)
    return font


_DIGESTS: dict[str, str] = {}
"""Which files stand in ReportLab's own table, for that cannot be asked."""


def _glyphs(face: Any) -> dict[str, Glyph]:
    """Read each character's advance and outline box from the tables of the font file."""
    scale = 1000 / face.unitsPerEm
    outlines = face.get_table("glyf")
    glyphs = {}
    for code, index in face.charToGlyph.items():
        if not index:  # glyph 0 is the box for what is missing; U+FFFF, a table's end mark, has it
            continue
        start, end = face.glyphPos[index], face.glyphPos[index + 1]
        box = struct.unpack_from(">4h", outlines, start + 2) if end > start else (0, 0, 0, 0)
        left, bottom, right, top = (each * scale for each in box)
        glyphs[chr(code)] = Glyph(face.charWidths[code], left, bottom, right, top)
    return glyphs
