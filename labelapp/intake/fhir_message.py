"""A FHIR message as one prescription sees it: its resources, its references, its draft so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from labelapp.intake.fhir_element import Element, entry
from labelapp.intake.limits import visible
from labelapp.rx.draft import Instruction
from labelapp.rx.finding import Finding, Settler, Severity


@dataclass
class Sheet:
    """What was read of one prescription so far: fields, structured dosages, findings."""

    written: dict[str, str] = field(default_factory=dict)
    instructions: list[Instruction] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def put(self, path: str, text: str) -> None:
        """Write a field, unless the message says nothing about it."""
        if text:
            self.written[path] = text

    def ask(
        self,
        code: str,
        path: str = "",
        settler: Settler = Settler.CLINICAL,
        choices: tuple[str, ...] = (),
        **values: str,
    ) -> None:
        """Add a question; its values are made visible, for they come from outside."""
        self._add(Severity.ASK, code, path, settler, choices, values)

    def note(self, code: str, path: str = "", **values: str) -> None:
        """Add something to know."""
        self._add(Severity.NOTE, code, path, Settler.ANYONE, (), values)

    def stop(
        self, code: str, path: str = "", settler: Settler = Settler.PHARMACIST, **values: str
    ) -> None:
        """Add what holds the prescription up."""
        self._add(Severity.STOP, code, path, settler, (), values)

    def _add(
        self,
        severity: Severity,
        code: str,
        path: str,
        settler: Settler,
        choices: tuple[str, ...],
        values: dict[str, str],
    ) -> None:
        pairs = tuple(sorted((name, visible(text) or "-") for name, text in values.items()))
        found = Finding(code, severity, settler, path, pairs, (), choices)
        if found not in self.findings:
            self.findings.append(found)


class Register:
    """Where each resource of a bundle stands, by every name a reference may call it.

    It is written once for a message, however many references and prescriptions are in it.
    """

    def __init__(self, bundle: Mapping[str, Any]) -> None:
        self.requests: list[int] = []
        self._by_address: dict[str, list[int]] = {}
        self._by_name: dict[str, list[int]] = {}
        entries = bundle.get("entry")
        for place, each in enumerate(entries if isinstance(entries, list) else []):
            if isinstance(each, dict):
                self._enter(place, each)

    def _enter(self, place: int, each: Mapping[str, Any]) -> None:
        _under(self._by_address, each.get("fullUrl"), place)
        resource = each.get("resource")
        if not isinstance(resource, dict):
            return
        kind, identity = resource.get("resourceType"), resource.get("id")
        if kind == "MedicationRequest":
            self.requests.append(place)
        _under(self._by_name, identity, place)
        if isinstance(kind, str) and isinstance(identity, str):
            _under(self._by_name, f"{kind}/{identity}", place)

    def find(self, wanted: str) -> list[int]:
        """Find by the full address, else by `Type/id`, else by the bare id of an urn."""
        exact = self._by_address.get(wanted)
        if exact:
            return exact
        tail = "/".join(wanted.partition("/_history/")[0].split("/")[-2:])
        bare = wanted.removeprefix("urn:uuid:")
        named = self._by_name.get(bare, []) + (self._by_name.get(tail, []) if "/" in tail else [])
        return list(dict.fromkeys(named))


def _under(names: dict[str, list[int]], name: object, place: int) -> None:
    if isinstance(name, str):
        names.setdefault(name, []).append(place)


@dataclass(frozen=True)
class Message:
    """The whole message, the one request in it that is being read, and where the rest stands."""

    whole: Element
    request: Element
    register: Register

    def resolve(self, reference: Element) -> Element | None:
        """Give the resource a reference means; None when it is not here, or not only one is."""
        wanted = reference.part("reference").value
        if not isinstance(wanted, str) or not wanted:
            return None
        found = self._contained(wanted[1:]) if wanted.startswith("#") else self._entries(wanted)
        if len(found) != 1:
            return None
        reference.at("reference")
        reference.at("type")
        reference.pass_over("display")
        found[0].at("resourceType")
        return found[0]

    def _contained(self, wanted: str) -> list[Element]:
        return [each for each in self.request.parts("contained") if each.part("id").value == wanted]

    def _entries(self, wanted: str) -> list[Element]:
        found = [entry(self.whole, place) for place in self.register.find(wanted)]
        if len(found) == 1:
            self.whole.ledger.reached.add(found[0].path)
        return [each.part("resource") for each in found]
