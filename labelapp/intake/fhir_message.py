"""A FHIR message as one prescription sees it: its resources, its references, its draft so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from labelapp.intake.fhir_element import Element
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


@dataclass(frozen=True)
class Message:
    """The whole message and the one request in it that is being read."""

    whole: Element
    request: Element

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
        """Find by the full address, else by `Type/id`, else by the bare id of an urn."""
        entries = self.whole.parts("entry")
        exact = [each for each in entries if each.part("fullUrl").value == wanted]
        if exact:
            return [each.part("resource") for each in exact]
        tail = wanted.partition("/_history/")[0].split("/")[-2:]
        bare = wanted.removeprefix("urn:uuid:")
        return [
            resource
            for each in entries
            if (resource := each.part("resource"))
            and isinstance(identity := resource.part("id").value, str)
            and (identity == bare or [resource.part("resourceType").value, identity] == tail)
        ]
