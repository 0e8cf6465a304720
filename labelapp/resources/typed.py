"""The rows of `resources/` as typed tables: what a pharmacist approves, read once and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from labelapp.label.leaflet import LeafletRows, read_leaflet
from labelapp.label.papers import PaperWords, read_paper_words
from labelapp.label.wording import Wording, read_wording
from labelapp.layout.stock import Fits, Stock
from labelapp.resources import Row, folder, rows
from labelapp.resources.stocks import sound_fits, sound_stocks
from labelapp.resources.whole import demand_files, sound
from labelapp.rules.assess import Tables
from labelapp.rules.auxiliary import AuxiliaryLabel, read_auxiliary
from labelapp.rules.bud import read_classes
from labelapp.rules.compounds import plain, read_compound
from labelapp.rules.counting import read_counting
from labelapp.rules.law import FEDERAL, merged, read_law
from labelapp.rules.syringe import read_syringes
from labelapp.rx.errors import BadResource
from labelapp.sig.codes.words import Lexicon, read_lexicon
from labelapp.sig.language.tongues import Tongue, read_tongue
from labelapp.sig.phrases import Phrases, read_phrases

Read = TypeVar("Read")


@cache
def stocks(place: Path | None = None) -> Mapping[str, Stock]:
    """Read every label stock by its id, in the order of the files. Two of one id are damage."""
    root = place or folder()
    demand_files(root, "stocks")
    found: dict[str, Stock] = {}
    for name, table in _files(root, "stocks"):
        for stock in sound(name, sound_stocks, table):
            if stock.id in found:
                raise BadResource("resource.bad-row", name=name, row=stock.id, key="id")
            found[stock.id] = stock
    return MappingProxyType(found)


@cache
def fits(place: Path | None = None) -> Mapping[str, Fits]:
    """Read how many labels the law's label takes on each shipped stock, by the stock's id."""
    name = "fits.toml"
    found: Mapping[str, Fits] = sound(name, sound_fits, rows(name, place))
    return found


@cache
def access(place: Path | None = None) -> Mapping[str, tuple[str, ...]]:
    """Read which roles may do each act. Raises BadResource for an act without a list of roles."""
    table = rows("access.toml", place)
    found: dict[str, tuple[str, ...]] = {}
    for act, row in table.items():
        roles = row.get("roles") if isinstance(row, dict) else None
        if not isinstance(roles, list) or not all(isinstance(each, str) for each in roles):
            raise BadResource("resource.bad-row", name="access.toml", row=act, key="roles")
        found[act] = tuple(roles)
    return MappingProxyType(found)


@cache
def wording(language: str = "en", place: Path | None = None) -> Wording:
    """Read the label's own words in a language."""
    return _one(f"label/{language}.toml", read_wording, place)


@cache
def paper_words(language: str = "en", place: Path | None = None) -> PaperWords:
    """Read the words of large print, calendar and leaflet in a language."""
    return _one(f"papers/{language}.toml", read_paper_words, place)


@cache
def leaflet(language: str = "en", place: Path | None = None) -> LeafletRows:
    """Read the sentences of the leaflet in a language."""
    return _one(f"leaflet/{language}.toml", read_leaflet, place)


def tables(place: Path | None = None) -> Tables:
    """Read every row the rules stand on. A new compound, state or warning is one more file.

    Raises BadResource for a damaged row, one name twice, and a set of warnings that is not there.
    """
    root = place or folder()
    for name in ("law", "auxiliary", "compounds"):
        demand_files(root, name)
    laws = _once("law", ((law.jurisdiction, law) for law in _each(root, "law", read_law)))
    if FEDERAL not in laws:
        raise BadResource("resource.missing", name="law/us.toml")
    federal = laws[FEDERAL]
    warnings = {
        Path(name).stem: sound(name, partial(_warnings, Path(name).stem), table)
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
        classes=_one("bud.toml", read_classes, root),
        auxiliary=tuple(
            _once(
                "auxiliary", ((row.id, row) for set_ in warnings.values() for row in set_)
            ).values()
        ),
        syringes=_one("syringes.toml", read_syringes, root),
        settings=_one("settings.toml", read_counting, root),
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
    return tuple(sound(file, read, table) for file, table in _files(root, name))


def _one(name: str, read: Callable[[Row, str], Read], place: Path | None) -> Read:
    """Read the one file of a name."""
    made: Read = sound(name, read, rows(name, place))
    return made


def _warnings(stem: str, table: Row, name: str) -> tuple[AuxiliaryLabel, ...]:
    return read_auxiliary(table, stem, name)


@cache
def lexicon(language: str = "en", place: Path | None = None) -> Lexicon:
    """Read the words of directions in a language."""
    return _one(f"sig/{language}.toml", read_lexicon, place)


@cache
def phrases(language: str = "en", place: Path | None = None) -> Phrases:
    """Read how directions are said in a language, and the standard phrases there are."""
    return _one(f"phrases/{language}.toml", read_phrases, place)


@cache
def tongues(place: Path | None = None) -> Mapping[str, Tongue]:
    """Read how directions are said in every other language there is, by its BCP 47 tag."""
    found = _once(
        "directions",
        (
            (tongue.language, tongue)
            for tongue in _each(place or folder(), "directions", read_tongue)
        ),
    )
    return MappingProxyType(found)
