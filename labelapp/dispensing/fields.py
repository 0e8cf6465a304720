"""One field of a draft at a time: its text to a number, a date or a choice, or a finding."""

from __future__ import annotations

import enum
from datetime import date
from decimal import Decimal
from typing import TypeVar

from labelapp.rx.amount import Amount, Basis, Strength, Unit, read_number
from labelapp.rx.dates import read_day
from labelapp.rx.decision import settled_by
from labelapp.rx.draft import Draft
from labelapp.rx.finding import Finding, Settler, Severity, stop
from labelapp.rx.people import Address, Name
from labelapp.sig.codes.words import Lexicon

Choice = TypeVar("Choice", bound=enum.StrEnum)


class Reader:
    """Reads the fields of one draft and collects what is missing or makes no sense.

    A field that cannot be understood gives None and a finding that nobody can override: the
    field itself must change.
    """

    def __init__(self, draft: Draft, lexicon: Lexicon) -> None:
        self.draft = draft
        self.findings: list[Finding] = []
        self._forms = {
            word.code.lower(): word.meaning.removesuffix("(s)")
            for word in lexicon.words
            if word.group == "form" and word.flag == ""
        }

    def text(self, path: str, *, required: bool = False) -> str:
        """Give a field's text without the space around it."""
        text = self.draft.get(path).strip()
        if required and not text:
            self.refuse("field.missing", path)
        return text

    def short(self, path: str, most: int) -> str:
        """Give a required field's text; longer than any such number is, it is refused."""
        text = self.text(path, required=True)
        if len(text) > most:
            self.refuse("field.too-long", path, length=str(len(text)), most=str(most))
            return ""
        return text

    def refuse(self, code: str, path: str, **values: str) -> None:
        """Note that a field must change before anything can be printed."""
        self.findings.append(stop(code, path, Settler.NOBODY, **values))

    def number(self, path: str, *, required: bool = False) -> Decimal | None:
        """Read an exact number; a decimal comma or an exponent is refused, never guessed."""
        text = self.text(path, required=required)
        if not text:
            return None
        try:
            return read_number(text)
        except ValueError:
            self.refuse("field.not-a-number", path, text=text[:40])
            return None

    def whole(self, path: str, *, least: int = 0, most: int = 9999) -> int | None:
        """Read a whole number within bounds."""
        value = self.number(path)
        if value is None:
            return None
        if value != value.to_integral_value() or not least <= value <= most:
            self.refuse(
                "field.out-of-range", path, text=str(value), least=str(least), most=str(most)
            )
            return None
        return int(value)

    def day(self, path: str, *, required: bool = False, latest: date = date.max) -> date | None:
        """Read a date: 2026-11-20, 20-Nov-2026 or 11/20/2026 (month first, as the US writes it).

        One after `latest` is refused as no date that can be meant.
        """
        text = self.text(path, required=required)
        if not text:
            return None
        day = read_day(text)
        if day is None or day > latest:
            self.refuse("field.not-a-date", path, text=text[:40])
            return None
        return day

    def choice(self, path: str, kind: type[Choice], *, required: bool = False) -> Choice | None:
        """Read one of a closed list of words."""
        text = self.text(path, required=required)
        if not text:
            return None
        for each in kind:
            if each.value.casefold() == text.casefold():
                return each
        self.refuse(
            "field.not-a-choice", path, text=text[:40], choices=", ".join(e.value for e in kind)
        )
        return None

    def unit(self, path: str, *, required: bool = False) -> Unit | None:
        """Read a unit as written: `capsule`, `capsules`, `cap`, `mL`, a code of the sig table."""
        text = self.text(path, required=required)
        if not text:
            return None
        wanted = text.casefold()
        wanted = self._forms.get(wanted, wanted).casefold()
        for unit in Unit:
            if wanted in {unit.value.casefold(), unit.of(Decimal(2)).casefold()}:
                return unit
        self.refuse("field.not-a-unit", path, text=text[:40])
        return None

    def amount(self, stem: str, *, required: bool = False) -> Amount | None:
        """Read an amount from `stem.value` and `stem.unit`."""
        value = self.number(f"{stem}.value", required=required)
        unit = self.unit(f"{stem}.unit", required=required or value is not None)
        return None if value is None or unit is None else Amount(value, unit)

    def strength(self, stem: str, *, required: bool = False) -> Strength | None:
        """Read a strength. Its basis is never inferred: without one it is asked for."""
        percent = self.text(f"{stem}.basis").casefold() == Basis.PERCENT.value
        value = self.number(f"{stem}.value", required=required)
        if value is None:
            return None
        unit = Unit.G if percent else self.unit(f"{stem}.unit", required=True)
        basis = self._basis(stem, f"{value} {self.text(f'{stem}.unit')}".strip())
        per = self.number(f"{stem}.per")
        if unit is None or basis is None:
            return None
        if not unit.is_mass or value == 0 or per == 0:
            self.refuse("field.not-a-strength", f"{stem}.value", text=f"{value} {unit}")
            return None
        return Strength(Amount(value, unit), basis, Decimal(100) if percent else per or Decimal(1))

    def _basis(self, stem: str, written: str) -> Basis | None:
        """Read what a strength is counted against; ask, with the choices, when it is not said."""
        path = f"{stem}.basis"
        if self.text(path):
            return self.choice(path, Basis)
        question = Finding(
            "field.strength-basis",
            Severity.ASK,
            Settler.CLINICAL,
            path,
            (("strength", written),),
            choices=tuple(each.value for each in Basis),
        )
        self.findings.append(question)
        answer = settled_by(question, self.draft.decisions)
        return Basis(answer.choice) if answer else None

    def name(self, stem: str, *, required: bool = True) -> Name | None:
        """Read a person's name from its parts, or whole when the source gave it whole."""
        family, whole = self.text(f"{stem}.family"), self.text(f"{stem}.name")
        if family:
            name = Name(family, self.text(f"{stem}.given"), self.text(f"{stem}.suffix"))
            if whole and _letters(whole) != _letters(str(name)):
                self.refuse("field.two-names", f"{stem}.name", one=whole, other=str(name))
            return name
        if whole:
            return Name(whole)
        if required:
            self.refuse("field.missing", f"{stem}.family")
        return None

    def address(self, stem: str) -> Address:
        """Read an address; every part of it may be empty."""
        lines = tuple(part.strip() for part in self.draft.get(f"{stem}.line").split("\n"))
        return Address(
            tuple(part for part in lines if part),
            self.text(f"{stem}.city"),
            self.text(f"{stem}.state").upper(),
            self.text(f"{stem}.postal_code"),
        )


def _letters(name: str) -> list[str]:
    """Give the words of a name without case, order or commas: `DOE, Jane` is `Jane Doe`."""
    return sorted(name.casefold().replace(",", " ").split())
