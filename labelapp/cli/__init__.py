"""The command line: everything the window does with a prescription, from file to file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import click

from labelapp import __version__
from labelapp.cli.tell import Teller
from labelapp.dispensing.desk import Desk, open_file, own_schema
from labelapp.dispensing.plain import Plain
from labelapp.dispensing.shown import Shown, Wanted
from labelapp.rx.draft import Draft
from labelapp.rx.errors import LabelappError, UnreadableFile

DONE, USAGE, REFUSED, COULD_NOT = 0, 2, 3, 4
"""Exit codes: done; wrong usage; refused or a question is open; the machine could not."""


@dataclass(frozen=True)
class Means:
    """What bootstrap hands to the command line: ways to build the desk and to say things."""

    desk: Callable[[date | None], Desk]
    plain: Callable[[], Plain]
    check_self: Callable[[], str]


Command = TypeVar("Command", bound=Callable[..., object])


class Commands(click.Group):
    """The commands, with one way to end when the machine could not do what was asked."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what the machine could not do is told plainly, with the way out."""
        try:
            return super().invoke(ctx)
        except LabelappError as error:
            means: Means = ctx.obj
            Teller(means.plain()).error(error)
            raise SystemExit(REFUSED if isinstance(error, UnreadableFile) else COULD_NOT) from None


@click.group(cls=Commands, invoke_without_command=True)
@click.version_option(__version__, prog_name="labelapp")
@click.option("--self-test", is_flag=True, help="Draw and proof a label, to check this program.")
@click.pass_context
def command(ctx: click.Context, *, self_test: bool) -> None:
    """Labels for compounded low-dose naltrexone. Without a command: opens the window."""
    means: Means = ctx.obj
    if self_test:
        click.echo(means.check_self())
    elif ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(means: Means, arguments: Sequence[str] | None = None) -> None:
    """Run the command line with what bootstrap built."""
    if sys.stdout is not None and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    command.main(args=None if arguments is None else list(arguments), obj=means)


def _today(_: click.Context, __: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
_day = click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), callback=_today, help="Instead of the clock."
)
_state = click.option(
    "--jurisdiction", default="", help="State whose law holds: CA. Else the pharmacy's."
)
_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_merged = (
    click.option("--pharmacy", type=_file, help="Own-format file with the pharmacy's fields."),
    click.option("--fill", type=_file, help="Own-format file with fill, lots and safety answers."),
    click.option("--decisions", type=_file, help="Own-format file with decisions on findings."),
)


def _with_merged(function: Command) -> Command:
    """Add the options whose files fill in what a prescription file leaves out."""
    for option in reversed(_merged):
        function = option(function)
    return function


@command.command()
@click.argument("text")
@click.option("--form", default="", help="Dosage form: capsule, tablet, troche, oral solution ...")
@click.option("--strength", default="", help='Strength of one unit or mL: "1.5 mg", "1 mg/mL".')
@click.option("--days", type=click.IntRange(1, 999), help="Count the units these days use up.")
@_json
@click.pass_obj
def sig(
    means: Means, text: str, form: str, strength: str, days: int | None, *, as_json: bool
) -> None:
    """Read directions: steps, what the label will say, and every question about them."""
    draft = Draft({"sig": text, **_strength_fields(form, strength)}, "command line")
    desk = means.desk(None)
    shown = desk.read_sig(draft, days)
    Teller(means.plain(), as_json=as_json).sig(shown, [])
    raise SystemExit(DONE if shown.status == "ok" else REFUSED)


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
@click.argument("file", type=_file)
@_json
@_day
@click.pass_obj
def read(means: Means, file: Path, today: date | None, *, as_json: bool) -> None:
    """Read any prescription file: fields as written, steps, findings, and what was not read."""
    drafts = open_file(file)
    desk = means.desk(today)
    teller = Teller(means.plain(), as_json=as_json)
    shown = [desk.read_draft(draft) for draft in drafts]
    teller.drafts(file.name, drafts, shown)
    raise SystemExit(REFUSED if any(each.open_findings for each in shown) else DONE)


