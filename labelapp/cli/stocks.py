"""The commands of the stocks: listed with what fits on each, and the pharmacy's own made and taken away."""

from __future__ import annotations

from typing import Any

import click

from labelapp.cli.counter import Counter, at_counter
from labelapp.cli.ending import Commands
from labelapp.cli.tell import Teller
from labelapp.dispensing.desk import Desk
from labelapp.dispensing.ownstock import Asked
from labelapp.dispensing.shown import ShownFit, ShownStock

Json = dict[str, Any]

_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")


@click.group(cls=Commands, invoke_without_command=True)
@at_counter
@click.option(
    "--jurisdiction",
    default="",
    help="State whose law is held against them: CA. Else the pharmacy's.",
)
@_json
def stocks(counter: Counter, jurisdiction: str, *, as_json: bool) -> None:
    """List the label stocks with their sizes and what fits, or make and take away your own."""
    if click.get_current_context().invoked_subcommand is not None:
        return
    if counter.signs_in:
        with counter.office() as office:
            desk = counter.means.desk(None, office=office)
            listed, state = desk.stocks(), _state(desk, jurisdiction)
    else:
        desk = counter.means.desk(None)
        listed, state = desk.stocks(), _state(desk, jurisdiction)
    if as_json:
        document = {"jurisdiction": state, "stocks": [_told(each, state) for each in listed]}
        Teller(counter.means.plain(), as_json=True).document(document)
        return
    for each in listed:
        click.echo(_line(counter, each, state))


@stocks.command()
@click.option("--name", required=True, help='What you call it: "Our roll".')
@click.option("--width", required=True, help='Across the lines of text: 4in, 101.6mm, "2 1/4 in".')
@click.option("--height", required=True, help="Down the lines of text.")
@click.option(
    "--margins",
    default="2 mm",
    show_default=True,
    help="One for all sides, or top, right, bottom, left: 1, 2, 1, 2 mm.",
)
@click.option(
    "--dpi",
    type=int,
    multiple=True,
    default=(203,),
    show_default=True,
    help="A head it runs under, the usual first. May be said again.",
)
@click.option(
    "--use",
    type=click.Choice(["vial", "large", "auxiliary", "sheet"]),
    default="vial",
    show_default=True,
)
@at_counter
@_json
def add(
    counter: Counter,
    name: str,
    width: str,
    height: str,
    margins: str,
    dpi: tuple[int, ...],
    use: str,
    *,
    as_json: bool,
) -> None:
    """Make a stock of the pharmacy's own, and say what fits on it."""
    with counter.office() as office:
        desk = counter.means.desk(None, office=office)
        made = desk.room.add(Asked(name, width, height, margins, dpi, use))
        state = _state(desk, "")
    if as_json:
        Teller(counter.means.plain(), as_json=True).document({"added": _told(made, state)})
        return
    counter.tell("cli.stocks.added", stock=made.id, name=made.name, size=made.number)
    for each in made.fits:
        click.echo(f"  {each.state:4} {fit_said(counter, each)}")


@stocks.command()
@click.argument("stock")
@at_counter
@_json
def remove(counter: Counter, stock: str, *, as_json: bool) -> None:
    """Take a stock of the pharmacy's own away.

    STOCK is its id or name. What was printed on it stays on record.
    """
    with counter.office() as office:
        gone = counter.means.desk(None, office=office).room.remove(stock)
    if as_json:
        Teller(counter.means.plain(), as_json=True).document({"removed": gone.id})
        return
    counter.tell("cli.stocks.removed", stock=gone.id, name=gone.name)


@stocks.command()
@at_counter
@_json
def count(counter: Counter, *, as_json: bool) -> None:
    """Count anew what fits on own stocks.

    Needed for those that were made under an older version.
    """
    with counter.office() as office:
        many = counter.means.desk(None, office=office).room.count()
    if as_json:
        Teller(counter.means.plain(), as_json=True).document({"counted": str(many)})
        return
    counter.tell("cli.stocks.counted", many=str(many))


def fit_said(counter: Counter, fit: ShownFit | None) -> str:
    """Say in words what fits on a stock."""
    if fit is None:
        return counter.word("stocks.not-counted")
    if fit.shortest == 0:
        return counter.word("stocks.too-small")
    if fit.shortest == 1:
        return counter.word("stocks.fits")
    return counter.word("stocks.needs", many=str(fit.shortest))


def _state(desk: Desk, named: str) -> str:
    """Name the law stocks are held against: the one named, the pharmacy's, else the federal one."""
    known = desk.jurisdictions()
    if named and named.strip().upper() not in known:
        raise click.UsageError(f"--jurisdiction: one of {', '.join(known)} is needed.")
    return named.strip().upper() or desk.home_law


def _line(counter: Counter, stock: ShownStock, state: str) -> str:
    heads = "/".join(str(dpi) for dpi in stock.dpi)
    size = f"{stock.width_mm} x {stock.height_mm} mm"
    fit = fit_said(counter, stock.fit(state))
    maker = " ".join(part for part in (stock.maker, stock.number) if part)
    named = stock.name if stock.own else f"{stock.name} ({maker})"
    return f"{stock.id:24} {size:18} {heads:8} dpi  {fit:15} {bars_said(counter, stock):8} {named}"


def bars_said(counter: Counter, stock: ShownStock) -> str:
    """Say which codes stand on a stock."""
    if stock.bars is None:
        return ""
    return counter.word("stocks.bars" if stock.bars else "stocks.two-d")


def _told(stock: ShownStock, state: str) -> Json:
    return {
        "id": stock.id,
        "name": stock.name,
        "maker": stock.maker,
        "number": stock.number,
        "width_mm": str(stock.width_mm),
        "height_mm": str(stock.height_mm),
        "dpi": [str(each) for each in stock.dpi],
        "use": stock.use,
        "own": stock.own,
        "bars": stock.bars,
        "fit": _fit_told(stock.fit(state)),
        "fits": {each.state: _fit_told(each) for each in stock.fits},
    }


def _fit_told(fit: ShownFit | None) -> Json | None:
    """Give the labels each yardstick takes: 1 fits, more is continued, 0 is refused."""
    if fit is None:
        return None
    return {"shortest": str(fit.shortest), "titration": str(fit.titration)}
