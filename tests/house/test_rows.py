"""Every finding and error has its sentence, and every row a pharmacist approves says where from."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

import pytest

from labelapp.resources import folder
from tests.house.codes import House, Site

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDING = ("source", "verified", "approved_by", "approved_on")
NOT_OF_MEDICINE = {"screen"}
"""Folders of rows that speak to the screen: no pharmacist approves them."""
LANGUAGES = sorted(path.name for path in (folder() / "screen").iterdir() if path.is_dir())


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


@cache
def house() -> House:
    return House()


@cache
def sentences(language: str) -> dict[str, dict[str, str]]:
    files = sorted((folder() / "screen" / language).glob("*.toml"))
    return {code: row for path in files for code, row in read(path).items()}


def sites(code: str) -> list[Site]:
    return [site for site in house().sites if site.names(code)]


def blanks(row: dict[str, str]) -> set[str]:
    """Name the {blanks} of a row's sentences."""
    return {name for text in row.values() for _, name, _, _ in Formatter().parse(text) if name}


def test_the_source_is_read_as_it_stands():
    """Were nothing found, the tests below could not fail."""
    known = sites("printer.other-dpi")
    assert [site.values for site in known] == [frozenset({"has", "wants", "printer", "field"})]
    assert len({site.code.pattern for site in house().sites}) > 200


def test_every_code_has_a_sentence():
    english = sentences("en")
    missing = [str(site) for site in house().sites if not any(map(site.names, english))]
    assert not missing, "\n".join(missing)


def test_every_sentence_says_what_is_and_the_way_out():
    """A note holds nothing up, so it may leave the way out away."""
    missing = []
    for code, row in sentences("en").items():
        given = sites(code)
        only_notes = all(site.through.split(".")[-1] == "note" for site in given)
        if given and not (row.get("says") and (row.get("way") or only_notes)):
            missing.append(code)
    assert not missing, "\n".join(missing)


def test_every_blank_of_a_sentence_is_a_value_somebody_gives():
    unfilled = {}
    for language in LANGUAGES:
        for code, row in sentences(language).items():
            known = [site.values for site in sites(code)]
            if known and None not in known:
                given = frozenset().union(*(values for values in known if values))
                if blanks(row) - given:
                    unfilled[language, code] = blanks(row) - given
    assert unfilled == {}


def test_no_sentence_waits_for_a_code_nobody_gives():
    written = {path: path.read_text("utf-8") for path in house().modules}
    dead = [
        code
        for code, row in sentences("en").items()
        if row.get("way")
        and not sites(code)
        and not any(f'"{code}"' in t for t in written.values())
    ]
    assert not dead, "\n".join(dead)


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_another_language_has_no_sentence_and_no_blank_of_its_own(language):
    english = sentences("en")
    assert [code for code in sentences(language) if code not in english] == []
    for code, row in sentences(language).items():
        assert blanks(row) == blanks(english[code]), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_stands_in_two_files(language):
    files = sorted((folder() / "screen" / language).glob("*.toml"))
    every = [code for path in files for code in read(path)]
    assert sorted({code for code in every if every.count(code) > 1}) == []


def medicine() -> list[Path]:
    """The files whose rows a pharmacist approves."""
    root = folder()
    paths = sorted(root.rglob("*.toml"))
    return [path for path in paths if path.relative_to(root).parts[0] not in NOT_OF_MEDICINE]


def rows(part: Any, place: str, above: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every innermost table with its standing, its own or that of the table it is in."""
    if isinstance(part, list):
        for number, each in enumerate(part):
            yield from rows(each, f"{place}[{number}]", above)
        return
    standing = {**above, **{key: part[key] for key in STANDING if key in part}}
    inner = {key: each for key, each in part.items() if _holds_tables(each)}
    for key, each in inner.items():
        yield from rows(each, f"{place}.{key}".lstrip("."), standing)
    if not inner:
        yield place, standing


def _holds_tables(part: Any) -> bool:
    return isinstance(part, dict) or (isinstance(part, list) and any(map(_holds_tables, part)))


@pytest.mark.parametrize("path", medicine(), ids=lambda path: str(path.relative_to(folder())))
def test_every_row_says_where_it_comes_from_and_who_approved_it(path):
    wrong = {}
    for place, standing in rows(read(path), "", {}):
        absent = [key for key in STANDING if key not in standing]
        if absent or not _stands(standing):
            wrong[place] = absent or standing
    assert wrong == {}


def _stands(standing: dict[str, Any]) -> bool:
    """Tell whether a row's standing is whole: a source, and an approval by somebody on a day."""
    by, on = standing["approved_by"], standing["approved_on"]
    if not standing["source"] or not isinstance(standing["verified"], bool):
        return False
    return (by, on) == ("", "") or (bool(by) and bool(date.fromisoformat(on)))