@command.command()
@click.argument("file", type=_file)
@_state
@_with_merged
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
    beside = {"pharmacy": pharmacy, "fill": fill, "decisions": decisions}
    drafts = _drafts(file, beside)
    desk = means.desk(today)
    shown = [desk.check(draft, jurisdiction) for draft in drafts]
    Teller(means.plain(), as_json=as_json).checks(file.name, shown)
    raise SystemExit(REFUSED if any(each.open_findings for each in shown) else DONE)


@command.command()
@click.argument("files", type=click.Path(dir_okay=False, path_type=Path), nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The PDF.")
@click.option("--stock", default="thermal-4x2", show_default=True, help="See `labelapp stocks`.")
@click.option("--dpi", type=int, help="The printer's head; the stock's usual one else.")
@_state
@_with_merged
@_day
@_json
@click.pass_obj
def render(
    means: Means,
    files: tuple[Path, ...],
    output: Path,
    stock: str,
    dpi: int | None,
    jurisdiction: str,
    pharmacy: Path | None,
    fill: Path | None,
    decisions: Path | None,
    today: date | None,
    *,
    as_json: bool,
) -> None:
    """Make the labels of prescriptions; each file stands alone, refused ones are named."""
    desk = means.desk(today)
    teller = Teller(means.plain(), as_json=as_json)
    wanted = Wanted(stock, dpi, jurisdiction)
    named: list[tuple[str, Draft]] = []
    unreadable: list[tuple[str, LabelappError]] = []
    beside = {"pharmacy": pharmacy, "fill": fill, "decisions": decisions}
    if len(files) > 1 and (fill or decisions):
        raise click.UsageError("--fill and --decisions belong to one prescription: name one file.")
    for file in files:
        try:
            named += [(str(file), draft) for draft in _drafts(file, beside)]
        except UnreadableFile as error:
            unreadable.append((str(file), error))
    with teller.progress([draft for _, draft in named]) as drafts:
        batch = desk.batch(drafts, wanted)
    results: list[tuple[str, Shown]] = [
        (name, shown) for (name, _), shown in zip(named, batch.shown, strict=True)
    ]
    if batch.pdf is not None:
        desk.write(batch.pdf, output)
    teller.labels(str(output) if batch.pdf else "", results, unreadable)
    whole = not unreadable and all(shown.may_print for shown in batch.shown)
    raise SystemExit(DONE if whole else REFUSED)


def _drafts(file: Path, additions: Mapping[str, Path | None]) -> tuple[Draft, ...]:
    """Read a file and put in what the files named beside it hold, each whole in its own part.

    A part that stands in both is taken from the file named on the command line, never mixed: one
    lot's number with another's date would be a lot that does not exist.
    """
    drafts = open_file(file)
    for option, path in additions.items():
        if path is None:
            continue
        if option != "pharmacy" and len(drafts) > 1:
            raise click.UsageError(f"--{option} belongs to one prescription; {file} holds several.")
        (extra,) = open_file(path)
        drafts = tuple(_with(draft, extra, option) for draft in drafts)
    return drafts


PARTS = {"pharmacy": ("pharmacy.",), "fill": ("fill.", "lots.", "safety."), "decisions": ()}
"""What each option's file may hold, besides decisions in a file of decisions."""


def _with(draft: Draft, extra: Draft, option: str) -> Draft:
    other = sorted(path for path in extra.written if not path.startswith(PARTS[option]))
    if other:
        raise click.UsageError(f"--{option}: its file may not hold {other[0]}.")
    heads = {path.partition(".")[0] + "." for path in extra.written}
    kept = {path: text for path, text in draft.written.items() if not path.startswith(tuple(heads))}
    decisions = extra.decisions if option == "decisions" else ()
    return replace(
        draft, written={**kept, **extra.written}, decisions=(*draft.decisions, *decisions)
    )


@command.command()
@click.pass_obj
def schema(means: Means) -> None:
    """Print the JSON schema of the own prescription format."""
    Teller(means.plain(), as_json=True).document(own_schema())


@command.command()
@_json
@click.pass_obj
def stocks(means: Means, *, as_json: bool) -> None:
    """List the label stocks with their sizes."""
    Teller(means.plain(), as_json=as_json).stocks(means.desk(None).stocks())
