"""Auxiliary stickers: one warning each, on a small label of its own, with no patient's data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from labelapp.label.compose import HOUSE_LEAST_PT
from labelapp.label.document import Element, Weight, Zone
from labelapp.label.wording import Wording
from labelapp.rules.auxiliary import AuxiliaryLabel, Colour

FIELD = "fill.warnings.#"
"""The field a warning comes from."""


@dataclass(frozen=True)
class Ink:
    """How a sticker is coloured: its ground, `#ffd400`, and whether the words on it are white.

    A ground without a tint is that of a printer that has black alone: black under white words,
    else the paper itself.
    """

    tint: str
    white: bool


COLOURS: Mapping[Colour, Ink] = MappingProxyType(
    {
        Colour.RED: Ink("#b3131b", white=True),
        Colour.ORANGE: Ink("#ff9a2e", white=False),
        Colour.YELLOW: Ink("#ffdd00", white=False),
        Colour.GREEN: Ink("#9fd8a4", white=False),
        Colour.BLUE: Ink("#0b4a8f", white=True),
        Colour.WHITE: Ink("", white=False),
    }
)
"""The colours of the rows. Words on each stand out by 4.5 to 1 at least (WCAG 2.2, 1.4.3)."""
BLACK_ON_WHITE = Ink("", white=False)
WHITE_ON_BLACK = Ink("", white=True)


@dataclass(frozen=True)
class Sticker:
    """One sticker: its warning, how it is coloured, and the word that says it is a sample, if it is."""

    warning: Element
    ink: Ink
    sample: Element | None = None

    @property
    def elements(self) -> tuple[Element, ...]:
        """Everything that stands on it."""
        return (self.warning,) if self.sample is None else (self.sample, self.warning)


def stickers_of(
    warnings: Iterable[AuxiliaryLabel],
    wording: Wording,
    only: Collection[str] | None = None,
    *,
    colour: bool,
    sample: bool,
) -> tuple[Sticker, ...]:
    """Give a sticker for each warning, or for `only` those whose keys (`aux.OPI`) are named.

    Without `colour` it is black on white, and white on black where the row is reversed.
    """
    mark = _sample(wording) if sample else None
    wanted = (each for each in warnings if only is None or _key(each) in only)
    return tuple(Sticker(_element(each), _ink(each, colour=colour), mark) for each in wanted)


def _key(warning: AuxiliaryLabel) -> str:
    return f"aux.{warning.id}"


def _element(warning: AuxiliaryLabel) -> Element:
    return Element(
        key=_key(warning),
        text=warning.text,
        zone=Zone.WARNINGS,
        field=FIELD,
        why=warning.source,
        least_pt=HOUSE_LEAST_PT,
        weight=Weight.BOLD,
        reversed=warning.reversed,
    )


def _ink(warning: AuxiliaryLabel, *, colour: bool) -> Ink:
    if colour:
        return COLOURS[warning.colour]
    return WHITE_ON_BLACK if warning.reversed else BLACK_ON_WHITE


def _sample(wording: Wording) -> Element:
    return Element(
        key="sample",
        text=wording.word("sample_short"),
        zone=Zone.HEADER,
        field="",
        why="House: no signed-in person made this label",
        least_pt=HOUSE_LEAST_PT,
        weight=Weight.BOLD,
        reversed=True,
    )
