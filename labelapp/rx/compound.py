"""The compound: what is made, in which form and strength, from which ingredients."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from labelapp.rx.amount import NBSP, Strength, Unit


class Form(enum.StrEnum):
    """The dosage form as dispensed; the value is the word on the label."""

    CAPSULE = "capsule"
    TABLET = "tablet"
    SUBLINGUAL_TABLET = "sublingual tablet"
    TROCHE = "troche"
    LOZENGE = "lozenge"
    ORAL_SOLUTION = "oral solution"
    ORAL_SUSPENSION = "oral suspension"
    SUBLINGUAL_DROPS = "sublingual drops"
    CREAM = "cream"
    GEL = "gel"
    OINTMENT = "ointment"

    @property
    def unit(self) -> Unit:
        """The unit this form is counted or measured in when dispensed."""
        return _UNIT[self]

    @property
    def is_counted(self) -> bool:
        """True for forms dispensed in pieces."""
        return self.unit not in {Unit.ML, Unit.G}

    @property
    def is_liquid(self) -> bool:
        """True for forms measured in mL."""
        return self.unit is Unit.ML

    @property
    def is_topical(self) -> bool:
        """True for forms put on the skin."""
        return self in {Form.CREAM, Form.GEL, Form.OINTMENT}


_UNIT = {
    Form.CAPSULE: Unit.CAPSULE,
    Form.TABLET: Unit.TABLET,
    Form.SUBLINGUAL_TABLET: Unit.TABLET,
    Form.TROCHE: Unit.TROCHE,
    Form.LOZENGE: Unit.LOZENGE,
    Form.ORAL_SOLUTION: Unit.ML,
    Form.ORAL_SUSPENSION: Unit.ML,
    Form.SUBLINGUAL_DROPS: Unit.ML,
    Form.CREAM: Unit.G,
    Form.GEL: Unit.G,
    Form.OINTMENT: Unit.G,
}


class Part(enum.StrEnum):
    """What an ingredient does in the compound."""

    ACTIVE = "active"
    FILLER = "filler"
    VEHICLE = "vehicle"
    FLAVOR = "flavor"
    DYE = "dye"
    PRESERVATIVE = "preservative"


@dataclass(frozen=True)
class Ingredient:
    """One ingredient; an active has a strength, the others need none."""

    name: str
    part: Part
    strength: Strength | None = None


@dataclass(frozen=True)
class Compound:
    """The medicine as compounded: a form, ingredients, and the release as the order words it.

    `written` is the medicine as the prescriber named it, in one line; it is never printed, but
    held against the ingredients.
    """

    form: Form
    ingredients: tuple[Ingredient, ...] = field(default=())
    release: str = ""
    written: str = ""

    @property
    def actives(self) -> tuple[Ingredient, ...]:
        """The active ingredients, in the order written."""
        return tuple(each for each in self.ingredients if each.part is Part.ACTIVE)

    @property
    def strength(self) -> Strength | None:
        """The strength when there is exactly one active; None otherwise."""
        actives = self.actives
        return actives[0].strength if len(actives) == 1 else None

    def __str__(self) -> str:
        """Write drug, strength and form as the label's drug line says them."""
        drugs = " / ".join(
            f"{each.name} {each.strength}" if each.strength else each.name for each in self.actives
        )
        return f"{drugs} {self.form.value}".replace("  ", " ").replace(f"{NBSP} ", NBSP)
