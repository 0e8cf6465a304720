"""Compounds: what is special to one drug, all of it in the rows of one file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from labelapp.rules.row import STANDING, Reader, Row
from labelapp.rx.amount import Basis
from labelapp.rx.compound import Form
from labelapp.rx.fill import Answer
from labelapp.rx.finding import Finding, Settler, Severity

UNANSWERED = "unanswered"
"""Stands for no answer at all, beside the three answers there are."""


@dataclass(frozen=True)
class Raises:
    """How serious a row's finding is, and who settles it."""

    severity: Severity
    settler: Settler

    def finding(self, code: str, field: str, **values: str) -> Finding:
        """Make the finding of this row."""
        return Finding(code, self.severity, self.settler, field, tuple(sorted(values.items())))


@dataclass(frozen=True)
class DailyLimit(Row):
    """A limit of the daily total in some forms: above `mg`, or from `mg` on when `reached`."""

    forms: tuple[Form, ...]
    mg: Decimal
    reached: bool
    raises: Raises
    source: str


@dataclass(frozen=True)
class Uncounted(Row):
    """What it means in some forms that the daily total cannot be brought to mg."""

    forms: tuple[Form, ...]
    raises: Raises
    source: str


@dataclass(frozen=True)
class OddStrength(Row):
    """A strength that is most likely a slip: a lost decimal, or a copy of a commercial product."""

    mg: Decimal
    basis: Basis
    why: str
    meant_mg: Decimal | None
    raises: Raises
    source: str


@dataclass(frozen=True)
class Formulary(Row):
    """The strengths that are made in some forms, in mg per unit, mL or g."""

    forms: tuple[Form, ...]
    basis: Basis
    mg: tuple[Decimal, ...]
    source: str


@dataclass(frozen=True)
class Avoid(Row):
    """Ingredients the drug is not made with, and why."""

    names: tuple[str, ...]
    because: str
    raises: Raises
    source: str


@dataclass(frozen=True)
class Release(Row):
    """The releases the drug is made in, and the words that say another one."""

    allowed: tuple[str, ...]
    words: tuple[str, ...]
    raises: Raises
    source: str


@dataclass(frozen=True)
class Question(Row):
    """A question asked before the first fill and again at a refill.

    `first` and `refill` say what each answer raises, under yes, no, unknown and unanswered;
    `lists_ingredients` lays what is in the lots beside the question.
    """

    id: str
    asks: str
    asks_again: str
    lists_ingredients: bool
    first: Mapping[str, Raises | None]
    refill: Mapping[str, Raises | None]
    source: str


