"""Auxiliary labels: the short warnings on a vial, which the rows call for or a pharmacist adds."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from labelapp.rules.row import STANDING, Reader, Row
from labelapp.rules.vocabulary import spelt
from labelapp.rx.compound import Form
from labelapp.rx.directions import Route, Verb
from labelapp.rx.fill import Answer, Fill
from labelapp.rx.finding import Finding, Settler, ask, stop
from labelapp.rx.lot import Preparation, Storage

EVERY = "every"
"""The set of warnings that any compound carries, whatever is in it."""

LONGEST = 80
"""A warning is short, or nobody reads it: the most characters a row may have."""


class Default(enum.StrEnum):
    """How a warning comes onto a label."""

    ON = "on"
    BY_FORM = "by form"
    BY_STORAGE = "by storage"
    BY_PREPARATION = "by preparation"
    BY_ANSWER = "by answer"
    OPTIONAL = "optional"


class Colour(enum.StrEnum):
    """The colour of a warning's own sticker, where the printer has colours."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    WHITE = "white"


_CONDITION = {
    Default.BY_FORM: "forms",
    Default.BY_STORAGE: "storage",
    Default.BY_PREPARATION: "preparations",
    Default.BY_ANSWER: "answers",
}


@dataclass(frozen=True)
class AuxiliaryLabel(Row):
    """One warning: its text, when it stands on a label, and its place in the order.

    `default` says how it comes on: "on" for every label, "by form", "by storage", "by
    preparation" or "by answer" when its conditions hold, "optional" when a pharmacist adds it.
    A condition left empty holds always; `answers` are pairs of question and answer of which one
    must have been given. It never stands beside those named in `not_with`, nor on a label whose
    directions go a way in `not_routes`; in its forms nothing is done by a verb in `not_verbs`. A
    sentence of the directions with words in `said_by` says this warning, one with words in
    `denied_by` says its opposite. One to `keep` never gives way for want of room. `set` is the name
    of the file it came from, `colour` that of its own sticker.
    """

    id: str
    text: str
    default: str
    reversed: bool = False
    keep: bool = False
    source: str = ""
    order: int = 0
    set: str = ""
    forms: tuple[Form, ...] = ()
    routes: tuple[Route, ...] = ()
    storage: tuple[Storage, ...] = ()
    preparations: tuple[Preparation, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    not_with: tuple[str, ...] = ()
    not_routes: tuple[Route, ...] = ()
    not_verbs: tuple[Verb, ...] = ()
    said_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    colour: Colour = Colour.WHITE

    def suits(self, fill: Fill) -> bool:
        """Tell whether every condition of this row holds for a fill."""
        taken = {step.route for step in fill.prescription.sig.steps if step.route}
        given = {(question, answer.value) for question, answer in fill.answers}
        return (
            _meets(self.forms, {fill.prescription.compound.form})
            and (not taken or _meets(self.routes, taken))
            and _meets(self.storage, {lot.storage for lot in fill.lots})
            and _meets(self.preparations, {lot.preparation for lot in fill.lots})
            and _meets(self.answers, given)
        )


def _meets(wanted: Collection[Any], there: Collection[Any]) -> bool:
    return not wanted or any(each in there for each in wanted)


@dataclass(frozen=True)
class Warnings:
    """The warnings that stand on a label, in their order, and those that may be added."""

    on: tuple[AuxiliaryLabel, ...]
    offered: tuple[AuxiliaryLabel, ...]
    findings: tuple[Finding, ...] = ()


def choose(fill: Fill, rows: Iterable[AuxiliaryLabel], sets: Collection[str]) -> Warnings:
    """Choose the warnings of a fill from the sets its drugs call for and what was switched on."""
    named = (row for row in rows if row.set == EVERY or row.set in sets)
    known = tuple(sorted(named, key=lambda row: row.order))
    on = tuple(
        row
        for row in known
        if row.id in fill.warnings_on or (row.default != Default.OPTIONAL and row.suits(fill))
    )
    offered = tuple(row for row in known if row not in on and row.suits(fill))
    return Warnings(on, offered, tuple(_doubts(fill, known, on)))


def _doubts(
    fill: Fill, known: tuple[AuxiliaryLabel, ...], on: tuple[AuxiliaryLabel, ...]
) -> Iterable[Finding]:
    by_id = {row.id: row for row in known}
    for place, wanted in enumerate(fill.warnings_on):
        field = f"fill.warnings.{place}"
        if wanted not in by_id:
            yield ask("auxiliary.unknown", field, warning=wanted, known=", ".join(by_id))
        else:
            yield from _unsuited(fill, by_id[wanted], wanted, by_id[wanted].text, field)
    said = tuple(
        (row, sentence)
        for sentence in (each.words for each in fill.prescription.sig.kept)
        for row in known
        if _holds(sentence, row.said_by)
    )
    for row, sentence in said:
        yield from _unsuited(fill, row, row.id, sentence, "sig")
    yield from _contradictions(fill, on, said)
    yield from _directions(fill, known, on)


def _unsuited(
    fill: Fill, row: AuxiliaryLabel, warning: str, text: str, field: str
) -> Iterable[Finding]:
    """Refuse a warning that says where it is kept otherwise than the lot; ask about any other."""
    places = {lot.storage for lot in fill.lots}
    if places and not _meets(row.storage, places):
        there = ", ".join(sorted(places))
        yield stop("auxiliary.storage", field, Settler.NOBODY, text=text, storage=there)
    elif not row.suits(fill):
        yield ask("auxiliary.unsuited", field, Settler.PHARMACIST, warning=warning, text=text)


def _contradictions(
    fill: Fill,
    on: tuple[AuxiliaryLabel, ...],
    said: tuple[tuple[AuxiliaryLabel, str], ...],
) -> Iterable[Finding]:
    """Refuse two texts of one label that say the opposite, be they warnings or directions."""
    there = (*((row, row.text) for row in on), *said)
    pairs = {
        tuple(sorted((text, other_text)))
        for row, text in there
        for other, other_text in there
        if other.id in row.not_with
    }
    pairs |= {
        (sentence, row.text)
        for row in on
        for sentence in (each.words for each in fill.prescription.sig.kept)
        if _holds(sentence, row.denied_by)
    }
    for one, other in sorted(pairs):
        yield stop("auxiliary.contradict", "fill.warnings.0", Settler.NOBODY, one=one, other=other)


def _directions(
    fill: Fill, known: tuple[AuxiliaryLabel, ...], on: tuple[AuxiliaryLabel, ...]
) -> Iterable[Finding]:
    """Hold route and verb of the directions against the warnings, and against the forms of one."""
    steps, form = fill.prescription.sig.steps, fill.prescription.compound.form
    for row in on:
        for route in dict.fromkeys(step.route for step in steps):
            if route in row.not_routes:
                yield stop(
                    "auxiliary.route", "sig", Settler.NOBODY, text=row.text, route=route.value
                )
    for row in known:
        for verb in dict.fromkeys(step.verb for step in steps):
            if form in row.forms and verb in row.not_verbs:
                yield ask(
                    "auxiliary.verb", "sig", Settler.PHARMACIST, verb=verb.value, form=form.value
                )


def _holds(sentence: str, words: Iterable[str]) -> bool:
    return any(f" {spelt(each)} " in f" {spelt(sentence)} " for each in words)


def read_auxiliary(table: Mapping[str, Any], name: str, file: str) -> tuple[AuxiliaryLabel, ...]:
    """Read one set of warnings. Raises BadResource naming file, row and key."""
    top = Reader(table, file, "warnings")
    top.only({"warnings"})
    return tuple(_read_warning(each, name) for each in top.tables("warnings"))


def _read_warning(row: Reader, name: str) -> AuxiliaryLabel:
    row.only(
        {"id", "text", "default", "reversed", "keep", "order", "forms", "routes", "storage"}
        | {"preparations", "answers", "not_with", "not_routes", "not_verbs"}
        | {"said_by", "denied_by", "colour"}
        | STANDING
    )
    default, text = row.word("default", Default), row.text("text")
    if len(text) > LONGEST:
        raise row.bad("text")
    if default in _CONDITION and not row.has(_CONDITION[default]):
        raise row.bad(_CONDITION[default])
    return AuxiliaryLabel(
        id=row.text("id"),
        text=text,
        default=default.value,
        reversed=row.flag("reversed", default=False),
        keep=row.flag("keep", default=False),
        source=row.text("source"),
        order=row.integer("order"),
        set=name,
        forms=row.words("forms", Form),
        routes=row.words("routes", Route),
        storage=row.words("storage", Storage),
        preparations=row.words("preparations", Preparation),
        answers=tuple(_read_answer(row, each) for each in row.texts("answers")),
        not_with=row.texts("not_with"),
        not_routes=row.words("not_routes", Route),
        not_verbs=row.words("not_verbs", Verb),
        said_by=row.texts("said_by"),
        denied_by=row.texts("denied_by"),
        colour=row.word("colour", Colour) if row.has("colour") else Colour.WHITE,
        **row.standing(),
    )


def _read_answer(row: Reader, text: str) -> tuple[str, str]:
    question, parted, answer = text.partition(" = ")
    if not parted or answer not in {each.value for each in Answer}:
        raise row.bad("answers")
    return question, answer
