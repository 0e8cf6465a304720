"""The elements of a label: where each stands, from which field, and how its words are found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from labelapp.label.document import CONVENIENCE, DIRECTIONS, TRANSLATION, VIAL, Weight, Zone
from labelapp.label.wording import Wording
from labelapp.rules.assess import Assessment
from labelapp.rx.compound import Part
from labelapp.rx.dates import label_date
from labelapp.rx.directions import Route
from labelapp.rx.fill import Fill
from labelapp.rx.lot import Lot
from labelapp.rx.people import Address

LAST_TO_GO = CONVENIENCE - 1
"""`drop` of the first that goes of what is more than a convenience: the refills, then warnings."""


@dataclass(frozen=True)
class Case:
    """Everything an element may take its words from: fill, assessment and the label's own words."""

    fill: Fill
    assessment: Assessment
    wording: Wording


@dataclass(frozen=True)
class Asked:
    """An element the house prints: where, from which field, and how its words are found.

    A `named` one has a quiet word before it ("Qty"), or what `called` says, a `framed` one stands
    in a phrase of the wording ("Compounded by ..."). `drop` above 0 lets it give way where no law requires it; one
    that is `by_law` stands only where a law asks for it; `why` is the house's own reason.
    """

    key: str
    zone: Zone
    field: str
    say: Callable[[Case], str]
    why: str
    weight: Weight = Weight.BOLD
    named: bool = False
    framed: bool = False
    drop: int = 0
    by_law: bool = False
    short: Callable[[Case], str] | None = None
    called: Callable[[Case], str] | None = None


def _vial(case: Case) -> str:
    """Say which container of a set this is, and the days of the sig it is for."""
    place = case.fill.vial
    if place is None or place.first is None or place.last is None:
        return _vial_alone(case)
    if place.total == 1:
        return ""
    about = {"n": place.number, "total": place.total, "first": place.first, "last": place.last}
    frame = "vial_day" if place.first == place.last else "vial_days"
    return case.wording.word(frame, **{key: str(number) for key, number in about.items()})


def _vial_alone(case: Case) -> str:
    """Say which container of a set this is; its days stand before its directions too."""
    place = case.fill.vial
    if place is None or place.total == 1:
        return ""
    return case.wording.word("vial", n=str(place.number), total=str(place.total))


def _first_filled(case: Case) -> str:
    """Say the day the prescription was first filled; on the first fill it is the fill's own."""
    day = case.fill.first_filled if case.fill.number else case.fill.filled_on
    return label_date(day) if day else ""


def _purpose(case: Case) -> str:
    written = case.fill.prescription.purpose.strip()
    if not written:
        return ""
    if written.casefold().startswith("for "):
        return written[:1].upper() + written[1:]
    return case.wording.word("purpose", value=written)


def _refills(case: Case) -> str:
    left = case.fill.refills_left
    if not left:
        return case.wording.word("refills_none")
    until = case.assessment.refills_until
    if until is None:
        return str(left)
    return case.wording.word("refills_some", count=str(left), date=label_date(until))


def _bud(case: Case) -> str:
    return label_date(case.assessment.bud.last_day) if case.assessment.bud else ""


def _of_lots(say: Callable[[Lot], str], apart: str = ", ") -> Callable[[Case], str]:
    """Say one thing of every lot, each once."""
    return lambda case: apart.join(dict.fromkeys(say(lot) for lot in case.fill.lots))


def _description(case: Case) -> str:
    """Say what every lot looks like; nothing while one of them is not described."""
    said = [lot.description.strip() for lot in case.fill.lots]
    return "; ".join(dict.fromkeys(said)) if all(said) else ""


def _form_route(case: Case) -> str:
    return case.wording.form_and_route(case.fill.prescription.compound.form, _routes(case))


def _route_alone(case: Case) -> str:
    """Say the route alone: the form stands with the drug already."""
    return case.wording.route_alone(case.fill.prescription.compound.form, _routes(case))


def _routes(case: Case) -> tuple[Route, ...]:
    steps = case.fill.prescription.sig.steps
    return tuple(dict.fromkeys(step.route for step in steps if step.route))


def _filler(case: Case) -> str:
    compound = case.fill.prescription.compound
    return ", ".join(each.name for each in compound.ingredients if each.part is Part.FILLER)


def _pharmacy_address(case: Case) -> str:
    return _one_line(case.fill.pharmacy.address) if case.fill.pharmacy else ""


def _one_line(address: Address) -> str:
    """Say an address on one line; state and postal code stay together when it is broken."""
    place = " ".join(part for part in (address.state, address.postal_code) if part)
    return str(address).removesuffix(place) + place.replace(" ", "\N{NO-BREAK SPACE}")


def _pharmacy(case: Case) -> str:
    return case.fill.pharmacy.name if case.fill.pharmacy else ""


_REGULAR = Weight.REGULAR
_CORE = "House: in the core set of all states studied"

