"""An element of a FHIR message and the account of which elements were read.

Whatever no reader asked for is listed by its path: nothing of a message vanishes in silence.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from labelapp.intake.limits import Numeral, bounded, bounded_list, short

MOST_READ = 200
"""Entries of one list that a reader looks at: names, telephone numbers, codings. No message has
more, and what is longer is refused rather than gone through once for every prescription."""


class Account(enum.IntEnum):
    """What became of an element: read, passed over as harmless, or passed over and weighty."""

    READ = 0
    LIGHT = 1
    WEIGHTY = 2


Lines = list[tuple[str, Account]]
Known = dict[tuple[str, Account], Lines]


@dataclass
class Ledger:
    """The paths of the elements that were read, and of those another word already covers.

    `reached` are the entries of a bundle that a reference led to. `known` holds the account of
    what no reader touched; the prescriptions of one message share it.
    """

    read: set[str] = field(default_factory=set)
    light: set[str] = field(default_factory=set)
    reached: set[str] = field(default_factory=set)
    known: Known = field(default_factory=dict)

    def touched(self) -> set[str]:
        """Give every path that was read or passed over, with all the paths above it."""
        marked = self.read | self.light
        return marked | {path[: cut.start()] for path in marked for cut in _STEP.finditer(path)}


@dataclass(frozen=True)
class Element:
    """A place in a message: its value (None when it is not there), its path and the ledger."""

    value: Any
    path: str
    ledger: Ledger

    def __bool__(self) -> bool:
        """Tell whether the message has this element."""
        return self.value is not None

    def part(self, key: str) -> Element:
        """Give the element under a key; an empty one when there is none."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return Element(value, _below(f"{self.path}.{_segment(key)}", value), self.ledger)

    def down(self, *keys: str) -> Element:
        """Give the element under one key after another."""
        found = self
        for key in keys:
            found = found.part(key)
        return found

    def parts(self, key: str) -> list[Element]:
        """Give the entries of a list; one thing where the standard wants a list counts as one.

        Raises UnreadableFile when there are more than any message has.
        """
        found = self.part(key)
        if not found:
            return []
        if not isinstance(found.value, list):
            return [found]
        bounded_list(found.path, found.value, MOST_READ)
        return [
            Element(each, _below(f"{found.path}[{place}]", each), self.ledger)
            for place, each in enumerate(found.value)
            if each is not None
        ]

    def text(self) -> str:
        """Read a text, a number or a code as written; empty, and not read, when it is an object."""
        if isinstance(self.value, bool):
            found = "true" if self.value else "false"
        elif isinstance(self.value, str):
            found = str(self.value).strip()
        else:
            return ""
        self.ledger.read.add(self.path)
        return bounded(self.path, found)

    def at(self, key: str) -> str:
        """Read the text under a key."""
        return self.part(key).text()

    def number(self, key: str) -> Numeral | None:
        """Read the number under a key; a text where a number belongs stays unread."""
        found = self.part(key)
        if not isinstance(found.value, Numeral):
            return None
        found.text()
        return found.value

    def truth(self, key: str) -> bool | None:
        """Read a yes or no; None when there is none or it is no yes or no."""
        found = self.part(key)
        if not isinstance(found.value, bool):
            return None
        found.text()
        return found.value

    def pass_over(self, *keys: str) -> None:
        """Mark what stands under the keys as harmless: its sense was read elsewhere."""
        for key in keys:
            self.ledger.light.add(self.part(key).path)


def root(document: dict[str, Any], known: Known | None = None) -> Element:
    """Give the element a message begins with, with a fresh account.

    `known` is what the account of another prescription of the same message already found out.
    """
    return Element(document, _below("", document), Ledger(known={} if known is None else known))


def entry(bundle: Element, place: int) -> Element:
    """Give one entry of a bundle by its place."""
    return Element(bundle.value["entry"][place], f"{bundle.path}.entry[{place}]", bundle.ledger)


_STEP = re.compile(r"[.\[]")


def _segment(key: str) -> str:
    """Write a key so that it reads as one step of a path and never as the path of another."""
    return _STEP.sub(lambda sign: f"<U+{ord(sign.group()):04X}>", short(key))


def _below(path: str, value: Any) -> str:
    """Name a place; where a resource begins, its type stands in the path."""
    kind = value.get("resourceType") if isinstance(value, dict) else None
    if not isinstance(kind, str):
        return path
    return f"{path}.{short(kind)}".lstrip(".")


def words(concept: Element) -> str:
    """Read a coded concept by its words: its text, else the first display.

    The codes behind the words are passed over then; a concept of bare codes stays unread.
    """
    codings = concept.parts("coding")
    shown = [coding for coding in codings if isinstance(coding.part("display").value, str)]
    found = concept.at("text") or (shown[0].at("display") if shown else "")
    if found:
        for coding in codings:
            coding.pass_over("system", "code", "version", "userSelected", "id")
        for coding in shown:
            if coding.part("display").value.strip().casefold() == found.casefold():
                coding.at("display")
    return found


