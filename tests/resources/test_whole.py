"""A file of rows that is emptied, cut off or bent is damage: nothing goes missing in silence."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from labelapp.resources import folder, rows, sentences, typed
from labelapp.resources.whole import IDS, PARTS
from labelapp.rx.errors import BadResource

FILES = sorted(
    str(path.relative_to(folder()))
    for path in folder().rglob("*.toml")
    if path.relative_to(folder()).parts[0] != "screen"
)
THERMAL = "stocks/thermal.toml"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of rows of one's own, beginning with the shipped ones."""
    return Path(shutil.copytree(folder(), tmp_path / "resources"))


def everything(place: Path) -> None:
    """Read every row there is, as the desk does when it is built."""
    readers: tuple[Callable[..., Any], ...] = (typed.lexicon, typed.phrases, typed.wording)
    for read in readers:
        read("en", place)
    typed.stocks(place)
    typed.fits(place)
    typed.paper_words("en", place)
    typed.leaflet("en", place)
    typed.tongues(place)
    typed.tables(place)
    typed.access(place)


def refusal(place: Path) -> BadResource:
    with pytest.raises(BadResource) as refused:
        everything(place)
    return refused.value


def test_the_shipped_rows_are_whole(own: Path) -> None:
    everything(own)
    assert {*IDS, *PARTS} <= set(FILES)


@pytest.mark.parametrize("file", FILES)
def test_an_empty_file_is_named(own: Path, file: str) -> None:
    (own / file).write_text("")
    assert refusal(own).values["name"] == file


@pytest.mark.parametrize("file", sorted({*IDS, *PARTS}))
def test_a_file_that_is_gone_is_named(own: Path, file: str) -> None:
    (own / file).unlink()
    gone = refusal(own)
    assert (gone.code, gone.values["name"]) == ("resource.missing", file)


@pytest.mark.parametrize("file", sorted(IDS))
def test_a_file_cut_off_between_two_rows_is_named(own: Path, file: str) -> None:
    """The cut leaves good TOML behind: every row before it is whole."""
    text = (own / file).read_text("utf-8")
    listed = f"[[{IDS[file][0]}]]"
    assert text.count(listed) > 1
    (own / file).write_text(text[: text.rindex(listed)] if file != THERMAL else first(text, listed))
    if file in {"law/us.toml", "law/ca.toml", "auxiliary/every.toml"}:
        (own / file).write_text(first(text, listed))
    assert refusal(own).values["name"] == file


def first(text: str, listed: str) -> str:
    """Give a file's text up to its second row."""
    return text[: text.index(listed, text.index(listed) + 1)]


def test_a_lexicon_cut_off_in_the_middle_is_named(own: Path) -> None:
    lines = (own / "sig/en.toml").read_text("utf-8").splitlines(keepends=True)
    cut = next(n for n, line in enumerate(lines) if n > 250 and line.lstrip().startswith("{"))
    (own / "sig/en.toml").write_text("".join(lines[:cut]) + "]\n")
    assert refusal(own).values["name"] == "sig/en.toml"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("width_mm = 101.6", "width_mm = nan", "width_mm"),
        ("width_mm = 101.6", "width_mm = inf", "width_mm"),
        ("width_mm = 101.6", "width_mm = -101.6", "width_mm"),
        ("width_mm = 101.6", 'width_mm = "101.6"', "width_mm"),
        ("width_mm = 101.6", "width_mm = 99999", "width_mm"),
        ("height_mm = 50.8", "height_mm = true", "height_mm"),
        ("margins_mm = [1.5, 2, 1.5, 2]", "margins_mm = 2", "margins_mm"),
        ("margins_mm = [1.5, 2, 1.5, 2]", "margins_mm = [1.5, 2, 1.5]", "margins_mm"),
        ("margins_mm = [1.5, 2, 1.5, 2]", "margins_mm = [1.5, 2, 1.5, nan]", "margins_mm"),
        ("margins_mm = [1.5, 2, 1.5, 2]", 'margins_mm = ["a", 2, 1.5, 2]', "margins_mm"),
        ("dpi = [203, 300]", "dpi = 203", "dpi"),
        ("dpi = [203, 300]", "dpi = []", "dpi"),
        ("dpi = [203, 300]", "dpi = [203.5]", "dpi"),
        ("dpi = [203, 300]", "dpi = [0]", "dpi"),
        ("dpi = [203, 300]", "dpi = [true]", "dpi"),
        ('name = "4 x 2 in thermal label"', "name = 4", "name"),
        ("measured = false", 'measured = "no"', "measured"),
        ("measured = false", "mesured = false", "mesured"),
    ],
)
def test_a_stock_that_cannot_be_is_named(own: Path, old: str, new: str, key: str) -> None:
    text = (own / THERMAL).read_text("utf-8")
    assert old in text
    (own / THERMAL).write_text(text.replace(old, new, 1))
    values = refusal(own).values
    assert dict(values) == {"name": THERMAL, "row": "thermal-4x2", "key": key}


@pytest.mark.parametrize("text", ["stock = 3", "stock = [3]", "[stock]\nid = 1", "stok = []"])
def test_a_file_of_no_stocks_is_named(own: Path, text: str) -> None:
    (own / "stocks/own.toml").write_text(text)
    assert refusal(own).values["name"] == "stocks/own.toml"


@pytest.mark.parametrize("file", FILES)
def test_a_part_of_another_kind_is_read_or_named_and_never_crashes(own: Path, file: str) -> None:
    whole = rows(file, own)
    for place, part in enumerate(whole):
        bent = (3, ["x"], {"a": 3}, [{"a": 3}])[place % 4]
        (own / file).write_text(tomli_w.dumps({**whole, part: bent}))
        for read in (typed.lexicon, typed.phrases, typed.wording, typed.stocks, typed.tongues):
            read.cache_clear()
        with contextlib.suppress(BadResource):
            everything(own)


def test_words_of_the_screen_are_there(own: Path) -> None:
    assert sentences("en")["resource.bad"][0]
    assert sentences("../../sig") == sentences("en")
