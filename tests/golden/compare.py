"""Compares a page with its golden one: the very words and boxes, and the picture with one dot's grace.

A picture alone would not do: words off the page leave no ink. Words alone would not do either. And
a bound such as "0.1 % of the dots may differ" is upside down: moving a page by a hair changes one
dot in two hundred, a lost comma one in ten thousand. So each dot has a grace of one: it counts only
when the other picture has no tone as dark, or as light, on that dot or beside it. Then no dot may
differ at all.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter

from labelapp.layout.page import Box, Pages

PAGES = Path(__file__).parent / "pages"
FAILED = Path(__file__).parents[2] / "out/golden"
THRESHOLD = 48
_COUNTS = [255 if tone > THRESHOLD else 0 for tone in range(256)]


def differing(one: Image.Image, other: Image.Image) -> Image.Image:
    """Give the dots in which two pictures of one size differ, white on black."""
    a, b = one.convert("L"), other.convert("L")
    return ImageChops.lighter(_unlike(a, b), _unlike(b, a)).point(_COUNTS)


def count(difference: Image.Image) -> int:
    """Count the white dots."""
    return difference.histogram()[255]


def told(pages: Pages) -> str:
    """Write down each run of words, rule and mark with its place: a line each."""
    lines = []
    for number, page in enumerate(pages.pages, start=1):
        lines.append(f"page {number}: {page.width} x {page.height} at {pages.dpi} dpi")
        for words in page.words:
            style = f"{words.weight.value} {words.size_pt:g} pt{' white' if words.white else ''}"
            place = f"{_box(words.box)} on {words.baseline}"
            lines.append(f"  {words.key}: {words.text} | {style} | {place}")
        lines += [f"  rule: {_box(rule.box)} hollow {rule.hollow_dots}" for rule in page.rules]
        lines += [
            f"  {bars.symbology.value}: {bars.payload} | {bars.module_dots} dots | {_box(bars.box)}"
            for bars in page.bars
        ]
    return "\n".join([*lines, ""])


def check(
    name: str,
    pages: Pages,
    pictures: tuple[Image.Image, ...],
    *,
    bless: bool,
    folder: Path = PAGES,
    failed: Path = FAILED,
) -> None:
    """Compare pages with the golden ones called `name`, or make them the golden ones.

    On failure `actual.png` and `diff.png` lie in `out/golden/<name>/`. A changed golden page is
    named in the CHANGELOG.
    """
    words = folder / f"{name}.txt"
    if bless:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f"{name}-*.png"):
            old.unlink()
        words.write_text(told(pages), encoding="utf-8", newline="\n")
        for number, picture in enumerate(pictures, start=1):
            picture.save(folder / f"{name}-{number}.png", optimize=True)
        return
    if not words.exists():
        pytest.fail(f"there is no golden page {name}: look at it, then `pytest --bless`")
    for number, picture in enumerate(pictures, start=1):
        _compare_picture(folder / f"{name}-{number}.png", picture, failed)
    assert told(pages) == words.read_text("utf-8"), f"{name} says or stands otherwise"
    assert len(list(folder.glob(f"{name}-*.png"))) == len(pictures)


def _compare_picture(known: Path, actual: Image.Image, failed: Path) -> None:
    with Image.open(known) as golden:
        golden.load()
    if golden.size == actual.size:
        difference = differing(golden, actual)
        wrong = count(difference)
    else:
        difference = Image.new("L", actual.size, 255)
        wrong = actual.width * actual.height
    if wrong:
        out = failed / known.stem
        out.mkdir(parents=True, exist_ok=True)
        actual.save(out / "actual.png")
        difference.save(out / "diff.png")
        pytest.fail(f"{wrong} dots of {known.stem} differ: see {out}")


def _unlike(one: Image.Image, other: Image.Image) -> Image.Image:
    """Give how far each dot lies outside the tones the other picture has on and beside it."""
    darkest, lightest = (
        other.filter(ImageFilter.MinFilter(3)),
        other.filter(ImageFilter.MaxFilter(3)),
    )
    return ImageChops.lighter(ImageChops.subtract(darkest, one), ImageChops.subtract(one, lightest))


def _box(box: Box) -> str:
    return f"{box.x},{box.y} {box.width}x{box.height}"
