"""The rows of `resources/` as typed tables: what a pharmacist approves, read once and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from labelapp.label.wording import Wording, read_wording
from labelapp.layout.stock import Stock, read_stocks
from labelapp.resources import Row, folder, rows
from labelapp.rules.assess import Tables
from labelapp.rules.auxiliary import read_auxiliary
from labelapp.rules.bud import read_classes
from labelapp.rules.compounds import plain, read_compound
from labelapp.rules.counting import read_counting
from labelapp.rules.law import FEDERAL, merged, read_law
from labelapp.rules.syringe import read_syringes
from labelapp.rx.errors import BadResource
from labelapp.sig.phrases import Phrases, read_phrases
from labelapp.sig.words import Lexicon, read_lexicon

Read = TypeVar("Read")


@cache
def stocks() -> Mapping[str, Stock]:
    """Read every label stock by its id, in the order of the files. Two of one id are damage."""
    found: dict[str, Stock] = {}
    for file in sorted((folder() / "stocks").glob("*.toml")):
        name = f"stocks/{file.name}"
        for stock in read_stocks(rows(name), name):
            if stock.id in found:
                raise BadResource("resource.bad-row", name=name, row=stock.id, key="id")
            found[stock.id] = stock
    return MappingProxyType(found)


@cache
def wording(language: str = "en") -> Wording:
    """Read the label's own words in a language."""
    name = f"label/{language}.toml"
    return read_wording(rows(name), name)


def tables(place: Path | None = None) -> Tables:
    """Read every row the rules stand on. A new compound, state or warning is one more file.

    Raises BadResource for a damaged row, one name twice, and a set of warnings that is not there.
    """
    root = place or folder()
    laws = _once("law", ((law.jurisdiction, law) for law in _each(root, "law", read_law)))
    if FEDERAL not in laws:
        raise BadResource("resource.missing", name="law/us.toml")
    federal = laws[FEDERAL]
    warnings = {
        Path(name).stem: read_auxiliary(table, Path(name).stem, name)
        for name, table in _files(root, "auxiliary")
    }
    compounds = _each(root, "compounds", read_compound)
    _once("compounds", ((plain(name), each) for each in compounds for name in each.names))
    for each in compounds:
        for wanted in each.warnings:
            if wanted not in warnings:
                raise BadResource("resource.missing", name=f"auxiliary/{wanted}.toml")
    return Tables(
        laws={
            state: law if law is federal else merged(federal, law) for state, law in laws.items()
        },
        compounds=compounds,
        classes=read_classes(rows("bud.toml", root), "bud.toml"),
        auxiliary=tuple(
            _once(
                "auxiliary", ((row.id, row) for set_ in warnings.values() for row in set_)
            ).values()
        ),
        syringes=read_syringes(rows("syringes.toml", root), "syringes.toml"),
        settings=read_counting(rows("settings.toml", root), "settings.toml"),
    )


def _once(name: str, pairs: Iterable[tuple[str, Read]]) -> dict[str, Read]:
    """Gather rows by their key; a key of two rows is damage."""
    found: dict[str, Read] = {}
    for key, row in pairs:
        if key in found:
            raise BadResource("resource.bad-row", name=name, row=key, key=key)
        found[key] = row
    return found


def _files(root: Path, name: str) -> Iterator[tuple[str, Row]]:
    for file in sorted((root / name).glob("*.toml")):
        yield f"{name}/{file.name}", rows(f"{name}/{file.name}", root)


def _each(root: Path, name: str, read: Callable[[Row, str], Read]) -> tuple[Read, ...]:
    return tuple(read(table, file) for file, table in _files(root, name))


@cache
def lexicon(language: str = "en") -> Lexicon:
    """Read the words of directions in a language."""
    name = f"sig/{language}.toml"
    return read_lexicon(rows(name), name)


@cache
def phrases(language: str = "en") -> Phrases:
    """Read how directions are said in a language, and the standard phrases there are."""
    name = f"phrases/{language}.toml"
    return read_phrases(rows(name), name)
