"""The command line: everything the window does with a prescription, from file to file."""

from __future__ import annotations

import contextlib
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from labelapp import __version__
from labelapp.cli.approvals import approvals
from labelapp.cli.audit import audit
from labelapp.cli.backups import backup, restore
from labelapp.cli.beside import FILE, drafts, open_beside, opened, with_files_beside
from labelapp.cli.codes import codes
from labelapp.cli.counter import with_counter
from labelapp.cli.emergency import emergency
from labelapp.cli.ending import COULD_NOT, DONE, REFUSED, USAGE, Commands, Means, unsaid
from labelapp.cli.labels import as_day, render
from labelapp.cli.lots import lots
from labelapp.cli.orders import find, order
from labelapp.cli.paper import print_, printers, prints
from labelapp.cli.people import people
from labelapp.cli.phrases import desk_in, in_other_language, phrases
from labelapp.cli.setup import forget, passphrase, remember, setup
from labelapp.cli.stocks import stocks
from labelapp.cli.tell import Teller
from labelapp.dispensing.desk import own_schema
from labelapp.dispensing.shown import ShownFinding, ShownSig
from labelapp.rx.draft import Draft
from labelapp.rx.errors import UnreadableFile
from labelapp.rx.finding import Severity

__all__ = ["COULD_NOT", "DONE", "REFUSED", "USAGE", "Means", "command", "main"]


@click.group(cls=Commands, invoke_without_command=True)
@click.version_option(__version__, prog_name="labelapp")
@click.option("--self-test", is_flag=True, help="Draw and proof a label, to check this program.")
@with_counter
@click.pass_context
def command(ctx: click.Context, *, self_test: bool) -> None:
    """Labels for compounded low-dose naltrexone. Without a command: opens the window."""
    means: Means = ctx.obj
    if self_test:
        click.echo(means.check_self())
    elif ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


for each in (
    codes, phrases, render, print_, printers, prints, setup, remember, forget, passphrase, people,
    backup, restore, audit, approvals, lots, find, order, emergency, stocks,
):  # fmt: skip
    command.add_command(each)


def main(means: Means, arguments: Sequence[str] | None = None) -> None:
    """Run the command line with what bootstrap built."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            # a file name that is no UTF-8 comes out as \\udcff, which JSON reads back
            with contextlib.suppress(OSError):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if sys.stdin is not None and hasattr(sys.stdin, "reconfigure"):
        with contextlib.suppress(OSError, ValueError):
            sys.stdin.reconfigure(encoding="utf-8")
    try:
        command.main(args=None if arguments is None else list(arguments), obj=means)
    except OSError as broken:
        raise unsaid(broken, means.words()) from None


_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
_day = click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), callback=as_day, help="Instead of the clock."
)
_state = click.option(
    "--jurisdiction", default="", help="State whose law holds: CA. Else the pharmacy's."
)


@command.command()
@click.argument("text")
@click.option("--form", default="", help="Dosage form: capsule, tablet, troche, oral solution ...")
@click.option("--strength", default="", help='Strength of one unit or mL: "1.5 mg", "1 mg/mL".')
@click.option("--days", type=click.IntRange(1, 999), help="Count the units these days use up.")
@in_other_language
@_json
@click.pass_obj
def sig(
    means: Means,
    text: str,
    form: str,
    strength: str,
    days: int | None,
    language: str,
    approvals: Path | None,
    table: Path | None,
    *,
    as_json: bool,
) -> None:
    """Read directions: steps, what the label will say, and every question about them."""
    fields = _strength_fields(*(unicodedata.normalize("NFC", each) for each in (form, strength)))
    if not text.strip():
        raise UnreadableFile("cli.no-directions")
    draft = Draft({"sig": text, **fields}, "command line")
    desk, language = desk_in(means, None, language, approvals, table)
    read = desk.read_sig(draft, days, language)
    shown = _with_typed(read, desk.check(draft, "").findings, draft)
    Teller(means.plain(), as_json=as_json).sig(shown, [])
    raise SystemExit(DONE if shown.status == "ok" else REFUSED)


def _with_typed(shown: ShownSig, found: Sequence[ShownFinding], draft: Draft) -> ShownSig:
    """Put beside a reading what is wrong with the form and the strength that were typed.

    A strength that cannot be read would else be left out of the reading without a word.
    """
    stem = "compound.ingredients.0.strength."
    typed = tuple(
        each
        for each in found
        if each.finding.field in draft.written or each.finding.field.startswith(stem)
        if each.finding.field.startswith("compound.") and each not in shown.findings
        if f"{stem}value" in draft.written or not each.finding.field.startswith(stem)
    )
    if not typed:
        return shown
    stops = any(each.finding.severity is Severity.STOP for each in typed)
    status = "refused" if stops or shown.status == "refused" else "ask"
    return replace(shown, status=status, findings=(*typed, *shown.findings))


def _strength_fields(form: str, strength: str) -> dict[str, str]:
    """Take a strength apart as it is typed on the command line: 1.5 mg, 5 mg/5 mL, 1%."""
    fields = {"compound.form": form} if form else {}
    stem = "compound.ingredients.0.strength"
    amount, _, over = strength.partition("/")
    value, _, unit = amount.strip().replace("%", " %").partition(" ")
    if not value:
        return fields
    fields |= {"compound.ingredients.0.name": "active", "compound.ingredients.0.part": "active"}
    fields |= {f"{stem}.value": value, f"{stem}.unit": unit.strip()}
    per, _, per_unit = over.strip().rpartition(" ")
    if unit.strip() == "%":
        return {**fields, f"{stem}.unit": "g", f"{stem}.basis": "percent"}
    basis = {"ml": "per mL", "g": "per g", "": "per unit"}.get(
        per_unit.casefold(), f"per {per_unit}"
    )
    return {**fields, f"{stem}.basis": basis, f"{stem}.per": per or "1"}


@command.command()
@click.argument("file", type=FILE)
@_json
@_day
@click.pass_obj
def read(means: Means, file: Path, today: date | None, *, as_json: bool) -> None:
    """Read any prescription file: fields as written, steps, findings, and what was not read."""
    found = opened(file)
    desk = means.desk(today)
    teller = Teller(means.plain(), as_json=as_json)
    shown = [desk.read_draft(draft) for draft in found]
    teller.drafts(file.name, found, shown)
    raise SystemExit(REFUSED if any(each.open_findings for each in shown) else DONE)


@command.command()
@click.argument("file", type=FILE)
@_state
@with_files_beside
@_day
@_json
@click.pass_obj
def check(
    means: Means,
    file: Path,
    jurisdiction: str,
    pharmacy: Path | None,
    fill: Path | None,
    decisions: Path | None,
    today: date | None,
    *,
    as_json: bool,
) -> None:
    """Assess a prescription: findings, BUD with its reason, auxiliary labels."""
    beside = open_beside({"pharmacy": pharmacy, "fill": fill, "decisions": decisions})
    found = drafts(file, beside)
    desk = means.desk(today)
    shown = [desk.check(draft, jurisdiction) for draft in found]
    Teller(means.plain(), as_json=as_json).checks(file.name, shown)
    raise SystemExit(REFUSED if any(each.open_findings for each in shown) else DONE)


@command.command()
@click.pass_obj
def schema(means: Means) -> None:
    """Print the JSON schema of the own prescription format."""
    Teller(means.plain(), as_json=True).document(own_schema())
