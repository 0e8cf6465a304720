"""FHIR R4 prescriptions: a MedicationRequest alone, or one or several in a Bundle.

Our own tolerant reader: what is certain is read, what is not is asked, the rest is listed. STU3
and R5 are recognised by their elements and named.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labelapp.intake.fhir_codes import unit_of
from labelapp.intake.fhir_dosage import read_directions
from labelapp.intake.fhir_element import Element, Known, account, entry, root, words
from labelapp.intake.fhir_medication import read_medication
from labelapp.intake.fhir_message import Message, Register, Sheet
from labelapp.intake.fhir_people import read_patient, read_pharmacy, read_prescriber
from labelapp.intake.fhir_timing import days_in
from labelapp.intake.limits import MOST_PRESCRIPTIONS, bounded_list, examined, short
from labelapp.rx.draft import Draft
from labelapp.rx.errors import UnreadableFile
from labelapp.rx.finding import Settler

_REQUEST = "MedicationRequest"


def read(document: Mapping[str, Any]) -> tuple[Draft, ...]:
    """Read a FHIR document: one draft for each MedicationRequest in it.

    Raises UnreadableFile when there is none.
    """
    kind = document.get("resourceType")
    if kind == _REQUEST:
        message = root(dict(document))
        return (_accounted(*_read(Message(message, message, Register({}))), frozenset()),)
    register = Register(document if kind == "Bundle" else {})
    if not register.requests:
        raise UnreadableFile("file.no-prescription", kind=short(str(kind)))
    bounded_list("prescriptions", register.requests, MOST_PRESCRIPTIONS)
    return _of_bundle(document, register)


def _of_bundle(bundle: Mapping[str, Any], register: Register) -> tuple[Draft, ...]:
    """Read each request, then account for each: what only another one refers to is the other's."""
    known: Known = {}
    read_ = []
    for place in register.requests:
        whole_ = root(dict(bundle), known)
        for key in ("resourceType", "type"):
            whole_.at(key)
        read_.append(_read(Message(whole_, entry(whole_, place).part("resource"), register)))
    requests = {entry(read_[0][0].whole, place).path for place in register.requests}
    spoken_of = requests.union(*(message.whole.ledger.reached for message, _ in read_))
    drafts = []
    for place, (message, sheet) in zip(register.requests, read_, strict=True):
        own = message.whole.ledger.reached | {entry(message.whole, place).path}
        drafts.append(_accounted(message, sheet, frozenset(spoken_of - own)))
    return tuple(drafts)


def _read(message: Message) -> tuple[Message, Sheet]:
    sheet = Sheet()
    request = message.request
    request.at("resourceType")
    version = _version(request)
    if version != "R4":
        sheet.ask("fhir.version", version=version)
    _standing(request, sheet)
    read_medication(message, sheet)
    read_patient(message, sheet)
    read_prescriber(message, sheet)
    read_pharmacy(message, sheet)
    read_directions(message, sheet)
    _dispense(request.part("dispenseRequest"), sheet)
    _dates(request, sheet)
    _words_beside(request, sheet)
    return message, sheet


def _accounted(message: Message, sheet: Sheet, skip: frozenset[str]) -> Draft:
    """Make the draft, with the account of what was not read; what stands in `skip` is another's."""
    unread, weighty = account(message.whole, skip)
    _tell_unread(unread, weighty, sheet)
    draft = Draft(
        sheet.written,
        f"FHIR {_version(message.request)}",
        tuple(sheet.instructions),
        tuple(unread),
        tuple(weighty),
        tuple(sheet.findings),
    )
    return examined(draft)


def _version(request: Element) -> str:
    """Tell the version by elements only one of them has."""
    dosages = request.parts("dosageInstruction")
    if request.part("medication") or any(
        isinstance(each.part("asNeeded").value, bool) or each.part("asNeededFor")
        for each in dosages
    ):
        return "R5"
    stu3 = [request.down("requester", "agent"), request.down("substitution", "allowed")]
    stu3 += [each.part(key) for each in dosages for key in ("doseQuantity", "doseRange")]
    return "STU3" if any(stu3) else "R4"


_ORDERS = {"original-order", "reflex-order", "filler-order", "instance-order"}


