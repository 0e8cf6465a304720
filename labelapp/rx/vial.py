"""Vials: what a fill leaves the counter in, one or several, and which days of the sig each is for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from labelapp.rx.amount import Amount, Strength
from labelapp.rx.directions import Dated, Length, Step, laid_out


@dataclass(frozen=True)
class Vial:
    """One container of a fill as written: how many are in it, how strong, from which lots.

    `strength` is None where it is the prescription's own; `lots` are numbers of the fill's lots,
    none where nobody said which.
    """

    quantity: Amount
    strength: Strength | None = None
    lots: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Which container of a set this is, counted from 1, and the days of the sig it is for.

    `first` and `last` are None where nobody can tell: what is taken as needed lasts as it lasts.
    """

    number: int
    total: int
    first: int | None = None
    last: int | None = None


def within(steps: Iterable[Step], first: int, last: int) -> tuple[Dated, ...]:
    """Give the steps that are taken on any of these days of the sig, with their own days."""
    return tuple(
        each
        for each in laid_out(steps)
        if each.first <= last and (each.last is None or each.last >= first)
    )


def until(steps: Iterable[Step], last: int) -> tuple[Step, ...]:
    """Give the steps of a container that is for the days up to `last`: none goes on beyond it.

    Those before stay, so that every day keeps its number. Each ends with the container's days
    though the order goes on: who has two containers must not take from both.
    """
    return tuple(_ended(each, last) for each in laid_out(steps) if each.first <= last)


def _ended(dated: Dated, last: int) -> Step:
    if dated.last is not None and dated.last <= last:
        return dated.step
    return replace(dated.step, length=Length(last - dated.first + 1))
