"""What each file of rows must at least hold: a file that was emptied or cut off is damage.

A warning that is silently not there is worse than a program that does not start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from labelapp.rx.errors import BadResource

Table = Mapping[str, Any]

_EVERYWHERE = frozenset(
    {"pharmacy", "pharmacy_address", "rx_number", "date_filled", "prescriber", "patient"}
    | {"directions", "drug"}
)
"""What the law of every state asks for but New York, which counts from the day of compounding."""

_STATES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "ny": _EVERYWHERE - {"date_filled"}
        | {"patient_address", "compounded_on", "pharmacy_phone"},
        "tx": _EVERYWHERE
        | {"pharmacy_phone", "quantity", "bud", "compounded_by", "storage", "rph_initials"},
        "fl": _EVERYWHERE | {"bud"},
        "nj": _EVERYWHERE | {"pharmacy_phone", "quantity", "bud", "storage"},
        "il": _EVERYWHERE | {"quantity", "bud", "lot", "compounded_by", "rph_initials"},
        "pa": _EVERYWHERE | {"pharmacy_phone", "quantity", "lot", "compounded_by"},
        "wa": _EVERYWHERE | {"quantity", "refills", "transfer", "bud", "lot", "compounded_by"},
        "or": _EVERYWHERE
        | {"pharmacy_phone", "quantity", "bud", "description", "form_route", "storage"},
        "nv": _EVERYWHERE | {"quantity", "bud", "lot", "purpose", "caution"},
    }
)

IDS: Mapping[str, tuple[str, str, frozenset[str]]] = MappingProxyType(
    {
        **{f"law/{state}.toml": ("elements", "key", keys) for state, keys in _STATES.items()},
        "auxiliary/ldn.toml": ("warnings", "id", frozenset({"OPI", "SURG", "PREG", "DREM"})),
        "auxiliary/every.toml": (
            "warnings",
            "id",
            frozenset({"EXT", "SLNG", "SHAK", "SYRG", "FRIG", "LITE", "CHLD", "CMP"}),
        ),
        "compounds/naltrexone.toml": (
            "questions",
            "id",
            frozenset({"opioid", "liver", "pregnancy", "intolerance"}),
        ),
        "law/us.toml": (
            "elements",
            "key",
            frozenset(
                {"pharmacy", "pharmacy_address", "rx_number", "date_filled", "prescriber"}
                | {"patient", "directions", "drug", "quantity", "bud", "lot", "storage"}
            ),
        ),
        "law/ca.toml": (
            "elements",
            "key",
            frozenset(
                {"patient", "drug", "directions", "purpose", "pharmacy", "pharmacy_address"}
                | {"rx_number", "prescriber", "date_filled", "quantity", "bud", "lot", "storage"}
                | {"compounded_by", "pharmacy_phone"}
            ),
        ),
        "leaflet/en.toml": (
            "sentence",
            "id",
            frozenset({"opioid.stop", "opioid.treatment", "opioid.more", "what.approved"})
            | {"missed.take", "missed.use", "surgery.tell", "before.liver", "before.pregnant"}
            | {"urgent.911", "store.room", "store.cold", "store.bud", "store.left-over"},
        ),
        "stocks/thermal.toml": ("stock", "id", frozenset({"thermal-4x2", "thermal-4x3"})),
    }
)
"""Rows that must be there by their name: the list they stand in, the key of the name, the names."""

PARTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "access.toml": frozenset(
            {"view", "enter", "print", "reprint", "void", "review", "verify", "vouch", "stand"}
            | {"record-lot", "release-lot", "recall", "approve", "settings", "people", "audit"}
            | {"export", "backup", "restore", "stocks"}
        ),
        "compounds/naltrexone.toml": frozenset(
            {"synonyms", "look_alikes", "warnings", "daily", "uncounted", "odd", "formulary"}
            | {"avoid", "release"}
        ),
        "fits.toml": frozenset({"fit"}),
        "law/us.toml": frozenset({"block", "rules", "never"}),
        "law/ca.toml": frozenset({"block", "phrases", "rules", "never"}),
        "law/nj.toml": frozenset({"block"}),
        "law/ny.toml": frozenset({"block"}),
        "law/tx.toml": frozenset({"block"}),
        "phrases/en.toml": frozenset({"standard", "spread", "symptom"}),
        "settings.toml": frozenset({"inactives", "order_words"}),
        "sig/en.toml": frozenset({"language", "most"}),
        "stocks/sheets.toml": frozenset({"stock"}),
        "syringes.toml": frozenset({"syringes"}),
        "label/en.toml": frozenset({"says_already", "names"}),
        "leaflet/en.toml": frozenset({"section"}),
    }
)
"""Parts that must be there and hold something, of which the readers themselves would let none be."""

FOLDERS: Mapping[str, str] = MappingProxyType(
    {"auxiliary": "warnings", "law": "elements", "stocks": "stock"}
)
"""The list that every file of a folder must fill, also a file of a pharmacy's own."""

SHORTEST_LEXICON = 400
"""Words of directions that are known at least; the table of a language has some more."""


def demand(name: str, table: Table) -> None:
    """Hold a file's table against what it must hold. Raises BadResource naming what lacks."""
    part = FOLDERS.get(name.partition("/")[0])
    for key in sorted(PARTS.get(name, frozenset()) | ({part} if part else set())):
        if not table.get(key):
            raise BadResource("resource.bad-row", name=name, row=key, key=key)
    listed, called, ids = IDS.get(name, ("", "", frozenset()))
    for lacks in sorted(ids - set(_names(table.get(listed), called))):
        raise BadResource("resource.bad-row", name=name, row=lacks, key=called)
    if name.startswith("sig/") and _words(table) < SHORTEST_LEXICON:
        raise BadResource("resource.bad-row", name=name, row="section", key="rows")
    if name.startswith("screen/") and not table:
        raise BadResource(name=name)


def demand_files(root: Path, folder: str) -> None:
    """Hold a folder against the files it must hold. Raises BadResource naming the one missing."""
    for name in sorted({*IDS, *PARTS}):
        if name.startswith(f"{folder}/") and not (root / name).is_file():
            raise BadResource("resource.missing", name=name)


def sound(name: str, read: Callable[[Any, str], Any], table: Table) -> Any:
    """Read a file's table; whatever the reader stumbles over is damage of that file."""
    try:
        return read(table, name)
    except (AttributeError, LookupError, TypeError, ValueError, ArithmeticError) as broken:
        raise BadResource(name=name) from broken


def _names(rows: object, called: str) -> Iterator[str]:
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and isinstance(row.get(called), str):
            yield row[called]


def _words(table: Table) -> int:
    sections = table.get("section")
    rows = [
        section.get("rows")
        for section in (sections if isinstance(sections, list) else [])
        if isinstance(section, dict)
    ]
    return sum(len(each) for each in rows if isinstance(each, list))
