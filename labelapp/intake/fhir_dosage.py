"""The directions of a FHIR message: the texts joined in order, and each dosage as a step.

The text is what the prescriber wrote; the structure is kept beside it for comparison and never
overrides it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar

from labelapp.intake.fhir_codes import ROUTES, VERBS, unit_of
from labelapp.intake.fhir_element import Element, codes, exact, words
from labelapp.intake.fhir_message import Message, Sheet
from labelapp.intake.fhir_timing import Timed, read_timing
from labelapp.intake.limits import MOST_STEPS, bounded_list, short
from labelapp.rx.amount import Amount
from labelapp.rx.directions import Dose, Route, Step, Verb
from labelapp.rx.draft import Instruction

_STRUCTURE = ("timing", "doseAndRate", "doseQuantity", "doseRange", "route", "method")
T = TypeVar("T")
_LEAST, _MOST = Decimal("0.0001"), Decimal(10_000)


def read_directions(message: Message, sheet: Sheet) -> None:
    """Read every dosage in the order of its sequence, and join the texts to the directions."""
    dosages = bounded_list("sig", message.request.parts("dosageInstruction"), MOST_STEPS)
    if not dosages:
        sheet.ask("fhir.no-directions", "sig")
        return
    ordered = _ordered(dosages, sheet)
    texts = [_text(dosage, sheet) for _, dosage in ordered]
    sig, spans = _joined([sequence for sequence, _ in ordered], texts, sheet)
    sheet.put("sig", sig)
    for (sequence, dosage), text, (start, end) in zip(ordered, texts, spans, strict=True):
        step = _step(dosage, sequence, sheet)
        kept = sig[start:end] if sig else text
        sheet.instructions.append(Instruction(sequence, kept, step, dosage.path, start, end))


def _ordered(dosages: list[Element], sheet: Sheet) -> list[tuple[int, Element]]:
    """Sort dosages by sequence (equal runs together); without it the order written is asked."""
    given = [_sequence(dosage) for dosage in dosages]
    known = [number for number in given if number is not None]
    if len(known) < len(dosages):
        if len(dosages) > 1:
            sheet.ask("fhir.sequence-missing", "sig", count=str(len(dosages)))
        return list(enumerate(dosages, 1))
    pairs = list(zip(known, dosages, strict=True))
    if known != sorted(known):
        sheet.note("fhir.sequence-sorted", "sig", order=", ".join(str(each) for each in known))
    return sorted(pairs, key=lambda pair: pair[0])


def _sequence(dosage: Element) -> int | None:
    number = exact(dosage.part("sequence"))
    if number is None or number != number.to_integral_value() or not 0 <= number <= 10_000:
        return None
    dosage.at("sequence")
    return int(number)


def _text(dosage: Element, sheet: Sheet) -> str:
    """Read what the directions say in words; what stands beside the text but not in it is asked."""
    text, patient = dosage.at("text"), dosage.at("patientInstruction")
    beside = [words(each) for each in dosage.parts("additionalInstruction")]
    reason = dosage.part("asNeededCodeableConcept") or dosage.part("asNeededFor")
    beside += [words(each) for each in ([reason] if reason.part("coding") else [])]
    whole_text = text or patient
    for more in (patient, *beside):
        if more and more.casefold() not in whole_text.casefold():
            sheet.ask("fhir.more-instructions", "sig", text=whole_text, more=more)
    return whole_text


def _joined(
    sequences: list[int], texts: list[str], sheet: Sheet
) -> tuple[str, list[tuple[int, int]]]:
    """Join the texts, and say where each stands; a text that is missing leaves no directions."""
    nowhere = [(0, 0)] * len(texts)
    if not all(texts):
        there = "; ".join(each for each in texts if each)
        sheet.ask("fhir.text-missing", "sig", missing=str(texts.count("")), text=there)
        return "", nowhere
    if len(texts) > 1 and len(set(texts)) == 1:
        sheet.ask("fhir.same-text", "sig", count=str(len(texts)), text=texts[0])
        return texts[0], [(0, len(texts[0]))] * len(texts)
    sig, spans = "", []
    for place, text in enumerate(texts):
        if place:
            sig += " and " if sequences[place] == sequences[place - 1] else ", then "
        clean = text if place == len(texts) - 1 else text.rstrip(" .;,\n\t")
        spans.append((len(sig), len(sig) + len(clean)))
        sig += clean
    return sig, spans


def _step(dosage: Element, sequence: int, sheet: Sheet) -> Step | None:
    """Read the structure of one dosage; what does not map is named, and then there is no step."""
    if not any(dosage.part(key) for key in _STRUCTURE):
        return None
    trouble: list[Element] = []
    dose = _dose(dosage, trouble)
    timed = read_timing(dosage.part("timing"))
    trouble += timed.trouble
    route = _route(dosage.part("route"), trouble)
    verb = _verb(dosage.part("method"), trouble)
    as_needed = _as_needed(dosage)
    _ceiling(dosage, sheet)
    _beside(timed, sheet)
    if trouble or dose is None or timed.timing is None:
        _name_trouble(dosage, trouble, dose, timed, sheet)
        return None
    return Step(
        sequence,
        dose,
        timed.timing,
        verb=verb,
        route=route,
        length=timed.length,
        meal=timed.meal,
        as_needed=as_needed,
    )


def _beside(timed: Timed, sheet: Sheet) -> None:
    """Tell what the timing says that a step has no place for: its dates."""
    if timed.dates[0]:
        sheet.note("fhir.dosage-dates", "sig", start=timed.dates[0], end=timed.dates[1] or "-")


def _name_trouble(
    dosage: Element, trouble: list[Element], dose: Dose | None, timed: Timed, sheet: Sheet
) -> None:
    """Ask about a structure that says something a step cannot; say so when it says too little."""
    if timed.timing is not None and timed.timing.clock:
        times = ", ".join(f"{each.at:%H:%M}" for each in timed.timing.clock)
        sheet.note("fhir.clock-times", "sig", times=times)
    if not trouble:
        lacks = [("dose", dose), ("timing", timed.timing)]
        what = ", ".join(name for name, value in lacks if value is None)
        sheet.note("fhir.dosage-incomplete", "sig", place=_place(dosage), lacks=what)
        return
    told = [f"{each.path[len(dosage.path) + 1 :]} = {_value(each)}" for each in trouble]
    for each in trouble:
        each.ledger.light.add(each.path)
    sheet.ask("fhir.dosage-not-read", "sig", place=_place(dosage), elements="; ".join(told))


def _place(dosage: Element) -> str:
    return dosage.path.rpartition(".")[2]


def _value(element: Element) -> str:
    """Write what an element holds for a person: `20 U`, `Intravenous`, else its very text."""
    names = [element.part("text"), *(each.part("display") for each in element.parts("coding"))]
    if any(names):
        return short(next(str(each.value) for each in names if each))
    if element.part("value"):
        unit = element.part("unit").value or element.part("code").value or ""
        return short(f"{element.part('value').value} {unit}".strip())
    if isinstance(element.value, str):
        return short(element.value)
    return short(json.dumps(element.value, ensure_ascii=False))


def _dose(dosage: Element, trouble: list[Element]) -> Dose | None:
    """Read the dose: one, as a quantity or a range. STU3 has it on the dosage itself."""
    several = dosage.parts("doseAndRate")
    if len(several) > 1:
        trouble.append(dosage.part("doseAndRate"))
        return None
    holder = several[0] if several else dosage
    holder.pass_over("type")
    for key in ("rateRatio", "rateRange", "rateQuantity"):
        trouble += [holder.part(key)] if holder.part(key) else []
    quantity, range_ = holder.part("doseQuantity"), holder.part("doseRange")
    if quantity:
        amount = _amount(quantity, trouble)
        return Dose(amount) if amount else None
    if not range_:
        return None
    low, high = _amount(range_.part("low"), trouble), _amount(range_.part("high"), trouble)
    if low is None or high is None:
        return None
    if low.unit is not high.unit or low.value >= high.value:
        trouble.append(range_)
        return None
    return Dose(low, high)


def _amount(quantity: Element, trouble: list[Element]) -> Amount | None:
    value = exact(quantity.part("value"))
    unit = unit_of(*(str(quantity.part(key).value or "") for key in ("unit", "code"))).unit
    if value is None or unit is None or quantity.part("comparator") or not _LEAST <= value <= _MOST:
        trouble.append(quantity)
        return None
    for key in ("value", "unit", "code", "system"):
        quantity.at(key)
    return Amount(value, unit)


def _heads(concept: Element) -> list[str]:
    """Give the words of a concept without their tail: `Swallow - dosing instruction`."""
    texts = [str(concept.part("text").value or "")]
    texts += [str(each.part("display").value or "") for each in concept.parts("coding")]
    heads = [text.partition(" - ")[0].partition("(")[0].strip().casefold() for text in texts]
    return [head for head in heads if head]


def _route(concept: Element, trouble: list[Element]) -> Route | None:
    return _meant(concept, trouble, ROUTES)


def _verb(concept: Element, trouble: list[Element]) -> Verb | None:
    return _meant(concept, trouble, VERBS)


def _meant(concept: Element, trouble: list[Element], table: Mapping[str, T]) -> T | None:
    """Find what a concept means; two meanings, none, or words that are not known are named."""
    if not concept:
        return None
    heads = _heads(concept)
    keys = [*(code.casefold() for _, code in codes(concept)), *heads]
    found = {table[key] for key in keys if key in table}
    if len(found) != 1 or not all(head in table for head in heads):
        trouble.append(concept)
        return None
    concept.at("text")
    for each in concept.parts("coding"):
        each.at("display")
        each.pass_over("system", "version", "userSelected")
        if str(each.part("code").value).casefold() in table:
            each.at("code")
        else:
            each.pass_over("code")
    return found.pop()


def _as_needed(dosage: Element) -> bool:
    flag = dosage.truth("asNeededBoolean")
    if flag is None:
        flag = dosage.truth("asNeeded")
    reason = dosage.part("asNeededCodeableConcept") or dosage.part("asNeededFor")
    return bool(flag) or bool(reason)


def _ceiling(dosage: Element, sheet: Sheet) -> None:
    """Ask about a ceiling of doses: whether the text says it too is for a person to see."""
    for ratio in dosage.parts("maxDosePerPeriod"):
        top, bottom = ratio.part("numerator"), ratio.part("denominator")
        most = " ".join(filter(None, (top.at("value"), top.at("unit") or top.at("code"))))
        per = " ".join(filter(None, (bottom.at("value"), bottom.at("unit") or bottom.at("code"))))
        for each in (top, bottom):
            each.pass_over("system", "code")
        sheet.ask("fhir.max-dose", "sig", most=most, per=per)
