"""The commands of the code book: the pharmacy's own sig codes, listed, checked, added, removed.

Where somebody signs in it is the book in the records; else the one of this computer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import click

from labelapp.cli.counter import Counter, at_counter
from labelapp.cli.documents import findings_told
from labelapp.cli.ending import DONE, REFUSED, Commands, Means
from labelapp.cli.tell import Teller
from labelapp.dispensing.codes import CodeBook, NoSuchCode, ShownCode
from labelapp.dispensing.office.codes import NoSuchOwnCode
from labelapp.dispensing.office.office import Office

LONGEST_NAME = 60
"""Characters of the name of whoever adds a code."""

_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")


@dataclass(frozen=True)
class _Book:
    """The code book, and the records it stands in where there are any."""

    codes: CodeBook
    office: Office | None = None

    def added_by(self, named: str | None) -> str:
        """Name who adds a code: whoever signed in, else whoever was named."""
        person = self.office.signing.person if self.office is not None else None
        if person is None:
            return _name(named or "")
        if named:
            raise click.UsageError("--by: who signed in adds it.")
        return person.name

    def waits(self, code: str) -> bool:
        """Tell whether a code is kept and not read before it was approved."""
        waiting = self.office.codes.waiting() if self.office is not None else ()
        return code in {each.code for each in waiting}


@click.group(cls=Commands, invoke_without_command=True)
@at_counter
@_json
def codes(counter: Counter, *, as_json: bool) -> None:
    """List the pharmacy's own sig codes, or check, add, approve and remove one."""
    if click.get_current_context().invoked_subcommand is not None:
        return
    with _opened(counter) as book:
        listed = book.codes.listed()
    teller = Teller(counter.means.plain(), as_json=as_json)
    if as_json:
        teller.document({"codes": [_told(each) for each in listed]})
        return
    for each in listed:
        click.echo(_line(counter.means, each))
        teller.say(each.findings)
    if not listed:
        counter.tell("cli.codes.none")


@codes.command()
@click.argument("code")
@click.argument("means_what", metavar="MEANING")
@at_counter
@_json
def check(counter: Counter, code: str, means_what: str, *, as_json: bool) -> None:
    """Check whether CODE may stand for the plain directions MEANING; nothing is kept."""
    with _opened(counter) as book:
        shown = book.codes.check(code, means_what)
    _tell(counter.means, shown, as_json=as_json, done="cli.codes.free")


@codes.command()
@click.argument("code")
@click.argument("means_what", metavar="MEANING")
@click.option("--by", help="Who adds it; needed where nobody signs in.")
@click.option("--despite-alike", is_flag=True, help="You know of the codes it looks like.")
@at_counter
@_json
def add(
    counter: Counter,
    code: str,
    means_what: str,
    by: str | None,
    *,
    despite_alike: bool,
    as_json: bool,
) -> None:
    """Add CODE for the plain directions MEANING: "at bedtime with food"."""
    with _opened(counter) as book:
        who = book.added_by(by)
        shown = book.codes.add(code, means_what, who, despite_alike=despite_alike)
        waits = shown.is_read and book.waits(shown.code)
    if waits:
        shown = replace(shown, is_read=False)
    done = "cli.codes.waits" if waits else "cli.codes.added"
    _tell(counter.means, shown, as_json=as_json, done=done)


@codes.command()
@click.argument("code")
@at_counter
@_json
def approve(counter: Counter, code: str, *, as_json: bool) -> None:
    """Approve CODE as it stands in the records; the pharmacist-in-charge signs in."""
    if not counter.signs_in:
        raise click.UsageError("--user NAME is needed: codes are approved in the records.")
    try:
        with _opened(counter) as book:
            assert book.office is not None
            row = book.codes.named(code)
            book.office.codes.approve(row.code)
    except (NoSuchCode, NoSuchOwnCode) as unknown:
        Teller(counter.means.plain(), as_json=as_json).failed({"approved": ""}, unknown)
        raise SystemExit(REFUSED) from None
    said = {"approved": row.code, "means": row.means}
    _say(counter, said, "approved", as_json=as_json)


@codes.command()
@click.argument("code")
@at_counter
@_json
def remove(counter: Counter, code: str, *, as_json: bool) -> None:
    """Remove CODE from the pharmacy's own; what was printed with it stays as it is."""
    try:
        with _opened(counter) as book:
            gone = book.codes.remove(code)
    except NoSuchCode as unknown:
        Teller(counter.means.plain(), as_json=as_json).failed({"removed": ""}, unknown)
        raise SystemExit(REFUSED) from None
    said = {"removed": gone.code, "means": gone.means}
    _say(counter, said, "removed", as_json=as_json)


@contextmanager
def _opened(counter: Counter) -> Iterator[_Book]:
    """Open the code book: in the records for whoever signs in, else the one of this computer."""
    if counter.is_training:
        raise click.UsageError("own codes are not kept on throw-away records.")
    if not counter.signs_in:
        yield _Book(counter.means.code_book(None))
        return
    with counter.office() as office:
        yield _Book(counter.means.code_book(office), office)


def _say(counter: Counter, said: dict[str, str], what: str, *, as_json: bool) -> None:
    if as_json:
        Teller(counter.means.plain(), as_json=True).document(said)
    else:
        counter.tell(f"cli.codes.{what}", text=said[what], means=said["means"])


def _name(given: str) -> str:
    name = " ".join(given.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise click.UsageError(f"--by: a name of 1 to {LONGEST_NAME} letters is needed.")
    return name


def _tell(means: Means, shown: ShownCode, *, as_json: bool, done: str) -> None:
    """Tell what was found about a code, and end: 0 when nothing speaks against it, else 3."""
    words = means.plain()
    teller = Teller(words, as_json=as_json)
    good = shown.status == "ok"
    if as_json:
        teller.document({**_told(shown), "status": shown.status})
    else:
        said = done if good else "cli.codes.refused"
        click.echo(words.word(said, text=shown.code, means=shown.means), err=not good)
        teller.say(shown.findings)
    raise SystemExit(DONE if good else REFUSED)


def _line(means: Means, shown: ShownCode) -> str:
    word: Callable[..., str] = means.plain().word
    added = shown.added_on.isoformat() if shown.added_on else ""
    said = word("cli.codes.row", text=shown.code, means=shown.means, by=shown.added_by, on=added)
    return said if shown.is_read else f"{said} {word('cli.codes.left-out')}"


def _told(shown: ShownCode) -> dict[str, Any]:
    return {
        "code": shown.code,
        "means": shown.means,
        "added_by": shown.added_by,
        "added_on": shown.added_on.isoformat() if shown.added_on else None,
        "alike": list(shown.alike),
        "is_read": shown.is_read,
        "findings": findings_told(shown.findings),
    }
