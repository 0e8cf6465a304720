"""Makes the two label fonts from Noto Sans: one weight each, only the letters a label can need.

Run by `make fonts` on a developer's machine; the shop never runs it. The variable font comes
from the package `fontpkg-noto-sans` and its outlines stay TrueType (glyf), because ReportLab
reads no other kind. The same input gives the same bytes: no clock is read.
"""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).resolve().parent
WEIGHTS = {"Regular": 400, "Bold": 700}

# Combining marks are left out on purpose: ReportLab sets every glyph at its own advance and would
# lay a loose accent beside its letter. Such a letter is refused by name instead of drawn wrong.
LETTERS = (
    range(0x0020, 0x007F),  # Basic Latin
    range(0x00A0, 0x0180),  # Latin-1 and Latin Extended-A
    range(0x018F, 0x0190),  # schwa (Azerbaijani)
    range(0x01A0, 0x01A2),  # Vietnamese horn O
    range(0x01AF, 0x01B1),  # Vietnamese horn U
    range(0x01CD, 0x01DD),  # Pinyin carons
    range(0x01E6, 0x01E8),  # Romani and Skolt Sami
    range(0x0218, 0x021C),  # Romanian comma letters
    range(0x0259, 0x025A),  # small schwa
    range(0x02BB, 0x02BD),  # okina and apostrophe letters in names
    range(0x0384, 0x03CF),  # Greek
    range(0x0400, 0x0460),  # Cyrillic
    range(0x0490, 0x0492),  # Ukrainian ghe
    range(0x1E00, 0x1F00),  # Latin Extended Additional: Vietnamese
    range(0x2010, 0x2016),  # hyphens and dashes
    range(0x2018, 0x2023),  # quotes, daggers, bullet
    range(0x2026, 0x2027),  # ellipsis
    range(0x2030, 0x2031),  # per mille
    range(0x2032, 0x2034),  # primes
    range(0x2039, 0x203B),  # angle quotes
    range(0x2044, 0x2045),  # fraction slash
    range(0x2070, 0x2090),  # raised and lowered figures
    range(0x20AC, 0x20AD),  # euro
    range(0x2116, 0x2117),  # numero
    range(0x2122, 0x2123),  # trade mark
    range(0x2150, 0x2160),  # fractions
    range(0x2212, 0x2213),  # minus
)


def build(source: Path, style: str, weight: int) -> Path:
    """Write one upright font of one weight and say where it is."""
    font = TTFont(source, recalcTimestamp=False)
    instantiateVariableFont(font, {"wght": weight, "wdth": 100}, inplace=True, updateFontNames=True)
    keep = Options()
    keep.layout_features = []  # a width is the sum of the advances, in the ruler and on paper
    keep.hinting = False  # a label printer gets whole dots from our own raster, not from hints
    keep.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    keep.notdef_outline = True
    keep.drop_tables = [*keep.drop_tables, "STAT", "DSIG"]
    keep.recalc_timestamp = False
    subset = Subsetter(keep)
    subset.populate(unicodes=[code for block in LETTERS for code in block])
    subset.subset(font)
    font["head"].modified = font["head"].created
    target = HERE / f"NotoSans-{style}.ttf"
    font.save(target, reorderTables=True)
    return target


def main() -> int:
    """Build both weights and lay the licence beside them."""
    package = Path(str(files("fontpkg_noto_sans")))
    (source,) = (package / "files").glob("NotoSans[[]*.ttf")
    for style, weight in WEIGHTS.items():
        made = build(source, style, weight)
        sys.stdout.write(f"{made.name}: {made.stat().st_size:,} bytes\n")
    licence = (package / "LICENSE").read_text(encoding="utf-8")
    (HERE / "OFL.txt").write_text(licence.replace("\r\n", "\n"), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
