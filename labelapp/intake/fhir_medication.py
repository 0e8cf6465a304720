"""The medicine of a FHIR message: its name as written, form, ingredients and strengths.

A basis is read only where the message says it (mg in mL, mg in g, percent). An amount over 1
may be meant per capsule or for the whole batch: German compounding orders do the latter, and
taking the one for the other is a fifty-fold error. So that is asked.
"""

from __future__ import annotations

import re

from labelapp.intake.fhir_codes import FORMS, unit_of
from labelapp.intake.fhir_element import Element, codes, words
from labelapp.intake.fhir_message import Message, Sheet
from labelapp.intake.limits import MOST_INGREDIENTS, bounded_list, short
from labelapp.rx.amount import Basis, Unit
from labelapp.rx.compound import Form, Part
from labelapp.rx.finding import Settler

_FORM_IN_NAME = re.compile(
    "|".join(sorted((re.escape(form.value) for form in Form), key=len, reverse=True)), re.IGNORECASE
)


def read_medication(message: Message, sheet: Sheet) -> None:
    """Read what is to be made: a concept in the request, or a Medication it refers to."""
    request = message.request
    choice = request.part("medication")
    concept = request.part("medicationCodeableConcept") or choice.part("concept")
    reference = request.part("medicationReference") or choice.part("reference")
    if concept:
        _put_name(concept, sheet)
        _nothing_but_a_name(sheet)
    if reference:
        _from_reference(message, sheet, reference)
    if not concept and not reference:
        sheet.ask("fhir.no-medicine", "compound.name")


def _from_reference(message: Message, sheet: Sheet, reference: Element) -> None:
    medication = message.resolve(reference)
    if medication is None:
        shown = reference.at("display")
        wanted = reference.at("reference") or reference.down("identifier").at("value")
        sheet.put("compound.name", shown)
        sheet.ask(
            "fhir.reference-missing", "compound.name", Settler.ANYONE, reference=wanted, shown=shown
        )
        _nothing_but_a_name(sheet)
        return
    kind = short(str(medication.part("resourceType").value))
    if kind != "Medication":
        sheet.ask("fhir.not-a-medicine", "compound.name", kind=kind)
        return
    _display(reference, medication, sheet)
    _put_name(medication.part("code"), sheet)
    status = medication.at("status")
    if status not in {"", "active"}:
        sheet.ask("fhir.medicine-not-active", "compound.name", status=status)
    form = medication.part("form") or medication.part("doseForm")
    if form or medication.part("ingredient"):
        _form(form, sheet)
    _ingredients(message, medication, sheet)


def _display(reference: Element, medication: Element, sheet: Sheet) -> None:
    """Compare the name beside a reference with the name where it leads."""
    beside = reference.at("display")
    code = medication.part("code")
    names = {str(each) for each in (code.part("text").value, *_displays(code)) if each}
    if not names:
        sheet.put("compound.name", beside)
    elif beside and beside.casefold() not in {name.strip().casefold() for name in names}:
        sheet.ask(
            "fhir.drug-names-differ",
            "compound.name",
            one=beside,
            other=", ".join(sorted(names)),
        )


def _displays(concept: Element) -> list[object]:
    return [each.part("display").value for each in concept.parts("coding")]


def _put_name(concept: Element, sheet: Sheet) -> None:
    name = words(concept)
    sheet.put("compound.name", name)
    others = [
        each.at("display")
        for each in concept.parts("coding")
        if str(each.part("display").value or name).strip().casefold() != name.casefold()
    ]
    if others:
        sheet.ask("fhir.drug-names-differ", "compound.name", one=name, other=", ".join(others))
    if concept and not name:
        given = ", ".join(code for _, code in codes(concept))
        sheet.ask("fhir.drug-only-coded", "compound.name", given=given)


def _nothing_but_a_name(sheet: Sheet) -> None:
    """Ask for strength and form: a name such as `Prednisolone 5mg tablets` is not taken apart."""
    name = sheet.written.get("compound.name", "")
    named = _FORM_IN_NAME.search(name)
    sheet.ask(
        "fhir.strength-not-stated",
        "compound.ingredients.0.name",
        Settler.ANYONE,
        name=name,
        form=named.group().lower() if named else "",
    )


