"""Making labels without a window: samples from file to file, or a signed-in person's, on record."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click

from labelapp.cli.beside import drafts, open_beside, refuse_to_replace, with_files_beside
from labelapp.cli.counter import Counter, at_counter
from labelapp.cli.ending import DONE, REFUSED, Telling
from labelapp.cli.papers import Besides, with_papers
from labelapp.cli.phrases import desk_in, in_other_language
from labelapp.cli.tell import Teller
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.shown import Shown, Wanted
from labelapp.rx.draft import Draft
from labelapp.rx.errors import LabelappError, UnreadableFile

REASON = click.option("--reason", default="", help="Why another copy of a label is printed.")
_Named = list[tuple[str, Draft]]
_Unread = list[tuple[str, LabelappError]]


@dataclass(frozen=True)
class Batched:
    """The files of a command, read: what of each stands as a draft, and what could not be read."""

    named: _Named
    unread: _Unread


def as_day(_: click.Context, __: click.Parameter, value: datetime | None) -> date | None:
    """Give the day of what was typed."""
    return value.date() if value else None


@click.command(cls=Telling)
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The PDF.")
@click.option("--stock", default="thermal-4x2", show_default=True, help="See `labelapp stocks`.")
@click.option(
    "--dpi", type=click.IntRange(min=1), help="The printer's head; the stock's usual one else."
)
@click.option("--jurisdiction", default="", help="State whose law holds: CA. Else the pharmacy's.")
@in_other_language
@with_papers
@with_files_beside
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), callback=as_day, help="Instead of the clock."
)
@REASON
@at_counter
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def render(
    counter: Counter,
    files: tuple[Path, ...],
    output: Path,
    stock: str,
    dpi: int | None,
    jurisdiction: str,
    language: str,
    approvals: Path | None,
    table: Path | None,
    besides: Besides,
    pharmacy: Path | None,
    fill: Path | None,
    decisions: Path | None,
    today: date | None,
    reason: str,
    *,
    as_json: bool,
) -> None:
    """Make the labels of prescriptions; each file stands alone, refused ones are named.

    What is asked for besides follows each label in the same PDF, on a stock of its own.

    Without --user every label is a sample. With it each label is kept in the records, as one that
    was printed, and stands for a patient once the state's list is signed.
    """
    if counter.signs_in and today is not None:
        raise click.UsageError("--today: a label on record is of the day it is made.")
    named_beside = {"pharmacy": pharmacy, "fill": fill, "decisions": decisions}
    read_here = [*named_beside.values(), approvals, table]
    refuse_to_replace(output, [*files, *(each for each in read_here if each)])
    found = batched(files, named_beside)
    teller = Teller(counter.means.plain(), as_json=as_json)
    with _records(counter) as office:
        desk, language = desk_in(counter.means, today, language, approvals, table, office)
        wanted = besides.wanted(Wanted(stock, dpi, jurisdiction, language, reason))
        with teller.progress([draft for _, draft in found.named]) as looked_at:
            batch = desk.batch(looked_at, *wanted)
        batch = desk.save_all(batch, output)
    names = [name for name, _ in found.named for _ in wanted]
    results: list[tuple[str, Shown]] = list(zip(names, batch.shown, strict=True))
    teller.labels(str(output) if batch.pdf else "", results, found.unread)
    whole = not found.unread and all(shown.may_print for shown in batch.shown)
    raise SystemExit(DONE if whole else REFUSED)


def batched(files: Sequence[Path], named_beside: dict[str, Path | None]) -> Batched:
    """Read the files of a command; one that cannot be read holds up no other."""
    if len(files) > 1 and (named_beside["fill"] or named_beside["decisions"]):
        raise click.UsageError("--fill and --decisions belong to one prescription: name one file.")
    beside = open_beside(named_beside)
    named: _Named = []
    unread: _Unread = []
    for file in files:
        try:
            named += [(str(file), draft) for draft in drafts(file, beside)]
        except UnreadableFile as error:
            unread.append((str(file), error))
    return Batched(named, unread)


def _records(counter: Counter) -> AbstractContextManager[Office | None]:
    return counter.office() if counter.signs_in else nullcontext()