ASKED: tuple[Asked, ...] = (
    Asked("pharmacy", Zone.HEADER, "pharmacy.name", _pharmacy, _CORE),
    Asked(
        "pharmacy_address", Zone.HEADER, "pharmacy.address.line",
        _pharmacy_address,
        _CORE, _REGULAR,
    ),
    Asked(
        "pharmacy_phone", Zone.HEADER, "pharmacy.phone",
        lambda case: case.fill.pharmacy.phone if case.fill.pharmacy else "", _CORE, _REGULAR,
    ),
    Asked(
        "rx_number", Zone.HEADER, "rx_number",
        lambda case: case.fill.serial if case.fill.prescription.number else "", _CORE, named=True,
    ),
    Asked(
        "patient", Zone.BLOCK, "patient.family",
        lambda case: str(case.fill.prescription.patient.name), _CORE,
    ),
    Asked(
        "drug", Zone.BLOCK, "compound.ingredients.0.name",
        lambda case: str(case.fill.prescription.compound), _CORE,
    ),
    Asked(
        "purpose", Zone.BLOCK, "purpose", _purpose,
        "USP <17>: purpose in plain words when the prescriber wrote it", _REGULAR,
    ),
    Asked(
        VIAL, Zone.FACTS, "fill.vials.0.quantity", _vial,
        "House: tells the containers of one fill apart, and which is taken first", named=True,
        short=_vial_alone,
        called=lambda case: case.wording.container[case.fill.prescription.compound.form.value],
    ),
    Asked(
        "quantity", Zone.FACTS, "fill.quantity", lambda case: str(case.fill.quantity), _CORE,
        named=True,
    ),
    Asked(
        "date_filled", Zone.FACTS, "fill.date", lambda case: label_date(case.fill.filled_on), _CORE,
        named=True,
    ),
    Asked(
        "date_first_filled", Zone.FACTS, "fill.first_filled", _first_filled,
        "House: where a state asks for it", named=True, by_law=True,
    ),
    Asked(
        "compounded_on", Zone.FACTS, "lots.0.made_on",
        _of_lots(lambda lot: label_date(lot.made_on)),
        "House: the beyond-use date is counted from it", named=True,
    ),
    Asked(
        "prescriber", Zone.FACTS, "prescriber.name",
        lambda case: str(case.fill.prescription.prescriber.name), _CORE, named=True,
    ),
    Asked(
        "lot", Zone.FACTS, "lots.0.number", _of_lots(lambda lot: lot.number),
        "USP <795>, section 9: internal identification number", named=True,
    ),
    Asked(
        "refills", Zone.FACTS, "fill.refills_left", _refills, "House: spares the patient a call",
        named=True, drop=LAST_TO_GO, short=lambda case: str(case.fill.refills_left or ""),
    ),
    Asked(
        "filler", Zone.FACTS, "compound.ingredients.0.name", _filler,
        "House: patients who do not tolerate a filler look for it", named=True, drop=80,
    ),
    Asked(
        "date_written", Zone.FACTS, "written",
        lambda case: label_date(case.fill.prescription.written),
        "House: tells two prescriptions apart", named=True, drop=70,
    ),
    Asked("bud", Zone.FACTS, "lots.0.bud", _bud, _CORE, named=True),
    Asked(
        "storage", Zone.FACTS, "lots.0.storage",
        lambda case: _of_lots(lambda lot: case.wording.storage[lot.storage.value], "; ")(case),
        "USP <659>", _REGULAR,
        short=lambda case: _of_lots(
            lambda lot: case.wording.storage_short[lot.storage.value], "; "
        )(case),
    ),
    Asked(
        "patient_address", Zone.FACTS, "patient.address.line",
        lambda case: _one_line(case.fill.prescription.patient.address),
        "House: where a state asks for it", _REGULAR, named=True, by_law=True,
    ),
    Asked(
        "description", Zone.FACTS, "lots.0.description",
        _description,
        "House: what the medicine looks like, so that another is noticed", _REGULAR, named=True,
        drop=75,
    ),
    Asked(
        "form_route", Zone.FOOT, "compound.form", _form_route,
        "USP <795>, section 9: dosage form and route", _REGULAR, short=_route_alone,
    ),
    Asked(
        "compounded_by", Zone.FOOT, "pharmacy.name", _pharmacy,
        "USP <795>, section 9: says that it is compounded", _REGULAR, framed=True,
        short=lambda case: case.wording.word("compounded_short"),
    ),
    Asked(
        "rph_initials", Zone.FOOT, "", lambda case: case.wording.word("rph_initials"),
        "House: the pharmacist's initials before it is handed over", _REGULAR,
    ),
)  # fmt: skip

ORDER = {
    key: place for place, key in enumerate(("sample", "patient", "drug", "directions", "purpose"))
} | {each.key: 10 + place for place, each in enumerate(ASKED) if each.zone is not Zone.BLOCK}
ORDER[TRANSLATION] = ORDER[DIRECTIONS]
"""Where each element stands among the others of its zone; a translation keeps to its English."""
LAST = 99
"""The place of what has none: the warnings keep their own order, the serial ends the foot."""
