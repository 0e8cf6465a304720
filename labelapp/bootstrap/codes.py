"""The pharmacy's own sig codes: `codes.toml` beside `machine.toml`, read and kept as a whole."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

import tomli_w

from labelapp.bootstrap.machine import machine_file
from labelapp.dispensing.codes import MOST_CODES, CodeBook
from labelapp.dispensing.office.codes import OwnBook
from labelapp.dispensing.plain import Plain
from labelapp.printing.file import write_whole
from labelapp.resources import typed
from labelapp.resources.english import english_words
from labelapp.rx.errors import CannotWrite, LabelappError
from labelapp.rx.finding import Settler, stop
from labelapp.sig.codes.own import LeftOut, OwnCode
from labelapp.sig.codes.words import Lexicon
from labelapp.sig.teaching.teach import in_use

LARGEST = 500_000
"""Bytes of `codes.toml` that are read at all: far more than the most codes with their meanings."""

_HEAD = """\
# The pharmacy's own sig codes. `labelapp codes add` checks a code before it stands here;
# a row that is changed by hand is no longer read.

"""
_KEYS = {"code", "means", "added_by", "added_on", "alike", "seal"}


class BadCodesFile(LabelappError):
    """`codes.toml` that is not TOML, or holds something else than rows of codes."""

    code = "codes.bad"


class CodesChanged(LabelappError):
    """`codes.toml` was changed by another program between reading and writing it."""

    code = "codes.changed"


@dataclass(frozen=True)
class Kept:
    """What stands in `codes.toml`: the rows, those whose seal is broken, and the bytes read."""

    rows: tuple[OwnCode, ...] = ()
    damaged: tuple[OwnCode, ...] = ()
    data: bytes = b""

    def taught(self, lexicon: Lexicon) -> Lexicon:
        """Give a lexicon with the codes that still hold; the others are left out by name."""
        whole = (row for row in self.rows if row not in self.damaged)
        return in_use(whole, lexicon, self.damaged)


def codes_file() -> Path:
    """Say where `codes.toml` is looked for on this system."""
    return machine_file().with_name("codes.toml")


def read_codes(path: Path | None = None) -> Kept:
    """Read `codes.toml`; a pharmacy without one has no own codes. Raises BadCodesFile."""
    path = path or codes_file()
    data = _bytes(path)
    try:
        table = tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as broken:
        raise BadCodesFile(path=str(path)) from broken
    listed = table.get("codes", [])
    if set(table) - {"codes"} or not isinstance(listed, list) or len(listed) > MOST_CODES:
        raise BadCodesFile(path=str(path))
    found = [_row(each, place, path) for place, each in enumerate(listed, 1)]
    return Kept(
        tuple(row for row, _ in found), tuple(row for row, whole in found if not whole), data
    )


def on_record(book: OwnBook) -> Kept:
    """Give the own codes of the records; those nobody approved yet are left out by name."""
    return Kept(book.listed(), book.waiting())


def office_book(words: Plain, book: OwnBook, today: Callable[[], date] | None = None) -> CodeBook:
    """Open the code book that stands in the records; `today` stands in for the clock."""
    kept = on_record(book)
    lexicon = _with_waiting(kept.taught(typed.lexicon("en")), kept.damaged)
    return CodeBook(lexicon, kept.rows, english_words, book.keep, words, today or date.today)


def _with_waiting(lexicon: Lexicon, waiting: tuple[OwnCode, ...]) -> Lexicon:
    """Say of the codes nobody approved yet that they wait, and not that somebody damaged them."""
    left_out = tuple(
        LeftOut(each.row, (stop("own.waits", "", Settler.NOBODY, text=each.row.code),))
        if each.row in waiting
        else each
        for each in lexicon.own.left_out
    )
    return replace(lexicon, own=replace(lexicon.own, left_out=left_out))


def code_book(
    words: Plain, today: Callable[[], date] | None = None, path: Path | None = None
) -> CodeBook:
    """Open the code book of this computer; `today` stands in for the clock. Raises BadCodesFile."""
    path = path or codes_file()
    kept = read_codes(path)
    return CodeBook(
        kept.taught(typed.lexicon("en")),
        kept.rows,
        english_words,
        partial(_keep, path, kept),
        words,
        today or date.today,
    )


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            data = source.read(LARGEST + 1)
    except FileNotFoundError:
        return b""
    except OSError as broken:
        raise BadCodesFile(path=str(path)) from broken
    if len(data) > LARGEST:
        raise BadCodesFile(path=str(path))
    return data


def _row(found: object, place: int, path: Path) -> tuple[OwnCode, bool]:
    """Read one row, and tell whether its seal is whole."""
    bad = BadCodesFile("codes.bad-row", path=str(path), row=str(place))
    if not isinstance(found, Mapping) or set(found) - _KEYS:
        raise bad
    texts = [found.get(key, "") for key in ("code", "means", "added_by", "seal")]
    alike, on = found.get("alike", []), found.get("added_on")
    if not isinstance(alike, list) or not all(isinstance(each, str) for each in [*texts, *alike]):
        raise bad
    if (on is not None and type(on) is not date) or not (texts[0] and texts[1]):
        raise bad
    row = OwnCode(texts[0], texts[1], texts[2], on, tuple(alike))
    return row, texts[3] == _seal(row)


def _seal(row: OwnCode) -> str:
    """Give the hash of a row's content: a changed row is no longer the one that was checked."""
    on = row.added_on.isoformat() if row.added_on else ""
    said = "\x1f".join((row.code, row.means, row.added_by, on, *row.alike))
    return sha256(said.encode("utf-8")).hexdigest()[:16]


def _keep(path: Path, kept: Kept, rows: tuple[OwnCode, ...]) -> None:
    """Put the rows in place of the file at once. Raises CannotWrite, CodesChanged."""
    if _bytes(path) != kept.data:
        raise CodesChanged(path=str(path))
    table = [_written(row, broken=row in kept.damaged) for row in rows]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as broken:
        raise CannotWrite(name=path.name, folder=str(path.parent)) from broken
    write_whole((_HEAD + tomli_w.dumps({"codes": table})).encode("utf-8"), path)


def _written(row: OwnCode, *, broken: bool) -> dict[str, object]:
    """Write a row; one whose seal is broken keeps it broken."""
    said: dict[str, object] = {"code": row.code, "means": row.means, "added_by": row.added_by}
    if row.added_on is not None:
        said["added_on"] = row.added_on
    if row.alike:
        said["alike"] = list(row.alike)
    return {**said, "seal": "" if broken else _seal(row)}