@dataclass(frozen=True)
class CompoundRules(Row):
    """Everything special to one drug: names, limits, strengths, questions, warnings.

    `coined` names are understood but never printed; `look_alikes` are other drugs.
    """

    id: str
    name: str
    source: str
    synonyms: tuple[str, ...] = ()
    coined: tuple[str, ...] = ()
    look_alikes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    daily: tuple[DailyLimit, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()
    odd: tuple[OddStrength, ...] = ()
    formulary: tuple[Formulary, ...] = ()
    avoid: tuple[Avoid, ...] = ()
    release: Release | None = None
    questions: tuple[Question, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name this drug goes by."""
        return (self.name, *self.synonyms, *self.coined)

    def is_named(self, written: str) -> bool:
        """Tell whether a name, as written on an order or a lot, is this drug's."""
        return plain(written) in {plain(each) for each in self.names}

    def is_mistaken_for(self, written: str) -> bool:
        """Tell whether a name is that of a drug mistaken for this one, whatever salt follows it."""
        return any(f"{plain(written)} ".startswith(f"{plain(each)} ") for each in self.look_alikes)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row of the file, for the list a pharmacist signs."""
        release = () if self.release is None else (self.release,)
        limits = (*self.daily, *self.uncounted, *self.odd, *self.formulary)
        return (self, *limits, *self.avoid, *release, *self.questions)


def plain(name: str) -> str:
    """Bring a name to the form names are compared in: one case, single spaces, no `USP` behind."""
    return " ".join(name.replace(",", " ").casefold().split()).removesuffix(" usp")


def rules_for(name: str, compounds: Iterable[CompoundRules]) -> CompoundRules | None:
    """Find the file that speaks of a drug; None when there is none."""
    return next((each for each in compounds if each.is_named(name)), None)


_LISTS = {"synonyms", "coined", "look_alikes", "warnings"}
_ROWS = {"daily", "uncounted", "odd", "formulary", "avoid", "release", "questions"}


def read_compound(table: Mapping[str, Any], file: str) -> CompoundRules:
    """Read a compound from its file's table. Raises BadResource naming file, row and key."""
    top = Reader(table, file, "compound")
    top.only({"id", "name"} | _LISTS | _ROWS | STANDING)
    release = top.table("release")
    return CompoundRules(
        id=top.text("id"),
        name=top.text("name"),
        source=top.text("source"),
        synonyms=top.texts("synonyms"),
        coined=top.texts("coined"),
        look_alikes=top.texts("look_alikes"),
        warnings=top.texts("warnings"),
        daily=tuple(map(_read_daily, top.tables("daily"))),
        uncounted=tuple(map(_read_uncounted, top.tables("uncounted"))),
        odd=tuple(map(_read_odd, top.tables("odd"))),
        formulary=tuple(map(_read_formulary, top.tables("formulary"))),
        avoid=tuple(map(_read_avoid, top.tables("avoid"))),
        release=_read_release(release) if release.keys() else None,
        questions=tuple(map(_read_question, top.tables("questions"))),
        **top.standing(),
    )


def _forms(row: Reader) -> tuple[Form, ...]:
    forms = row.words("forms", Form)
    if not forms:
        raise row.bad("forms")
    return forms


def _raises(row: Reader, key: str = "raises") -> Raises:
    severity, _, settler = row.text(key).partition(" ")
    try:
        return Raises(Severity(severity), Settler(settler))
    except ValueError:
        raise row.bad(key) from None


def _read_daily(row: Reader) -> DailyLimit:
    row.only({"forms", "over_mg", "from_mg", "raises"} | STANDING)
    reached = row.has("from_mg")
    if reached == row.has("over_mg"):
        raise row.bad("over_mg")
    return DailyLimit(
        forms=_forms(row),
        mg=row.decimal("from_mg" if reached else "over_mg"),
        reached=reached,
        raises=_raises(row),
        source=row.text("source"),
        **row.standing(),
    )


def _read_uncounted(row: Reader) -> Uncounted:
    row.only({"forms", "raises"} | STANDING)
    return Uncounted(_forms(row), _raises(row), row.text("source"), **row.standing())


def _read_odd(row: Reader) -> OddStrength:
    row.only({"mg", "basis", "why", "meant_mg", "raises"} | STANDING)
    why = row.text("why")
    if why not in {"decimal", "commercial"} or (why == "decimal" and not row.has("meant_mg")):
        raise row.bad("why")
    return OddStrength(
        mg=row.decimal("mg"),
        basis=row.word("basis", Basis),
        why=why,
        meant_mg=row.decimal("meant_mg") if row.has("meant_mg") else None,
        raises=_raises(row),
        source=row.text("source"),
        **row.standing(),
    )


def _read_formulary(row: Reader) -> Formulary:
    row.only({"forms", "basis", "mg"} | STANDING)
    return Formulary(
        forms=_forms(row),
        basis=row.word("basis", Basis),
        mg=row.decimals("mg"),
        source=row.text("source"),
        **row.standing(),
    )


def _read_avoid(row: Reader) -> Avoid:
    row.only({"names", "because", "raises"} | STANDING)
    return Avoid(
        names=row.texts("names"),
        because=row.text("because"),
        raises=_raises(row),
        source=row.text("source"),
        **row.standing(),
    )


def _read_release(row: Reader) -> Release:
    row.only({"allowed", "words", "raises"} | STANDING)
    return Release(
        allowed=row.texts("allowed"),
        words=row.texts("words"),
        raises=_raises(row),
        source=row.text("source"),
        **row.standing(),
    )


def _read_question(row: Reader) -> Question:
    row.only({"id", "asks", "asks_again", "lists_ingredients", "first", "refill"} | STANDING)
    return Question(
        id=row.text("id"),
        asks=row.text("asks"),
        asks_again=row.text("asks_again"),
        lists_ingredients=row.flag("lists_ingredients", default=False),
        first=_read_answers(row.table("first")),
        refill=_read_answers(row.table("refill")),
        source=row.text("source"),
        **row.standing(),
    )


def _read_answers(row: Reader) -> dict[str, Raises | None]:
    answers = (*(each.value for each in Answer), UNANSWERED)
    row.only(answers)
    return {each: None if row.text(each) == "none" else _raises(row, each) for each in answers}
