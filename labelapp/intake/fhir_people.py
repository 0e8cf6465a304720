"""Patient, prescriber and pharmacy of a FHIR message, each field only where it is certain."""

from __future__ import annotations

from labelapp.intake.fhir_element import Element, codes, words
from labelapp.intake.fhir_message import Message, Sheet
from labelapp.intake.limits import short
from labelapp.rx.finding import Settler

_NPI = "http://hl7.org/fhir/sid/us-npi"
_PAST = {"old", "temp", "maiden", "anonymous"}


def read_patient(message: Message, sheet: Sheet) -> None:
    """Read whom the prescription is for."""
    subject = message.request.part("subject")
    patient = _resource(message, sheet, subject, "patient.name")
    if patient is None:
        return
    if patient.part("resourceType").value != "Patient":
        kind = short(str(patient.part("resourceType").value))
        sheet.stop("fhir.not-a-patient", "patient.name", Settler.NOBODY, kind=kind)
        return
    _name(patient, sheet, "patient")
    sheet.put("patient.born", patient.at("birthDate"))
    sheet.put("patient.sex", patient.at("gender"))
    _reach(patient, sheet, "patient")
    _language(patient, sheet)
    if patient.truth("active") is False:
        sheet.ask("fhir.patient-inactive", "patient.name")
    died = patient.at("deceasedDateTime")
    if died or patient.truth("deceasedBoolean"):
        sheet.stop("fhir.patient-deceased", "patient.name", died=died)


def _resource(message: Message, sheet: Sheet, reference: Element, field: str) -> Element | None:
    """Follow a reference; where it leads nowhere its display is the name, and that is asked."""
    if not reference:
        return None
    found = message.resolve(reference)
    if found is not None:
        return found
    shown = reference.at("display")
    wanted = reference.at("reference") or reference.down("identifier").at("value")
    reference.pass_over("identifier", "type", "extension")
    sheet.put(field, shown)
    sheet.ask("fhir.reference-missing", field, Settler.ANYONE, reference=wanted, shown=shown)
    return None


def _name(person: Element, sheet: Sheet, stem: str) -> None:
    names = [each for each in person.parts("name") if str(each.part("use").value) not in _PAST]
    rank = {"official": 0, "usual": 1}
    names.sort(key=lambda each: rank.get(str(each.part("use").value), 2))
    if not names:
        return
    chosen = names[0]
    chosen.at("use")
    given = " ".join(each.text() for each in chosen.parts("given"))
    parts = {
        "family": chosen.at("family"),
        "given": given,
        "suffix": " ".join(each.text() for each in chosen.parts("suffix")),
    }
    for key, text in parts.items():
        sheet.put(f"{stem}.{key}", text)
    _whole_name(chosen, sheet, stem, parts)
    told = _said(chosen)
    for other in names[1:]:
        if _said(other) == told:
            for each in (other.part("family"), other.part("text"), *other.parts("given")):
                each.text()


def _said(name: Element) -> tuple[str, str]:
    """Give family and given names for comparing, without reading them."""
    given = " ".join(str(each.value) for each in name.parts("given"))
    return str(name.part("family").value).casefold(), given.casefold()


def _whole_name(chosen: Element, sheet: Sheet, stem: str, parts: dict[str, str]) -> None:
    """Read the name written whole: it is the name when there are no parts, else it must agree."""
    whole = chosen.at("text")
    if whole and not parts["family"]:
        sheet.put(f"{stem}.name", whole)
    elif whole and not _words_of(" ".join(parts.values())) <= _words_of(whole):
        named = " ".join(text for text in (parts["given"], parts["family"]) if text)
        sheet.ask("fhir.names-differ", f"{stem}.family", whole=whole, parts=named)


def _words_of(text: str) -> set[str]:
    return set(text.casefold().replace(",", " ").replace(".", " ").split())


def _reach(person: Element, sheet: Sheet, stem: str) -> None:
    """Read telephone and postal address; those marked as old are passed over."""
    phones = [
        each
        for each in person.parts("telecom")
        if each.part("system").value == "phone" and each.part("use").value != "old"
    ]
    if phones and f"{stem}.phone" not in sheet.written:
        sheet.put(f"{stem}.phone", phones[0].at("value"))
        phones[0].pass_over("system", "use", "rank")
    places = [each for each in person.parts("address") if each.part("use").value != "old"]
    if places and f"{stem}.address.line" not in sheet.written:
        _address(places[0], sheet, f"{stem}.address")


def _address(place: Element, sheet: Sheet, stem: str) -> None:
    lines = "\n".join(each.text() for each in place.parts("line"))
    sheet.put(f"{stem}.line", lines or place.at("text"))
    sheet.put(f"{stem}.city", place.at("city"))
    sheet.put(f"{stem}.state", place.at("state"))
    sheet.put(f"{stem}.postal_code", place.at("postalCode"))


def _language(patient: Element, sheet: Sheet) -> None:
    """Read the language when there is one only, or one is preferred."""
    spoken = patient.parts("communication")
    preferred = [each for each in spoken if each.part("preferred").value is True] or spoken
    if len(preferred) != 1:
        return
    language = preferred[0].part("language")
    found = [code for _, code in codes(language) if code]
    preferred[0].truth("preferred")
    if found:
        language.parts("coding")[0].at("code")
        sheet.put("patient.language", found[0])


def read_prescriber(message: Message, sheet: Sheet) -> None:
    """Read who ordered: a practitioner, or a role that leads to one; STU3 names an agent."""
    requester = message.request.part("requester")
    if requester.part("agent"):
        requester = requester.part("agent")
    found = _resource(message, sheet, requester, "prescriber.name")
    if found is None:
        return
    if found.part("resourceType").value == "PractitionerRole":
        _npi(found, sheet)
        _reach(found, sheet, "prescriber")
        role, found = (
            found,
            _resource(message, sheet, found.part("practitioner"), "prescriber.name"),
        )
        _workplace(message, sheet, role)
        if found is None:
            return
    if found.part("resourceType").value != "Practitioner":
        kind = short(str(found.part("resourceType").value))
        sheet.ask("fhir.not-a-prescriber", "prescriber.name", kind=kind)
        return
    _name(found, sheet, "prescriber")
    _npi(found, sheet)
    _reach(found, sheet, "prescriber")


def _npi(person: Element, sheet: Sheet) -> None:
    for each in person.parts("identifier"):
        if each.part("system").value == _NPI and "prescriber.npi" not in sheet.written:
            each.pass_over("system", "use", "type")
            sheet.put("prescriber.npi", each.at("value"))


def _workplace(message: Message, sheet: Sheet, role: Element) -> None:
    """Read where the prescriber works, for telephone and address only."""
    organization = message.resolve(role.part("organization"))
    if organization is not None:
        _reach(organization, sheet, "prescriber")


def read_pharmacy(message: Message, sheet: Sheet) -> None:
    """Read which pharmacy the order was sent to."""
    performer = message.request.down("dispenseRequest", "performer")
    if not performer:
        return
    found = message.resolve(performer)
    if found is None:
        # a bare name would hide the pharmacy's own fields and put no address on the label
        message.request.part("dispenseRequest").pass_over("performer")
        return
    sheet.put("pharmacy.name", found.at("name") or words(found.part("name")))
    _reach(found, sheet, "pharmacy")