def _standing(request: Element, sheet: Sheet) -> None:
    """Read whether this is an order that stands: status, intent, and whether it forbids."""
    status, intent = request.at("status"), request.at("intent")
    if not status:
        sheet.ask("fhir.status-missing")
    elif status != "active":
        why = words(request.part("statusReason"))
        sheet.stop("fhir.not-active", status=status, why=why)
    if intent in _ORDERS or not intent:
        sheet.ask("fhir.intent", intent=intent)
    elif intent != "order":
        sheet.stop("fhir.no-order", intent=intent)
    if request.truth("doNotPerform"):
        sheet.stop("fhir.do-not-perform", settler=Settler.NOBODY)
    if request.truth("reportedBoolean") or request.truth("reported"):
        sheet.ask("fhir.reported")


def _dispense(dispense: Element, sheet: Sheet) -> None:
    quantity = dispense.part("quantity")
    value = quantity.number("value")
    word, code = quantity.at("unit"), quantity.at("code")
    quantity.at("system")
    if value is not None and not quantity.part("comparator"):
        unit = unit_of(word, code)
        sheet.put("quantity.value", value)
        sheet.put("quantity.unit", unit.unit.value if unit.unit else word or code)
        if unit.unit is None:
            given = " ".join(each for each in (word, code) if each)
            sheet.ask("fhir.unit-not-known", "quantity.unit", unit=given)
    sheet.put("refills", dispense.number("numberOfRepeatsAllowed") or "")
    _days_supply(dispense.part("expectedSupplyDuration"), sheet)
    validity = dispense.part("validityPeriod")
    start, end = validity.at("start"), validity.at("end")
    if start or end:
        sheet.ask("fhir.validity", "fill.date", Settler.ANYONE, start=start or "-", end=end or "-")


def _days_supply(duration: Element, sheet: Sheet) -> None:
    if not duration:
        return
    days = days_in(duration)
    value, word = duration.at("value"), duration.at("unit")
    unit = word or duration.at("code")
    for key in ("code", "system"):
        duration.at(key)
    if days:
        sheet.put("days_supply", str(days))
    else:
        sheet.ask("fhir.days-not-read", "days_supply", text=f"{value} {unit}".strip())


def _dates(request: Element, sheet: Sheet) -> None:
    """Read the day it was written; with a time, the day may be another one where we are."""
    written = request.at("authoredOn")
    day, _, time = written.partition("T")
    sheet.put("written", day)
    if time:
        sheet.note("fhir.written-at", "written", text=written)


def _words_beside(request: Element, sheet: Sheet) -> None:
    """Read what is said beside the order: the note, the reason, whether another may be given."""
    sheet.put("origin", "electronic")
    sheet.put("note", "\n".join(filter(None, (each.at("text") for each in request.parts("note")))))
    for reason in request.parts("reasonCode") or request.parts("reason"):
        told = words(reason) or words(reason.part("concept"))
        if told:
            sheet.note("fhir.reason", "purpose", reason=told)
    substitution = request.part("substitution")
    allowed = substitution.at("allowedBoolean") or substitution.at("allowed")
    allowed = allowed or words(substitution.part("allowedCodeableConcept"))
    why = words(substitution.part("reason"))
    if allowed or why:
        sheet.note("fhir.substitution", "compound.name", allowed=allowed or "-", why=why or "-")


def _tell_unread(unread: list[str], weighty: list[str], sheet: Sheet) -> None:
    """Ask once about the weighty elements nobody read, and note the rest once."""
    if weighty:
        elements = _some([path.rpartition(".resource.")[2] for path in weighty])
        sheet.ask("fhir.unread-weighty", elements=elements, count=str(len(weighty)))
    grave = set(weighty)
    light = [path for path in unread if path not in grave]
    if light:
        elements = _some([_element(path) for path in light])
        sheet.note("fhir.unread", elements=elements, count=str(len(light)))


def _element(path: str) -> str:
    """Name the element of its resource a path leads into: `Patient.telecom`."""
    short_path = path.rpartition(".resource.")[2]
    return ".".join(short_path.split(".")[:2]).partition("[")[0]


def _some(paths: list[str], most: int = 12) -> str:
    each = list(dict.fromkeys(paths))
    return ", ".join(each[:most]) + (", ..." if len(each) > most else "")
