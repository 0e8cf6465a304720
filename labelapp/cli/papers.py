"""The options that ask for more of a fill than its label: large print, leaflet, calendar, stickers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import update_wrapper
from typing import TypeVar

import click

from labelapp.dispensing.shown import LETTER, STICKER, Wanted, usual_stock
from labelapp.rx.paper import Paper

Command = TypeVar("Command", bound=Callable[..., object])

_SHEET = click.option(
    "--sheet",
    default=LETTER,
    show_default=True,
    help="Stock of large print, leaflet and calendar; large print runs on label stock too.",
)
_STICKER = click.option(
    "--sticker", default=STICKER, show_default=True, help="Stock of the auxiliary stickers."
)
_LINK = click.option(
    "--link", default="", help="The pharmacy's own page, on the leaflet: https://..."
)
_COLOUR = click.option("--colour", is_flag=True, help="Stickers in the colours of their rows.")
_LEFT_OFF = click.option(
    "--left-off", is_flag=True, help="Stickers besides, for what finds no room on the label alone."
)
_OPTIONS = (
    click.option("--large-print", is_flag=True, help="The label in 18 point bold besides."),
    click.option("--leaflet", is_flag=True, help="A page for the patient besides."),
    click.option("--calendar", is_flag=True, help="Days, doses and boxes to tick besides."),
    click.option("--auxiliary", is_flag=True, help="A sticker for each warning besides."),
    _SHEET,
    _STICKER,
    _COLOUR,
    _LEFT_OFF,
    _LINK,
)


@dataclass(frozen=True)
class Besides:
    """What was asked for besides the label, and on which stocks."""

    large_print: bool
    leaflet: bool
    calendar: bool
    auxiliary: bool
    sheet: str
    sticker: str
    colour: bool
    left_off: bool
    link: str

    def wanted(self, label: Wanted) -> tuple[Wanted, ...]:
        """Give everything that is to be made of a fill: its label, then the papers asked for."""
        left_off = (label.stock, label.dpi) if self.left_off else None
        asked = (
            (self.large_print, Paper.LARGE_PRINT, self.sheet),
            (self.leaflet, Paper.LEAFLET, self.sheet),
            (self.calendar, Paper.CALENDAR, self.sheet),
            (self.auxiliary or self.left_off, Paper.STICKERS, self.sticker),
        )
        besides = tuple(
            replace(
                label,
                paper=paper,
                stock=stock,
                dpi=label.dpi if stock == label.stock else None,
                colour=self.colour and paper is Paper.STICKERS,
                left_off=left_off if paper is Paper.STICKERS else None,
                link=self.link if paper is Paper.LEAFLET else "",
            )
            for is_asked, paper, stock in asked
            if is_asked
        )
        return label, *besides


def with_papers(function: Command) -> Command:
    """Add the options; the command gets them as one `besides`."""

    def gathered(**options: object) -> object:
        besides = Besides(**{name: options.pop(name) for name in Besides.__dataclass_fields__})  # type: ignore[arg-type]
        return function(**options, besides=besides)

    wrapped = update_wrapper(gathered, function)
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[return-value]


def one_paper(function: Command) -> Command:
    """Add the options that name the one paper to print."""
    names = [each.value.replace(" ", "-") for each in Paper]
    colour = click.option("--colour", is_flag=True, help="Stickers in the colours of their rows.")
    which = click.option(
        "--paper",
        type=click.Choice(names),
        default=Paper.LABEL.value,
        show_default=True,
        help="The paper of the fill to print.",
    )
    left_off = click.option(
        "--left-off-on",
        default="",
        metavar="STOCK[@DPI]",
        help="Stickers for what finds no room on the label on this stock, under this head, alone.",
    )
    return which(colour(left_off(function)))


def of_paper(label: Wanted, paper: str, *, colour: bool, left_off_on: str = "") -> Wanted:
    """Give what is wanted for one paper, on its usual stock where none was named.

    `colour` and the stock of the label that had no room for a warning are for stickers alone; its
    head follows where it is not the usual one, `avery-5163@600`: another has room for other ones.
    """
    wanted = Paper(paper.replace("-", " "))
    one = replace(label, paper=wanted, stock=label.stock or usual_stock(wanted))
    if wanted is not Paper.STICKERS:
        if left_off_on:
            raise click.UsageError("--left-off-on: it is for --paper stickers.")
        return one
    return replace(one, colour=colour, left_off=_stock_and_head(left_off_on))


def _stock_and_head(said: str) -> tuple[str, int | None] | None:
    """Read a stock with or without its head; what is no head stays in the name, and is unknown."""
    stock, _at, dpi = said.rpartition("@")
    if stock and dpi.isascii() and dpi.isdecimal() and int(dpi):
        return stock, int(dpi)
    return (said, None) if said else None
