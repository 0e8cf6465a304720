"""The commands of the code book: the pharmacy's own sig codes, listed, checked, added, removed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from labelapp.cli.ending import DONE, REFUSED, Commands, Means
from labelapp.cli.tell import Teller, findings_told
from labelapp.dispensing.codes import CodeBook, NoSuchCode, ShownCode

LONGEST_NAME = 60
"""Characters of the name of whoever adds a code."""

_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")


@click.group(cls=Commands, invoke_without_command=True)
@_json
@click.pass_context
def codes(ctx: click.Context, *, as_json: bool) -> None:
    """List the pharmacy's own sig codes, or check, add and remove one."""
    if ctx.invoked_subcommand is not None:
        return
    means: Means = ctx.obj
    book, words = _book(means), means.plain()
    listed, teller = book.listed(), Teller(words, as_json=as_json)
    if as_json:
        teller.document({"codes": [_told(each) for each in listed]})
        return
    for each in listed:
        click.echo(_line(means, each))
        teller.say(each.findings)
    if not listed:
        click.echo(words.word("cli.codes.none"))


@codes.command()
@click.argument("code")
@click.argument("means_what", metavar="MEANING")
@_json
@click.pass_obj
def check(means: Means, code: str, means_what: str, *, as_json: bool) -> None:
    """Check whether CODE may stand for the plain directions MEANING; nothing is kept."""
    shown = _book(means).check(code, means_what)
    _tell(means, shown, as_json=as_json, done="cli.codes.free")


@codes.command()
@click.argument("code")
@click.argument("means_what", metavar="MEANING")
@click.option("--by", required=True, callback=lambda *given: _name(given[2]), help="Who adds it.")
@click.option("--despite-alike", is_flag=True, help="You know of the codes it looks like.")
@_json
@click.pass_obj
def add(
    means: Means, code: str, means_what: str, by: str, *, despite_alike: bool, as_json: bool
) -> None:
    """Add CODE for the plain directions MEANING: "at bedtime with food"."""
    book = _book(means)
    shown = book.add(code, means_what, by, despite_alike=despite_alike)
    _tell(means, shown, as_json=as_json, done="cli.codes.added")


@codes.command()
@click.argument("code")
@_json
@click.pass_obj
def remove(means: Means, code: str, *, as_json: bool) -> None:
    """Remove CODE from the pharmacy's own; what was printed with it stays as it is."""
    teller = Teller(means.plain(), as_json=as_json)
    try:
        gone = _book(means).remove(code)
    except NoSuchCode as unknown:
        teller.failed({"removed": ""}, unknown)
        raise SystemExit(REFUSED) from None
    if as_json:
        teller.document({"removed": gone.code, "means": gone.means})
    else:
        click.echo(means.plain().word("cli.codes.removed", text=gone.code, means=gone.means))


def _book(means: Means) -> CodeBook:
    return means.code_book()


def _name(given: str) -> str:
    name = " ".join(given.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise click.BadParameter(f"a name of 1 to {LONGEST_NAME} letters is needed.")
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
