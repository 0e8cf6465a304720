"""Why a label is refused, whoever asks for it: what it lacks, and what may not stand on it."""

from __future__ import annotations

import re

from labelapp.label.document import HOW_TO_TAKE, Element, Zone
from labelapp.label.elements import ASKED
from labelapp.label.forbidden import forbidden
from labelapp.rules.law import SENTENCES, Law, LawElement
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, stop
from labelapp.rx.people import Address

FIELD_OF = {each.key: each.field for each in ASKED} | {"directions": "sig"}
"""The field of the form that an element's words come from."""
HOUSE = "House"
"""How the source of a row begins that is the pharmacy's own rule, not a law's."""
NAMES = frozenset(
    {
        "pharmacy", "pharmacy_address", "pharmacy_phone", "compounded_by", "patient",
        "patient_address", "prescriber", "rx_number", "lot", "serial_text",
    }
)  # fmt: skip
"""Names, addresses and numbers: they are what they are, and may hold any word."""

_RX_NUMBER = re.compile(r"[A-Za-z0-9-]*")


def refusals(elements: tuple[Element, ...], fill: Fill, law: Law | None) -> tuple[Finding, ...]:
    """Find everything for which the label of a fill is refused; nobody settles any of it."""
    return (
        *_absent(elements, law),
        *_half_addresses(fill, law),
        *_odd_number(fill),
        *_misread(elements),
        *_never(elements, law),
    )


def _absent(elements: tuple[Element, ...], law: Law | None) -> tuple[Finding, ...]:
    """Name every element the law requires and the fill does not have."""
    if law is None:
        return ()
    there = {each.key for each in elements}
    lacking: dict[str, Finding] = {}
    for row in law.elements:
        if row.required and not row.when and row.key not in there:
            found = _lacks(row, law)
            lacking.setdefault(found.field or row.key, found)  # two may lack the same field
    return tuple(lacking.values())


def _half_addresses(fill: Fill, law: Law | None) -> tuple[Finding, ...]:
    """Refuse an address the law requires and nobody could go to: it has a street line and a city."""
    addresses = {"patient_address": fill.prescription.patient.address}
    if fill.pharmacy is not None:
        addresses["pharmacy_address"] = fill.pharmacy.address
    return tuple(
        _lacks(row, law, field)
        for row in (law.elements if law else ())
        if law and row.required and row.key in addresses
        for field in _gaps(addresses[row.key], FIELD_OF[row.key].rpartition(".")[0])
    )


def _gaps(address: Address, stem: str) -> tuple[str, ...]:
    """Name the fields an address lacks; none when all of it is missing: that is told already."""
    if not str(address).strip():
        return ()
    parts = {
        f"{stem}.line": any(line.strip() for line in address.lines),
        f"{stem}.city": bool(address.city.strip()),
    }
    return tuple(field for field, there in parts.items() if not there)


def _lacks(row: LawElement, law: Law, field: str = "") -> Finding:
    """Refuse a label that lacks an element, naming its field and who asks for it."""
    field = field or FIELD_OF.get(row.key, "")
    element = row.key.replace("_", " ")
    if all(each.strip().startswith(HOUSE) for each in row.citation.split(";")):
        return stop("label.house-missing", field, Settler.NOBODY, element=element)
    asks = f"{law.name} ({row.citation})"
    return stop("label.element-missing", field, Settler.NOBODY, element=element, law=asks)


def _odd_number(fill: Fill) -> tuple[Finding, ...]:
    """Refuse a prescription number no mark can carry as it is; it is never altered to fit."""
    number = fill.prescription.number
    if _RX_NUMBER.fullmatch(number):
        return ()
    odd = " ".join(dict.fromkeys(_RX_NUMBER.sub("", number)))
    return (stop("label.rx-number-odd", "rx_number", Settler.NOBODY, characters=odd),)


def _misread(elements: tuple[Element, ...]) -> tuple[Finding, ...]:
    found = []
    for each in elements:
        if each.key in {"drug", "purpose", *HOW_TO_TAKE} or each.zone is Zone.WARNINGS:
            form = forbidden(f"{each.lead} {each.text}")
            if form:
                found.append(
                    stop("label.misread", each.field, Settler.NOBODY, form=form, text=each.text)
                )
    return tuple(found)


def _never(elements: tuple[Element, ...], law: Law | None) -> tuple[Finding, ...]:
    """Refuse words that may never stand on a label; what a law itself dictates is not among them."""
    return tuple(
        stop(
            "label.never",
            each.field,
            Settler.NOBODY,
            form=form,
            text=each.text,
            instead=row.instead,
            law=row.citation,
        )
        for each in elements
        if each.key not in NAMES | SENTENCES
        for row in (law.nevers if law else ())
        if (form := row.found_in(each.key, f"{each.label} {each.lead} {each.text}"))
    )