def _form(form: Element, sheet: Sheet) -> None:
    if not form:
        sheet.ask("fhir.form-not-known", "compound.form", Settler.ANYONE, form="")
        return
    name = words(form)
    keys = [name, *(code for _, code in codes(form))]
    known = {FORMS[key.casefold()] for key in keys if key.casefold() in FORMS}
    # words that say more than the code (`prolonged-release capsule`) are not overruled by it
    if len(known) == 1 and (not name or name.casefold() in FORMS):
        for each in form.parts("coding"):
            each.pass_over("code")
            each.pass_over("display")
        sheet.put("compound.form", known.pop().value)
        return
    sheet.put("compound.form", name)
    given = name or ", ".join(keys[1:])
    sheet.ask("fhir.form-not-known", "compound.form", Settler.ANYONE, form=given)


def _ingredients(message: Message, medication: Element, sheet: Sheet) -> None:
    entries = bounded_list("compound.ingredients", medication.parts("ingredient"), MOST_INGREDIENTS)
    if not entries:
        _nothing_but_a_name(sheet)
    for place, entry in enumerate(entries):
        _ingredient(message, entry, sheet, f"compound.ingredients.{place}")


def _ingredient(message: Message, entry: Element, sheet: Sheet, stem: str) -> None:
    item = entry.part("item")
    concept = entry.part("itemCodeableConcept") or item.part("concept")
    reference = entry.part("itemReference") or item.part("reference")
    name = words(concept)
    if reference:
        found = message.resolve(reference)
        name = words(found.part("code")) if found else reference.at("display")
    if not name:
        sheet.ask("fhir.ingredient-unnamed", f"{stem}.name", Settler.ANYONE)
    sheet.put(f"{stem}.name", name)
    active = entry.truth("isActive")
    if active:
        sheet.put(f"{stem}.part", Part.ACTIVE.value)
    else:
        not_so = frozenset({Part.ACTIVE}) if active is False else frozenset[Part]()
        _ask_part(sheet, stem, name, not_so)
    _strength(entry.part("strength") or entry.part("strengthRatio"), sheet, f"{stem}.strength")


def _ask_part(sheet: Sheet, stem: str, name: str, known: frozenset[Part]) -> None:
    parts = tuple(part.value for part in Part if part not in known)
    sheet.ask("fhir.ingredient-part", f"{stem}.part", Settler.CLINICAL, parts, name=name)


def _strength(ratio: Element, sheet: Sheet, stem: str) -> None:
    """Read a strength as a ratio; R5 wraps it once more, or gives a bare quantity."""
    if not ratio:
        return
    top, bottom = ratio.part("numerator"), ratio.part("denominator")
    value = top.number("value")
    word, code = top.at("unit"), top.at("code")
    top.at("system")
    if value is None or top.part("comparator"):
        sheet.ask("fhir.strength-not-read", f"{stem}.value", unit=word or code)
        return
    sheet.put(f"{stem}.value", value)
    if "%" in {word, code}:
        sheet.put(f"{stem}.basis", Basis.PERCENT.value)
        return
    unit = unit_of(word, code)
    sheet.put(f"{stem}.unit", unit.unit.value if unit.unit else word or code)
    if unit.unit is None:
        sheet.ask("fhir.unit-not-known", f"{stem}.unit", unit=f"{word} {code}".strip())
    _basis(bottom, sheet, stem)


_OVER = {Unit.ML: Basis.PER_ML, Unit.G: Basis.PER_G}


def _basis(bottom: Element, sheet: Sheet, stem: str) -> None:
    """Read what the amount is spread over where the message says it, else ask.

    Order entry asks for a basis that is not written, whatever the source, with the same question;
    raised here too, so that whoever looks at the file alone sees it.
    """
    per = bottom.number("value")
    word, code = bottom.at("unit"), bottom.at("code")
    bottom.at("system")
    unit = unit_of(word, code).unit
    if per is not None and unit in _OVER:
        sheet.put(f"{stem}.basis", _OVER[unit].value)
        sheet.put(f"{stem}.per", per)
        return
    if per not in {None, "1", "1.0"}:
        sheet.put(f"{stem}.per", str(per))
    written = f"{sheet.written[f'{stem}.value']} {sheet.written.get(f'{stem}.unit', '')}".strip()
    choices = tuple(each.value for each in Basis)
    path = f"{stem}.basis"
    sheet.ask("field.strength-basis", path, Settler.CLINICAL, choices, strength=written)
    over = " ".join(each for each in (str(per or ""), word or code) if each)
    sheet.note("fhir.strength-over", path, strength=written, over=over or "1")
