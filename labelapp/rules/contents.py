"""What is in a lot, held against what was ordered: each active, and nothing nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from labelapp.rules.compounds import CompoundRules, rules_for
from labelapp.rules.vocabulary import Vocabulary
from labelapp.rx.compound import Compound, Ingredient, Part
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, ask, stop
from labelapp.rx.lot import Component, Lot


@dataclass(frozen=True)
class Known:
    """The substances there are rows of: drugs by their files, and what is no drug."""

    compounds: tuple[CompoundRules, ...]
    vocabulary: Vocabulary

    def is_drug(self, name: str, active: Ingredient) -> bool:
        """Tell whether a name is of an ordered active, by any name its file gives it."""
        rules = rules_for(active.name, self.compounds)
        names = (active.name,) if rules is None else (active.name, *rules.names)
        return self.vocabulary.bare(name) in map(self.vocabulary.bare, names)

    def is_other_drug(self, name: str) -> bool:
        """Tell whether a name is of any drug there is a file of, or of one mistaken for it."""
        bare = self.vocabulary.bare(name)
        return any(
            drug.is_mistaken_for(bare) or bare in map(self.vocabulary.bare, drug.names)
            for drug in self.compounds
        )


def contents_findings(fill: Fill, lot: Lot, known: Known, at: str) -> Iterable[Finding]:
    """Look for each ordered active among a lot's components, and at whatever was not ordered."""
    compound = fill.prescription.compound
    if not lot.components:
        return
    for active in compound.actives:
        if not any(known.is_drug(each.name, active) for each in lot.components):
            yield stop(
                "lot.lacks-active",
                f"{at}.components.0.name",
                Settler.NOBODY,
                lot=lot.number,
                ordered=active.name,
                there=_listed(each.name for each in lot.components),
            )
    for place, component in enumerate(lot.components):
        yield from _component(compound, lot, component, known, f"{at}.components.{place}.name")
    yield from _inactives(compound, lot, known, f"{at}.components.0.name")


def _component(
    compound: Compound, lot: Lot, component: Component, known: Known, field: str
) -> Iterable[Finding]:
    if any(known.is_drug(component.name, active) for active in compound.actives):
        return
    if known.is_other_drug(component.name):
        yield stop(
            "lot.other-drug",
            field,
            Settler.NOBODY,
            lot=lot.number,
            drug=component.name,
            ordered=str(compound),
        )
    elif not (
        known.vocabulary.inactive(component.name)
        or known.vocabulary.is_any(component.name, (each.name for each in compound.ingredients))
    ):
        yield ask(
            "lot.unknown-component",
            field,
            Settler.PHARMACIST,
            lot=lot.number,
            component=component.name,
        )


def _inactives(compound: Compound, lot: Lot, known: Known, field: str) -> Iterable[Finding]:
    """Ask when a lot is made with another filler, base or flavor than the order names.

    A lot that lists its actives alone says nothing of the rest, and is not compared.
    """
    words = known.vocabulary
    inside = [
        each.name
        for each in lot.components
        if not any(known.is_drug(each.name, active) for active in compound.actives)
    ]
    if not any((row := words.inactive(each)) and row.parts for each in inside):
        return
    ordered = [each for each in compound.ingredients if each.part is not Part.ACTIVE]
    names = [each.name for each in ordered]
    missing = [each.name for each in ordered if not words.is_any(each.name, inside)]
    filled = any(each.part is Part.FILLER for each in ordered)
    instead = [
        each
        for each in inside
        if filled
        and (row := words.inactive(each))
        and row.parts == (Part.FILLER,)
        and not words.is_any(each, names)
    ]
    if missing or instead:
        yield ask(
            "lot.other-inactives",
            field,
            Settler.PHARMACIST,
            lot=lot.number,
            ordered=_listed(names),
            there=_listed(inside),
        )


def ordered_findings(compound: Compound, known: Known) -> Iterable[Finding]:
    """Ask about an ingredient that is called no active but stands on no row of what is none."""
    for place, each in enumerate(compound.ingredients):
        if each.part is not Part.ACTIVE and known.vocabulary.inactive(each.name) is None:
            yield ask(
                "order.unknown-inactive",
                f"compound.ingredients.{place}.name",
                Settler.PHARMACIST,
                name=each.name,
                part=each.part.value,
            )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))
