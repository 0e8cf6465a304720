"""The law of the state: what must stand on the label, where, and how large."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from labelapp.rules.never import Never, read_never
from labelapp.rules.row import STANDING, Reader, Row

FEDERAL = "US"
"""The jurisdiction whose rows hold in every state."""

WHEN = frozenset({"", "written"})
"""When an element is required: always, or only when the prescription has it."""

ZONES = frozenset({"header", "block", "facts", "warnings", "foot"})
"""The parts of a label, by the names the label itself uses."""

KEYS = frozenset(
    {
        "pharmacy", "pharmacy_address", "pharmacy_phone", "rx_number", "patient", "drug",
        "directions", "purpose", "prescriber", "date_filled", "date_first_filled", "date_written", "quantity",
        "refills", "bud", "lot", "compounded_on", "storage", "form_route", "compounded_by",
        "rph_initials", "filler", "patient_address", "description", "transfer", "caution",
    }
)  # fmt: skip
"""The elements a law can ask for, by the keys the label uses."""

SENTENCES = frozenset({"transfer", "caution"})
"""Elements that are a sentence of the law's own, word for word, and nothing of the fill."""


@dataclass(frozen=True)
class LawElement(Row):
    """One element that a law asks for, with the paragraph that asks.

    `required` elements stand on every label, those with `when` "written" only when the
    prescription has them; an element that is not required may give way when the label is tight.
    `least_pt` is 0 when the law names no size; `wording` is the law's own text where it has one,
    with `{value}` where the value stands; one of SENTENCES is nothing but its wording.
    """

    key: str
    required: bool
    zone: str
    least_pt: float = 0.0
    wording: str = ""
    citation: str = ""
    when: str = ""


@dataclass(frozen=True)
class LawRule(Row):
    """A rule of a law that is no single element: the block's share, the standard phrases.

    `says` is what it asks, in our words, where the label's design answers to it and no value does.
    """

    key: str
    citation: str
    says: str = ""


@dataclass(frozen=True)
class Law:
    """What one jurisdiction asks of a label.

    The block takes at least `block_share` of the label (0 when the law has no block) and may grow
    to `grow_to`; when it is `exclusive_block`, nothing but its four things stands in it.
    `standard_phrases` says that directions which match a phrase of the state print it exactly.
    `nevers` are words that may not stand on the label.
    """

    jurisdiction: str
    name: str
    elements: tuple[LawElement, ...]
    block_share: float = 0.0
    block_least_pt: float = 0.0
    grow_to: float = 0.7
    exclusive_block: bool = False
    standard_phrases: bool = False
    rules: tuple[LawRule, ...] = ()
    nevers: tuple[Never, ...] = ()

    def element(self, key: str) -> LawElement | None:
        """Give the row for one element; None when the law does not speak of it."""
        return next((each for each in self.elements if each.key == key), None)

    def rule(self, key: str) -> LawRule | None:
        """Give the row for a rule (`block`, `phrases`, ...), the state's before the federal one."""
        return next((each for each in self.rules if each.key == key), None)

    @property
    def unapproved(self) -> tuple[str, ...]:
        """Name the rows nobody approved yet: listed once per state, never on each label."""
        rows: tuple[LawElement | LawRule, ...] = (*self.elements, *self.rules)
        unsaid = (each.id for each in self.nevers if not each.is_approved)
        return (*(each.key for each in rows if not each.is_approved), *unsaid)


def merged(federal: Law, state: Law) -> Law:
    """Put a state's rows over the federal ones: the stricter of the two holds for each element."""
    keys = [each.key for each in federal.elements]
    keys += [each.key for each in state.elements if federal.element(each.key) is None]
    return Law(
        jurisdiction=state.jurisdiction,
        name=state.name,
        elements=tuple(_stricter(federal.element(key), state.element(key)) for key in keys),
        block_share=max(federal.block_share, state.block_share),
        block_least_pt=max(federal.block_least_pt, state.block_least_pt),
        grow_to=state.grow_to,
        exclusive_block=federal.exclusive_block or state.exclusive_block,
        standard_phrases=federal.standard_phrases or state.standard_phrases,
        rules=(*state.rules, *federal.rules),
        nevers=(*federal.nevers, *state.nevers),
    )


def _stricter(federal: LawElement | None, state: LawElement | None) -> LawElement:
    if federal is None or state is None:
        row = federal or state
        assert row is not None, "a key comes from one of the two laws"
        return row
    always = any(each.required and not each.when for each in (federal, state))
    approved = federal.is_approved and state.is_approved
    return LawElement(
        key=state.key,
        required=federal.required or state.required,
        zone=state.zone,
        least_pt=max(federal.least_pt, state.least_pt),
        wording=state.wording or federal.wording,
        citation=f"{state.citation}; {federal.citation}",
        when="" if always else state.when or federal.when,
        verified=federal.verified and state.verified,
        approved_by=state.approved_by if approved else "",
        approved_on=state.approved_on if approved else "",
    )


def read_law(table: Mapping[str, Any], file: str) -> Law:
    """Read a law from its file's table. Raises BadResource naming file, row and key."""
    top = Reader(table, file, "law")
    top.only({"jurisdiction", "name", "block", "phrases", "rules", "elements", "never"})
    block, phrases = top.table("block"), top.table("phrases")
    block.only({"share", "grow_to", "least_pt", "exclusive"})
    phrases.only({"standard"})
    return Law(
        jurisdiction=top.text("jurisdiction"),
        name=top.text("name"),
        elements=tuple(_element(each) for each in top.tables("elements")),
        block_share=float(block.decimal("share")) if block.keys() else 0.0,
        block_least_pt=float(block.decimal("least_pt")) if block.keys() else 0.0,
        grow_to=float(block.decimal("grow_to")) if block.keys() else 0.7,
        exclusive_block=block.flag("exclusive") if block.keys() else False,
        standard_phrases=phrases.flag("standard") if phrases.keys() else False,
        rules=(
            *(
                LawRule(key, each.text("source"), **each.standing())
                for key, each in (("block", block), ("phrases", phrases))
                if each.keys()
            ),
            *map(_rule, top.tables("rules")),
        ),
        nevers=tuple(read_never(each, KEYS) for each in top.tables("never")),
    )


def _rule(row: Reader) -> LawRule:
    row.only({"key", "says"} | STANDING)
    return LawRule(row.text("key"), row.text("source"), row.text("says"), **row.standing())


def _element(row: Reader) -> LawElement:
    row.only({"key", "required", "when", "zone", "least_pt", "wording"} | STANDING)
    key, zone, when = row.text("key"), row.text("zone"), row.text("when", "")
    for name, found, known in (("key", key, KEYS), ("zone", zone, ZONES), ("when", when, WHEN)):
        if found not in known:
            raise row.bad(name)
    wording = row.text("wording", "")
    if not _is_sound(key, wording):
        raise row.bad("wording")
    return LawElement(
        key=key,
        required=row.flag("required"),
        zone=zone,
        least_pt=float(row.decimal("least_pt")) if row.has("least_pt") else 0.0,
        wording=wording,
        citation=row.text("source"),
        when=when,
        **row.standing(),
    )


def _is_sound(key: str, wording: str) -> bool:
    """Tell whether a wording has a place for the value exactly where there is one."""
    if key in SENTENCES:
        return bool(wording) and "{value}" not in wording
    return not wording or "{value}" in wording