def whole(element: Element) -> int | None:
    """Give a whole number from 1 to 1,000, not yet read; None for anything else."""
    number = exact(element)
    if number is None or number != number.to_integral_value() or not 1 <= number <= 1000:
        return None
    return int(number)


def exact(element: Element) -> Decimal | None:
    """Give a number exactly, not yet read; None for none, or one outside any prescription."""
    if not isinstance(element.value, Numeral):
        return None
    try:
        number = Decimal(element.value)
    except InvalidOperation:
        return None
    return number if number.is_finite() and -9 < number.adjusted() < 9 else None


def codes(concept: Element) -> list[tuple[str, str]]:
    """Give the (system, code) pairs of a concept without reading them."""
    return [
        (str(each.part("system").value or ""), str(each.part("code").value or ""))
        for each in concept.parts("coding")
    ]


def account(message: Element, skip: frozenset[str]) -> tuple[list[str], list[str]]:
    """Give the paths that were not read, and the weighty ones of them, folded as far as they go.

    What stands below a path of `skip` is left out: it is another prescription's.
    """
    lines = _account(message, Account.WEIGHTY, skip, message.ledger.touched())
    unread = [path for path, what in lines if what is not Account.READ]
    return unread, [path for path, what in lines if what is Account.WEIGHTY]


def _account(place: Element, worst: Account, skip: frozenset[str], touched: set[str]) -> Lines:
    """Give what became of a place and all below it; what nobody touched is gone through once."""
    if place.path in skip:
        return []
    if place.path in touched:
        return _looked_through(place, worst, skip, touched)
    known, key = place.ledger.known, (place.path, worst)
    if key not in known:
        known[key] = _looked_through(place, worst, skip, touched)
    return known[key]


def _looked_through(
    place: Element, worst: Account, skip: frozenset[str], touched: set[str]
) -> Lines:
    if place.path in place.ledger.light:
        worst = Account.LIGHT
    below = _children(place)
    if below is None:
        return [(place.path, _of_leaf(place, worst))]
    lines = [line for each in below for line in _account(each, worst, skip, touched)]
    classes = {what for _, what in lines}
    return [(place.path, classes.pop())] if len(classes) == 1 else lines


def _children(place: Element) -> list[Element] | None:
    if isinstance(place.value, dict):
        return [place.part(key) for key in place.value]
    if isinstance(place.value, list):
        return [
            Element(each, _below(f"{place.path}[{spot}]", each), place.ledger)
            for spot, each in enumerate(place.value)
        ]
    return None


def _of_leaf(place: Element, worst: Account) -> Account:
    if not place or place.path in place.ledger.read:
        return Account.READ
    return worst if is_weighty(place.path) else Account.LIGHT


_PLACE = re.compile(r"\[\d+\]")
_HARMLESS = {
    "MedicationRequest": {
        "basedOn", "category", "context", "courseOfTherapyType", "definition", "encounter",
        "eventHistory", "groupIdentifier", "id", "identifier", "informationSource",
        "instantiatesCanonical", "instantiatesUri", "insurance", "language", "meta", "performer",
        "performerType", "priority", "reason", "reasonCode", "reasonReference", "recorder",
        "requester", "supportingInformation", "text",
    },
    "Medication": {"batch", "id", "identifier", "language", "manufacturer", "meta", "text"},
    "Patient": {
        "address", "communication", "contact", "extension", "gender", "generalPractitioner", "id",
        "identifier", "language", "managingOrganization", "maritalStatus", "meta", "photo",
        "telecom", "text",
    },
}  # fmt: skip
"""What may stay unread in a resource without changing drug, dose, directions or patient."""
_OTHERS = {
    "Coverage", "Location", "MessageHeader", "Organization", "Practitioner", "PractitionerRole",
    "Provenance", "Substance",
}  # fmt: skip
"""Resources of which nothing but a modifier can change the prescription."""


def is_weighty(path: str) -> bool:
    """Tell whether an unread element could change drug, dose, directions, quantity or patient.

    What this table does not know is weighty. A modifier always is (FHIR R4, 2.3.1.6: a reader
    that does not understand a modifier element may not go on as if it were not there).
    """
    parts = _PLACE.sub("", path).split(".")
    if {"modifierExtension", "implicitRules"} & set(parts):
        return True
    if parts[-1] == "resourceType":
        return False
    kinds = [place for place, part in enumerate(parts) if part[:1].isupper()]
    kind, rest = parts[kinds[-1]], parts[kinds[-1] + 1 :]
    if kind in _OTHERS or (kind == "Bundle" and rest[1:2] != ["resource"]):
        return False
    if kind == "Patient" and rest[:1] == ["name"]:
        return rest[1:2] in (["family"], ["given"], ["text"])
    return not rest or rest[0].lstrip("_") not in _HARMLESS.get(kind, set())
