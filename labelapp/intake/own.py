"""The program's own format: one JSON file for one prescription, its keys the names of fields."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from labelapp.intake import carried
from labelapp.intake.limits import (
    MOST_IN_A_LIST,
    MOST_INGREDIENTS,
    Numeral,
    bounded,
    bounded_list,
    examined,
    short,
    whole_text,
)
from labelapp.intake.own_schema import BOOLEANS, DECISION, FORMAT, Tree, schema, tree
from labelapp.rx.decision import Decision
from labelapp.rx.draft import Draft
from labelapp.rx.errors import UnreadableFile
from labelapp.rx.field import FIELDS, general
from labelapp.rx.finding import Finding, ask, note
from labelapp.rx.people import Role

__all__ = ["read", "schema", "write"]

TREE = tree()
_BESIDE = {"format", "decisions", *carried.KEYS}


def read(document: Mapping[str, Any]) -> Draft:
    """Read a document of the own format: every key is a field, or is listed as unread.

    Raises UnreadableFile for another version of the format or a list beyond all bounds.
    """
    if document.get("format") != FORMAT:
        raise UnreadableFile("file.other-version", format=short(str(document.get("format"))))
    written: dict[str, str] = {}
    unread: list[str] = []
    for key, value in document.items():
        if key not in _BESIDE:
            _take(value, TREE.get(key, ...), key, written, unread)
    decisions, spoilt = _decisions(document.get("decisions"))
    came = carried.read(document)
    unread += came.spoilt
    draft = Draft(
        written,
        came.source or FORMAT,
        came.instructions,
        (*came.unread, *unread),
        (*came.weighty, *unread),
        (*came.findings, *_asked(unread), *spoilt),
        decisions,
    )
    return examined(draft)


def _take(value: Any, branch: Any, path: str, written: dict[str, str], unread: list[str]) -> None:
    """Take a value where the tree has a place for it; whatever has none is unread."""
    if value is None:
        return
    if branch is None and _is_leaf(value, path):
        written[path] = bounded(path, _text(value))
    elif isinstance(branch, dict) and "#" in branch and isinstance(value, list):
        most = MOST_INGREDIENTS if path.endswith("ingredients") else MOST_IN_A_LIST
        for place, each in enumerate(bounded_list(path, value, most)):
            _take(each, branch["#"], f"{path}.{place}", written, unread)
    elif isinstance(branch, dict) and "#" not in branch and isinstance(value, dict):
        for key, each in value.items():
            _take(each, _below(branch, key, path), f"{path}.{key}", written, unread)
    else:
        unread.append(short(path))


def _below(branch: Tree, key: str, path: str) -> Any:
    """Give what may stand under a key; `...` when the key is no field."""
    if "*" in branch and general(f"{path}.{key}") in FIELDS and not key.isdigit():
        return branch["*"]
    return branch.get(key, ...) if key not in {"*", "#"} else ...


def _is_leaf(value: Any, path: str) -> bool:
    return isinstance(value, str) or (isinstance(value, bool) and path in BOOLEANS)


def _text(value: Any) -> str:
    return str(value) if isinstance(value, str) else "true" if value else "false"


def _asked(unread: list[str]) -> Iterable[Finding]:
    """Ask about keys that are no field: a mistyped `quantty` must not vanish."""
    if unread:
        yield ask("own.unread", elements=", ".join(unread[:12]), count=str(len(unread)))


def _decisions(value: Any) -> tuple[tuple[Decision, ...], tuple[Finding, ...]]:
    """Read the decisions; one that is damaged decides nothing, so its question stays open."""
    entries = value if isinstance(value, list) else [] if value is None else [value]
    made: list[Decision] = []
    spoilt: list[Finding] = []
    for place, entry in enumerate(bounded_list("decisions", entries, 200)):
        decision = _decision(entry)
        if decision is None:
            spoilt.append(note("own.decision-unread", place=str(place + 1)))
        else:
            made.append(decision)
    return tuple(made), tuple(spoilt)


def _decision(entry: Any) -> Decision | None:
    if not isinstance(entry, dict) or set(entry) - set(DECISION):
        return None
    values = entry.get("values", {})
    texts = {key: entry.get(key, "") for key in DECISION if key != "values"}
    if not isinstance(values, dict) or not _all_texts([*values.values(), *texts.values()]):
        return None
    try:
        at, role = datetime.fromisoformat(texts["at"]), Role(texts["role"])
    except ValueError:
        return None
    pairs = tuple(sorted((key, str(text)) for key, text in values.items()))
    return Decision(
        texts["code"],
        texts["field"],
        pairs,
        texts["choice"],
        texts["by"],
        role,
        at,
        texts["reason"],
    )


def _all_texts(values: Iterable[Any]) -> bool:
    return all(isinstance(value, str) and bounded("decisions", value) == value for value in values)


def write(draft: Draft) -> bytes:
    """Write a draft as a file that `read` reads back the same, for Save."""
    fields: dict[str, Any] = {}
    for path, text in draft.written.items():
        _put(fields, path.split("."), _value(path, text))
    document: dict[str, Any] = {"format": FORMAT, **_listed(fields)}
    if draft.decisions:
        document["decisions"] = [_decision_written(each) for each in draft.decisions]
    document.update(carried.write(draft, FORMAT))
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return whole_text(text).encode() + b"\n"


def _value(path: str, text: str) -> str | bool:
    if path in BOOLEANS and text in {"true", "false"}:
        return text == "true"
    return str(text) if isinstance(text, Numeral) else text


def _put(node: dict[str, Any], parts: list[str], value: Any) -> None:
    *stems, leaf = parts
    for stem in stems:
        node = node.setdefault(stem, {})
    node[leaf] = value


def _listed(node: Any) -> Any:
    """Turn objects whose keys are places into arrays; a place left out holds null."""
    if not isinstance(node, dict):
        return node
    if node and all(key.isascii() and key.isdigit() for key in node):
        last = max(int(key) for key in node)
        if last >= 10 * MOST_IN_A_LIST:
            raise ValueError("no list of a prescription is that long")
        return [_listed(node.get(str(place))) for place in range(last + 1)]
    return {key: _listed(value) for key, value in node.items()}


def _decision_written(decision: Decision) -> dict[str, Any]:
    return {
        "code": decision.code,
        "field": decision.field,
        "values": dict(decision.values),
        "choice": decision.choice,
        "by": decision.by,
        "role": decision.role.value,
        "at": decision.at.isoformat(),
        "reason": decision.reason,
    }
