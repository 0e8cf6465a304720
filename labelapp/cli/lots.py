"""Lots without a window: listed, recorded, released, and traced to the patients they reached."""

from __future__ import annotations

from pathlib import Path

import click

from labelapp.cli.beside import FILE, opened
from labelapp.cli.counter import Counter, at_counter, with_counter
from labelapp.cli.ending import COULD_NOT, Commands
from labelapp.cli.tell import Teller
from labelapp.cli.told import told
from labelapp.dispensing.lot_label import LotWish
from labelapp.dispensing.office.lotlabels import MOST_COPIES
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.shown import ShownLot, ShownReached
from labelapp.rx.errors import LabelappError
from labelapp.rx.receipt import Unknown

_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")


class NoSuchLot(LabelappError):
    """No lot of that number is on record."""

    code = "lot.no-such"


@click.group(cls=Commands)
@with_counter
def lots() -> None:
    """List, record, release and recall lots."""


@lots.command("list")
@click.option("--beginning", default="", help="Only lots whose number begins so.")
@click.option(
    "--before", type=click.IntRange(1), default=None, help="Lots before the one of this id."
)
@at_counter
@_json
def list_(counter: Counter, beginning: str, before: int | None, *, as_json: bool) -> None:
    """List a page of lots, the newest first."""
    with counter.office() as office:
        listed = office.lots.listed(before or 0, beginning)
    if as_json:
        Teller(counter.means.plain(), as_json=True).document({"lots": told(listed)})
        return
    for each in listed:
        _say(counter, "cli.lots.row" if each.released_by else "cli.lots.waits", each)


@lots.command()
@click.argument("file", type=FILE)
@at_counter
@_json
def add(counter: Counter, file: Path, *, as_json: bool) -> None:
    """Record the lots that stand in FILE, of the own format. A pharmacist releases them."""
    drafts = opened(file)
    found = [(draft, place) for draft in drafts for place in range(draft.count("lots"))]
    if not found:
        raise click.UsageError(f"{file}: there is no lot in it.")
    with counter.office() as office:
        made = [office.lots.record_from(draft, place) for draft, place in found]
    if as_json:
        Teller(counter.means.plain(), as_json=True).document({"lots": told(made)})
        return
    for each in made:
        _say(counter, "cli.lots.added", each)


@lots.command()
@click.argument("number")
@at_counter
def release(counter: Counter, number: str) -> None:
    """Release lot NUMBER for use; a pharmacist signs in."""
    with counter.office() as office:
        made = office.lots.release(_known(office, number))
    _say(counter, "cli.lots.released", made)


@lots.command()
@click.argument("number")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the list as CSV.")
@at_counter
@_json
def recall(counter: Counter, number: str, output: Path | None, *, as_json: bool) -> None:
    """List everybody lot NUMBER reached."""
    if output is not None and (output.exists() or output.is_symlink()):
        raise click.UsageError(f"-o {output}: a file of that name is there.")
    with counter.office() as office:
        number = _known(office, number).number
        reached: tuple[ShownReached, ...] = ()
        if output is not None:
            counter.means.desk(None).write(office.lots.recall_csv(number), output)
            counter.warn("cli.written", path=str(output))
        else:
            reached = office.lots.recall(number)
    if as_json:
        document = {"lot": number, "output": told(output), "reached": told(reached)}
        Teller(counter.means.plain(), as_json=True).document(document)
        return
    for each in reached:
        counter.tell("cli.lots.reached", **{name: str(said) for name, said in vars(each).items()})
    if output is None and not reached:
        counter.tell("cli.lots.nobody")


@lots.command()
@click.argument("number")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Save the label as a PDF file."
)
@click.option("--to", default="", metavar="QUEUE", help="Print it. See `labelapp printers`.")
@click.option("--stock", default=LotWish.stock, show_default=True, help="See `labelapp stocks`.")
@click.option("--dpi", type=click.IntRange(min=1), help="The printer's head.")
@click.option("--ingredients", is_flag=True, help="What the lot is made of stands on it too.")
@click.option("--copies", type=click.IntRange(1, MOST_COPIES), default=1, show_default=True)
@at_counter
def label(
    counter: Counter,
    number: str,
    output: Path | None,
    to: str,
    stock: str,
    dpi: int | None,
    copies: int,
    *,
    ingredients: bool,
) -> None:
    """Make the stock label of lot NUMBER: save it as a file, or print it once."""
    if (output is None) is not bool(to):
        raise click.UsageError("either -o FILE or --to QUEUE is needed.")
    if output is not None and (output.exists() or output.is_symlink()):
        raise click.UsageError(f"-o {output}: a file of that name is there.")
    wish = LotWish(stock, dpi, ingredients, copies)
    with counter.office() as office:
        known, labels = _known(office, number), office.lot_labels
        if output is not None:
            labels.save(known, wish, str(output))
            counter.tell("cli.lots.label-saved", lot=known.number, path=str(output))
            return
        outcome = labels.send(known, wish, to)
    if isinstance(outcome, Unknown):
        counter.warn("cli.lots.label-unknown", lot=known.number, printer=to)
        raise SystemExit(COULD_NOT)
    counter.tell("cli.lots.label-sent", lot=known.number, printer=to, job=outcome.job)


def _known(office: Office, number: str) -> ShownLot:
    found = office.lots.open(number)
    if found is None:
        raise NoSuchLot(lot=number.strip()[:60])
    return found


def _say(counter: Counter, key: str, each: ShownLot) -> None:
    counter.tell(
        key,
        lot=each.number,
        name=each.name,
        made_on=each.made_on,
        left=each.left,
        by=each.released_by,
    )
