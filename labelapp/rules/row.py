"""Rows: what every row that a pharmacist approves carries, and how one is read from its table."""

from __future__ import annotations

import enum
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from labelapp.rx.errors import BadResource

Word = TypeVar("Word", bound=enum.StrEnum)

STANDING = frozenset({"source", "verified", "approved_by", "approved_on"})
"""The keys that every row has, whatever it is about."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """How far a row can be trusted: read in its source, and approved by whom on which day.

    `verified` is true when the text was read in the source itself, false when it is from memory
    or our own proposal. A shipped row is approved by nobody.
    """

    verified: bool = False
    approved_by: str = ""
    approved_on: str = ""

    @property
    def is_approved(self) -> bool:
        """True once a pharmacist-in-charge signed the row."""
        return bool(self.approved_by and self.approved_on)


class Reader:
    """One table of a TOML file, read key by key; whatever is missing or odd is a BadResource.

    The error names the file, the row and the key, for the person who edits rows.
    """

    def __init__(self, table: Mapping[str, Any], file: str, row: str) -> None:
        self._table, self._file, self._row = table, file, row

    def bad(self, key: str) -> BadResource:
        """Make the error for one key of this row."""
        return BadResource("resource.bad-row", name=self._file, row=self._row, key=key)

    def only(self, keys: Collection[str]) -> None:
        """Refuse keys that nothing reads: a misspelt limit must not be lost in silence."""
        for key in self._table:
            if key not in keys and key not in STANDING:
                raise self.bad(key)

    def text(self, key: str, default: str | None = None) -> str:
        """Read a text of one line."""
        found = self._table.get(key, default)
        if not isinstance(found, str) or "\n" in found or (default is None and not found.strip()):
            raise self.bad(key)
        return found

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """Read a true or false."""
        found = self._table.get(key, default)
        if not isinstance(found, bool):
            raise self.bad(key)
        return found

    def integer(self, key: str, default: int | None = None) -> int:
        """Read a whole number, zero or more."""
        found = self._table.get(key, default)
        if not isinstance(found, int) or isinstance(found, bool) or found < 0:
            raise self.bad(key)
        return found

    def decimal(self, key: str, default: Decimal | None = None) -> Decimal:
        """Read an exact number, zero or more."""
        return self._exact(key, self._table.get(key, default))

    def decimals(self, key: str) -> tuple[Decimal, ...]:
        """Read a list of exact numbers."""
        return tuple(self._exact(key, each) for each in self._list(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts; an absent key is an empty list."""
        found = self._list(key)
        if not all(isinstance(each, str) and each.strip() for each in found):
            raise self.bad(key)
        return tuple(found)

    def word(self, key: str, kind: type[Word]) -> Word:
        """Read one word of a closed list, such as a dosage form."""
        return self._word(key, kind, self.text(key))

    def words(self, key: str, kind: type[Word]) -> tuple[Word, ...]:
        """Read several words of a closed list; an absent key is none."""
        return tuple(self._word(key, kind, each) for each in self.texts(key))

    def has(self, key: str) -> bool:
        """Tell whether the row says anything under a key."""
        return key in self._table

    def tables(self, key: str) -> tuple[Reader, ...]:
        """Give the rows of a list of tables, each ready to be read."""
        found = self._list(key)
        if not all(isinstance(each, Mapping) for each in found):
            raise self.bad(key)
        return tuple(
            Reader(each, self._file, f"{key} {place}") for place, each in enumerate(found, start=1)
        )

    def table(self, key: str) -> Reader:
        """Give one table within this one; an absent key is an empty table."""
        found = self._table.get(key, {})
        if not isinstance(found, Mapping):
            raise self.bad(key)
        return Reader(found, self._file, key)

    def keys(self) -> tuple[str, ...]:
        """Give the keys of this table in the order written."""
        return tuple(self._table)

    def standing(self) -> dict[str, Any]:
        """Read how far this row can be trusted. A row without these keys is refused."""
        return {
            "verified": self.flag("verified"),
            "approved_by": self.text("approved_by", ""),
            "approved_on": self.text("approved_on", ""),
        }

    def _word(self, key: str, kind: type[Word], text: str) -> Word:
        try:
            return kind(text)
        except ValueError:
            raise self.bad(key) from None

    def _list(self, key: str) -> list[Any]:
        found = self._table.get(key, [])
        if not isinstance(found, list):
            raise self.bad(key)
        return found

    def _exact(self, key: str, found: object) -> Decimal:
        if isinstance(found, bool) or not isinstance(found, int | Decimal):
            raise self.bad(key)
        exact = Decimal(found)
        if not exact.is_finite() or exact < 0:
            raise self.bad(key)
        return exact
