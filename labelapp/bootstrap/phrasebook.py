"""The phrase book of this computer: the shipped tables or a pharmacy's own, and its approvals."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import tomli_w

from labelapp import resources
from labelapp.bootstrap.machine import machine_file
from labelapp.dispensing.files import contents
from labelapp.dispensing.languages import Languages
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.phrasebook import PhraseBook, ShownImport
from labelapp.dispensing.plain import Plain
from labelapp.printing.file import write_whole
from labelapp.resources import typed
from labelapp.rx.errors import BadResource, UnreadableFile
from labelapp.sig.language.approvals import Approvals, read_approvals
from labelapp.sig.language.tongues import Tongue, read_tongue

LARGEST = 1_000_000
"""Bytes of a table, a file of approvals or an official file that are read at all."""


class BadPhrases(UnreadableFile):
    """A table of sentences that was named and cannot be used."""

    code = "phrases.bad-row"


def approvals_file() -> Path:
    """Say where this computer's approvals are looked for: beside `machine.toml`."""
    return machine_file().with_name("approvals.toml")


def languages(
    approvals: Path | None = None,
    table: Path | None = None,
    today: date | None = None,
    office: Office | None = None,
) -> Languages:
    """Give the languages there are; each file is read when somebody asks for a language.

    Approvals stand in a file that was named, else in the records of an `office`, else in this
    computer's own file.

    A `table` stands in for the shipped one of its language, `approvals` for the file this
    computer keeps. A file that cannot be used raises UnreadableFile then.
    """
    if office is not None and approvals is None and not office.is_training:
        return Languages(partial(_tables, table), office.approving.phrases)
    return Languages(partial(_tables, table), partial(_approvals, approvals, today))


def phrase_book(
    words: Plain,
    approvals: Path | None = None,
    table: Path | None = None,
    today: date | None = None,
) -> PhraseBook:
    """Open the phrase book; a `table` stands in for the shipped one of its language."""
    return PhraseBook(languages(approvals, table, today), _shipped, words)


def _tables(table: Path | None) -> Mapping[str, Tongue]:
    tables = dict(typed.tongues())
    if table is not None:
        try:
            own = read_tongue(_toml(table), table.name)
        except BadResource as bad:
            raise BadPhrases(**bad.values) from bad
        tables[own.language] = own
    return MappingProxyType(tables)


def _approvals(named: Path | None, today: date | None) -> Approvals:
    file = named or approvals_file()
    if named is None and not file.exists():
        return Approvals()
    return read_approvals(_toml(file), file.name, today or date.today())


def read_bounded(path: Path) -> bytes:
    """Read a file that was named, never more of it than the limit, and never through a device."""
    data = contents(path, LARGEST)
    if len(data) > LARGEST:
        raise UnreadableFile("phrases.too-large", name=path.name)
    return data


def _toml(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(read_bounded(path).decode("utf-8"), parse_float=Decimal)
    except (ValueError, RecursionError) as broken:
        raise UnreadableFile("phrases.not-toml", name=path.name) from broken


def _shipped(language: str) -> Mapping[str, Any]:
    return resources.rows(f"directions/{language}.toml")


def import_phrases(
    book: PhraseBook, file: Path, language: str, source: str, output: Path
) -> ShownImport:
    """Import an official file into a new table; nothing is written when no sentence was placed.

    Raises UnreadableFile and CannotWrite.
    """
    done = book.imported(read_bounded(file), file.name, language, source)
    if done.document is not None:
        write_whole(tomli_w.dumps(done.document).encode(), output)
    return done
