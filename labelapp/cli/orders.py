"""Prescriptions on record without a window: found, shown, reviewed, verified, brought to an end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from labelapp.cli.counter import Counter, at_counter, with_counter
from labelapp.cli.ending import Commands, Telling
from labelapp.cli.tell import Teller
from labelapp.cli.told import told
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.shown import ShownFill, ShownOrder
from labelapp.rx.errors import LabelappError

_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
_reason = click.option("--reason", required=True, help="Why, in a few words; it is kept.")
_fill = click.option(
    "--fill", "number", type=click.IntRange(0), required=True, help="0 is the first."
)


class NoSuchFill(LabelappError):
    """A prescription on record has no fill of that number."""

    code = "order.no-fill"


class NothingReceived(LabelappError):
    """No order as received was kept of a prescription."""

    code = "order.none-received"


class _Orders(Commands):
    """The commands on one prescription; a first word that is none of them is an Rx number."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Read `order 1234567` as `order show 1234567`."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["show", *args]
        return super().resolve_command(ctx, args)


@click.command(cls=Telling)
@click.argument("text")
@click.option("--after", default="", help="Go on where the last page ended.")
@at_counter
@_json
def find(counter: Counter, text: str, after: str, *, as_json: bool) -> None:
    """Find patients, prescriptions and lots: part of a name, a number, a date, a phone."""
    with counter.office() as office:
        found = office.search.find(text, after)
    if as_json:
        Teller(counter.means.plain(), as_json=True).document(told(found))
        return
    for each in found.hits:
        counter.tell(f"cli.find.{each.kind}", key=each.key, text=each.text, beside=each.beside)
    if not found.hits:
        counter.warn("cli.find.none")


@click.group(cls=_Orders)
@with_counter
def order() -> None:
    """Show a prescription on record (`order 1234567`), or change how it stands."""


@order.command()
@click.argument("rx")
@at_counter
@_json
def show(counter: Counter, rx: str, *, as_json: bool) -> None:
    """Show prescription RX with its patient and fills. That it was seen is in the audit."""
    with counter.office() as office:
        known = office.orders.open(rx)
    _tell(counter, known, as_json=as_json)


@order.command()
@click.argument("rx")
@_reason
@at_counter
def discontinue(counter: Counter, rx: str, reason: str) -> None:
    """Discontinue prescription RX."""
    _stand(counter, rx, lambda office, known: office.orders.discontinue(known, reason))


@order.command()
@click.argument("rx")
@_reason
@at_counter
def transfer(counter: Counter, rx: str, reason: str) -> None:
    """Record that prescription RX was transferred out, and where to."""
    _stand(counter, rx, lambda office, known: office.orders.transfer(known, reason))


@order.command()
@click.argument("rx")
@_reason
@at_counter
def resume(counter: Counter, rx: str, reason: str) -> None:
    """Take prescription RX up again."""
    _stand(counter, rx, lambda office, known: office.orders.resume(known, reason))


@order.command()
@click.argument("rx")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
@at_counter
def received(counter: Counter, rx: str, output: Path) -> None:
    """Write the order of prescription RX as it was received to a new file."""
    if output.exists() or output.is_symlink():
        raise click.UsageError(f"-o {output}: a file of that name is there.")
    with counter.office() as office:
        came = office.orders.received(rx)
        if came is None:
            raise NothingReceived(number=rx.strip()[:40])
        counter.means.desk(None).write(came.data, output)
    counter.tell("cli.order.received", path=str(output), kind=came.kind)


@order.command()
@click.argument("rx")
@click.option("--yes", is_flag=True, help="It was held against the order as received.")
@at_counter
@_json
def review(counter: Counter, rx: str, *, yes: bool, as_json: bool) -> None:
    """Record that a pharmacist held RX against the order as received (`order received`)."""
    with counter.office() as office:
        known = office.orders.open(rx)
        held = {
            "patient": known.patient.name,
            "born": known.patient.born,
            "drug": known.drug,
            "directions": known.sig,
            "prescriber": known.prescriber,
        }
        for what, said in held.items():
            counter.warn(f"cli.order.{what}", said=said)
        counter.sure(yes=yes)
        known = office.orders.review(known, held)
    _tell(counter, known, as_json=as_json)


@order.command()
@click.argument("rx")
@_fill
@click.option(
    "--label",
    "labels",
    multiple=True,
    required=True,
    help="The serial that the label's mark scans as; of several vials, each.",
)
@click.option("--lot", "lots", multiple=True, help="Each lot the vial was filled from.")
@at_counter
@_json
def verify(
    counter: Counter,
    rx: str,
    number: int,
    labels: tuple[str, ...],
    lots: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Record a pharmacist's final check of a fill by its scanned label and lots."""
    with counter.office() as office:
        fill = _of(office.orders.open(rx), number)
        known = office.orders.verify(fill.id, labels, lots)
    _tell(counter, known, as_json=as_json)


@order.command()
@click.argument("rx")
@_fill
@_reason
@at_counter
def void(counter: Counter, rx: str, number: int, reason: str) -> None:
    """Void a fill of RX and its labels."""
    with counter.office() as office:
        fill = _of(office.orders.open(rx), number)
        office.orders.void(fill.id, reason)
    counter.tell("cli.order.void", number=rx.strip(), fill=str(number))


def _stand(counter: Counter, rx: str, act: Callable[[Office, ShownOrder], ShownOrder]) -> None:
    with counter.office() as office:
        known = act(office, office.orders.open(rx))
    counter.tell("cli.order.stands", number=known.number, standing=known.standing.value)


def _of(known: ShownOrder, number: int) -> ShownFill:
    for each in known.fills:
        if each.number == number:
            return each
    raise NoSuchFill(number=known.number, fill=str(number))


def _tell(counter: Counter, known: ShownOrder, *, as_json: bool) -> None:
    if as_json:
        Teller(counter.means.plain(), as_json=True).document(told(known))
        return
    counter.tell(
        "cli.order.head",
        number=known.number,
        patient=known.patient.name,
        born=known.patient.born,
        standing=known.standing.value,
    )
    counter.tell("cli.order.drug", said=known.drug)
    counter.tell("cli.order.directions", said=known.sig)
    counter.tell("cli.order.prescriber", said=known.prescriber)
    counter.tell("cli.order.left", refills=str(known.refills_left), units=known.remaining)
    if known.reviewed_by:
        counter.tell("cli.order.reviewed", by=known.reviewed_by)
    for fill in known.fills:
        said = {"fill": str(fill.number), "on": fill.filled_on, "quantity": fill.quantity}
        counter.tell("cli.order.fill", **said, state=fill.state.value, lots=", ".join(fill.lots))
        for each in fill.labels:
            counter.tell("cli.order.label", serial=each.serial, by=each.by, reason=each.reason)
