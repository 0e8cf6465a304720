"""The code book: the pharmacy's own sig codes, listed, checked, added and removed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from labelapp.dispensing import show
from labelapp.dispensing.plain import Plain
from labelapp.dispensing.shown import ShownFinding
from labelapp.rx.errors import LabelappError
from labelapp.rx.finding import Finding, Severity
from labelapp.sig.codes.own import OwnCode
from labelapp.sig.codes.spelling import Shipped, Spellings, plain
from labelapp.sig.codes.words import Lexicon
from labelapp.sig.teaching.teach import checked, looks, resembling, written

MOST_CODES = 500
"""Own codes a pharmacy may have; more are no short forms that anybody remembers."""


class NoSuchCode(LabelappError):
    """A code was to be removed that the pharmacy does not have."""

    code = "codes.no-such"


class TooManyCodes(LabelappError):
    """The code book is full."""

    code = "codes.too-many"


@dataclass(frozen=True)
class ShownCode:
    """An own code as a front end shows it.

    `is_read` is false for a code that was left out, or refused, with the reason among `findings`.
    """

    code: str
    means: str
    added_by: str
    added_on: date | None
    alike: tuple[str, ...]
    is_read: bool
    findings: tuple[ShownFinding, ...] = ()

    @property
    def status(self) -> str:
        """Give `refused` for a STOP, `ask` for an open question, or `ok`."""
        severities = {each.finding.severity for each in self.findings if each.is_open}
        if Severity.STOP in severities:
            return "refused"
        return "ask" if Severity.ASK in severities else "ok"


class CodeBook:
    """The pharmacy's own codes. `add` and `remove` keep the changed book; the rest only looks.

    `today` tells the day at the pharmacy. `lexicon` holds the shipped words and the own codes; `rows` are all rows of the book, those
    left out among them. `english` reads the words no code may be, and is only asked when one is
    checked. `keep` writes the book as a whole, or raises.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        rows: tuple[OwnCode, ...],
        english: Callable[[], frozenset[str]],
        keep: Callable[[tuple[OwnCode, ...]], None],
        words: Plain,
        today: Callable[[], date],
    ) -> None:
        self._lexicon = lexicon
        self._rows = rows
        self._english = english
        self._keep = keep
        self._words = words
        self._today = today

    def listed(self) -> tuple[ShownCode, ...]:
        """List the own codes by their letters, those left out with the reason.

        A code that came to look like a newer shipped one is asked about here and goes on being read.
        """
        own = self._lexicon.own
        known = Spellings(Shipped(self._lexicon), own)
        read = [self._shown(row, looks(row, known), is_read=True) for row in own.rows]
        out = [self._shown(each.row, each.findings, is_read=False) for each in own.left_out]
        return tuple(sorted((*read, *out), key=lambda each: each.code))

    def check(self, code: str, means: str) -> ShownCode:
        """Check a code against every shipped and own one and all English words; nothing is kept."""
        row = written(OwnCode(code, means))
        return self._shown(row, checked(row, self._lexicon, self._english()), is_read=False)

    def add(self, code: str, means: str, by: str, *, despite_alike: bool = False) -> ShownCode:
        """Add a code if nothing speaks against it; look-alikes are kept as known when it is said.

        Raises TooManyCodes, and CannotWrite when the book cannot be kept.
        """
        row = written(OwnCode(code, means, by, self._today()))
        found = checked(row, self._lexicon, self._english())
        if despite_alike and {each.code for each in found} == {"own.alike"}:
            known = Spellings(Shipped(self._lexicon), self._lexicon.own)
            row, found = replace(row, alike=resembling(row, known)), ()
        if any(each.severity is not Severity.NOTE for each in found):
            return self._shown(row, found, is_read=False)
        if len(self._rows) >= MOST_CODES:
            raise TooManyCodes(most=str(MOST_CODES))
        self._keep((*self._rows, row))
        return self._shown(row, found, is_read=True)

    def named(self, code: str) -> OwnCode:
        """Give a code of the book, read or left out, however it was typed. Raises NoSuchCode."""
        wanted = {code, plain(code)}
        found = next((row for row in self._rows if row.code in wanted), None)
        if found is None:
            raise NoSuchCode(text=code)
        return found

    def remove(self, code: str) -> OwnCode:
        """Remove a code, also one that is left out. Raises NoSuchCode and CannotWrite."""
        gone = self.named(code)
        self._keep(tuple(row for row in self._rows if row is not gone))
        return gone

    def _shown(self, row: OwnCode, found: tuple[Finding, ...], *, is_read: bool) -> ShownCode:
        said = show.findings(found, (), self._words)
        return ShownCode(row.code, row.means, row.added_by, row.added_on, row.alike, is_read, said)
