"""The name the prescriber gave the medicine, held against what is to be made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from labelapp.rules.compounds import CompoundRules, rules_for
from labelapp.rules.vocabulary import Vocabulary, spelt
from labelapp.rx.amount import Amount, Basis, Strength, Unit
from labelapp.rx.compound import Compound
from labelapp.rx.finding import Finding, Settler, ask
from labelapp.rx.prescription import Prescription

FIELD = "compound.name"
LONGEST = 500
"""Characters of a name that are read; no medicine is called by more, and more is asked about whole."""
# A number is read from its first digit only and never given back in part, so that a text without
# end takes no longer than its length.
_NUMBER = (
    r"(?<![0-9])(?<![0-9]\.)"
    r"(?>[0-9]{1,3}(?:,[0-9]{3})++(?![0-9])(?:\.[0-9]++)?|[0-9]*+\.[0-9]++|[0-9]++)"
)
_STRENGTH = re.compile(
    rf"(?P<value>{_NUMBER})\s*+(?:-\s*+)?(?P<unit>mg|mcg|ug|\u00b5g|\u03bcg|g|gm|%|percent)(?![a-z])"
    rf"(?:\s*+(?:/|per)\s*+(?P<per>{_NUMBER})?\s*+(?P<over>ml|gm|g)(?![a-z]))?"
)
_COUNT = re.compile(rf"(?:#\s*+)?(?P<value>{_NUMBER})")
_PERCENT = {"%", "percent"}
_UNITS = {"mg": Unit.MG, "g": Unit.G, "gm": Unit.G}


def naming_findings(
    rx: Prescription, compounds: tuple[CompoundRules, ...], vocabulary: Vocabulary
) -> Iterable[Finding]:
    """Ask when the written name holds another drug, strength or form, or lacks what is made."""
    compound, written = rx.compound, rx.compound.written.casefold()
    if not written.strip():
        return
    if len(written) > LONGEST:
        length = str(len(written))
        yield ask("order.name-long", FIELD, Settler.CLINICAL, length=length, most=str(LONGEST))
        return
    makes = {"written": rx.compound.written.strip(), "compound": str(compound)}
    for text in _other_strengths(written, compound):
        yield ask("order.name-strength", FIELD, Settler.CLINICAL, strength=text, **makes)
    left = _STRENGTH.sub(" ", written)
    for text in _other_counts(left, rx):
        yield ask("order.name-number", FIELD, Settler.CLINICAL, number=text, **makes)
    left, lacking = _without_names(_COUNT.sub(" ", left), compound, compounds)
    for name in lacking:
        yield ask("order.name-lacks", FIELD, Settler.CLINICAL, drug=name, **makes)
    left, wrong = _without_words(left, compound, vocabulary)
    for text in wrong:
        yield ask("order.name-form", FIELD, Settler.CLINICAL, word=text, **makes)
    if left:
        yield ask("order.name-other", FIELD, Settler.CLINICAL, words=left, **makes)


def _other_strengths(written: str, compound: Compound) -> Iterator[str]:
    """Give each strength in a name that is no ordered active's, however either is counted."""
    made = {mg for each in compound.actives if each.strength for mg in _ways(each.strength)}
    for found in _STRENGTH.finditer(written):
        spread = found["over"] or found["unit"] in _PERCENT
        if _mg(found) not in made or (spread and compound.form.is_counted):
            yield " ".join(found.group().split())


def _ways(strength: Strength) -> Iterator[Fraction]:
    """Give the mg a name may say of a strength: in one unit, and as the order spreads it."""
    mg = strength.mg_in_one()
    if mg is not None:
        yield mg
    if strength.amount.unit.is_mass and strength.basis is not Basis.PERCENT:
        yield Fraction(strength.amount.in_mg())


def _mg(found: re.Match[str]) -> Fraction:
    """Give a strength in mg: of one mL or g when it says so, and 10 mg in a g for a percent."""
    value, unit = _exact(found["value"]), found["unit"]
    if unit in _PERCENT:
        return Fraction(value) * 10
    mg = Fraction(Amount(value, _UNITS.get(unit, Unit.MCG)).in_mg())
    per = _exact(found["per"]) if found["per"] else Decimal(1)
    return mg / Fraction(per) if per else mg


def _other_counts(left: str, rx: Prescription) -> Iterator[str]:
    """Give each bare number of a name that is neither a strength nor the quantity ordered."""
    known = {rx.quantity.value}
    known |= {each.strength.amount.value for each in rx.compound.actives if each.strength}
    for found in _COUNT.finditer(left):
        if _exact(found["value"]) not in known:
            yield found["value"]


def _without_names(
    left: str, compound: Compound, compounds: tuple[CompoundRules, ...]
) -> tuple[str, tuple[str, ...]]:
    """Take the names of what is ordered out of a text; give also the actives it does not name."""
    text, lacking = f" {spelt(left)} ", []
    for each in compound.actives:
        rules = rules_for(each.name, compounds)
        names = (each.name, *(rules.names if rules else ()))
        shorter = _without(text, names)
        if shorter == text:
            lacking.append(each.name)
        text = shorter
        if rules is not None and rules.release is not None:
            text = _without(text, rules.release.allowed)
    others = [each.name for each in compound.ingredients if each not in compound.actives]
    return _without(text, others), tuple(lacking)


def _without_words(
    text: str, compound: Compound, vocabulary: Vocabulary
) -> tuple[str, tuple[str, ...]]:
    """Take out the words that name no drug; give also those that are true of other forms."""
    wrong: list[str] = []
    rows = [(word, row) for row in vocabulary.order_words for word in row.words]
    for word, row in sorted(rows, key=lambda each: -len(each[0])):
        shorter = _without(text, (word,))
        if shorter != text and row.forms and compound.form not in row.forms:
            wrong.append(word)
        text = shorter
    return text.strip(), tuple(wrong)


def _without(text: str, names: Iterable[str]) -> str:
    """Take whole words out of a text, the longest name first."""
    for name in sorted({spelt(each) for each in names}, key=len, reverse=True):
        while name and f" {name} " in text:
            text = text.replace(f" {name} ", " ")
    return text


def _exact(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
