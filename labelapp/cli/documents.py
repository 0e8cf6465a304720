"""The JSON documents: directions, prescriptions, assessments, labels and findings, numbers as strings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from labelapp.dispensing.plain import Plain
from labelapp.dispensing.shown import (
    Shown,
    ShownFinding,
    ShownLabel,
    ShownRule,
    ShownSig,
    ShownStep,
)
from labelapp.rx.draft import Draft
from labelapp.rx.errors import LabelappError
from labelapp.rx.finding import Settler, Severity

Json = dict[str, Any]


def sig_told(shown: ShownSig) -> Json:
    """Give what was understood of directions."""
    return {
        "status": shown.status,
        "steps": [_step(each) for each in shown.steps],
        "lines": [_one_space(line.text) for line in shown.lines],
        "rules": [_rule(each) for each in shown.rules],
        "purpose": shown.purpose,
        "units_for_days": shown.units_for_days,
        **_translations(shown),
        "findings": findings_told(shown.findings),
    }


def _translations(shown: ShownSig) -> Json:
    """Give the language that was asked for and, line by line, what stands beside the English."""
    if not shown.language:
        return {}
    told = [
        {
            "line": _one_space(line.text),
            "translation": _one_space(said.text) if said else None,
            "draft": said is not None and said.draft,
        }
        for line in shown.lines
        for said in (line.translation,)
    ]
    return {"language": shown.language, "translations": told}


def _step(step: ShownStep) -> Json:
    return {
        "sequence": str(step.sequence),
        "dose": {
            "low": str(step.low),
            "high": None if step.high is None else str(step.high),
            "unit": step.unit,
        },
        "dose_mg": step.dose_mg,
        "when": list(step.when),
        "times_per_day": step.times_per_day,
        "start_day": str(step.start_day),
        "end_day": None if step.end_day is None else str(step.end_day),
        "as_needed": step.as_needed,
        "days_on": str(step.days_on),
        "every_days": str(step.every_days),
        "weekdays": list(step.weekdays),
        "clock": list(step.clock),
        "conditions": list(step.conditions),
    }


def _rule(rule: ShownRule) -> Json:
    return {
        "by": str(rule.by),
        "unit": rule.unit,
        "every_days": str(rule.every_days),
        "up_to": str(rule.up_to),
        "first_step": str(rule.first),
        "last_step": str(rule.last),
    }


def findings_told(findings: Sequence[ShownFinding]) -> list[Json]:
    """Give findings as the JSON document holds them, each with its sentence and way out."""
    return [
        {
            "code": each.finding.code,
            "severity": each.finding.severity.value,
            "settled_by": each.finding.settler.value,
            "settled": each.settled,
            "field": each.finding.field,
            "message": each.sentence,
            "way_out": each.way_out,
            "values": dict(each.finding.values),
            "choices": list(each.finding.choices),
            "spans": [[str(span.start), str(span.end)] for span in each.finding.spans],
        }
        for each in findings
    ]


def draft_told(draft: Draft, shown: Shown) -> Json:
    """Give a prescription as it was written, and what was understood of its directions."""
    tree: Json = {}
    for path, text in draft.written.items():
        _plant(tree, path.split("."), text)
    _name_whole(tree, "patient")
    _name_whole(tree, "prescriber")
    listed = _lists(tree)
    return {
        "source": draft.source,
        **listed,
        "steps": [_step(each) for each in shown.sig.steps],
        "lines": [line.text for line in shown.sig.lines],
        "unread": list(draft.unread),
        "findings": findings_told(shown.findings),
    }


def _one_space(text: str) -> str:
    """Write hard spaces as plain ones: where a line may break is the label's own business."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _plant(tree: Json, parts: Sequence[str], text: str) -> None:
    for part in parts[:-1]:
        tree = tree.setdefault(part, {})
    tree[parts[-1]] = text


def _name_whole(tree: Json, person: str) -> None:
    """Give a person's whole name where the source gave its parts."""
    if isinstance(parts := tree.get(person), dict) and "name" not in parts and "family" in parts:
        words = (parts.get("given", ""), parts["family"], parts.get("suffix", ""))
        parts["name"] = " ".join(word for word in words if word)


def _lists(tree: Any) -> Any:
    """Turn places counted from 0 back into lists."""
    if not isinstance(tree, dict):
        return tree
    if tree and all(key.isdigit() for key in tree):
        return [_lists(tree[key]) for key in sorted(tree, key=int)]
    return {key: _lists(value) for key, value in tree.items()}


def assessment_told(shown: Shown) -> Json:
    """Give the assessment of a prescription."""
    return {
        "jurisdiction": shown.jurisdiction,
        "findings": findings_told(shown.findings),
        "bud": None
        if shown.bud is None
        else {
            "last_day": shown.bud.last_day.isoformat(),
            "reason": shown.bud.reason,
            "limits": list(shown.bud.limits),
        },
        "days_supply": None if shown.days_supply is None else str(shown.days_supply),
        "units_needed": shown.units_needed,
        "auxiliary": [
            {"id": row, "text": text, "on": chosen} for row, text, chosen in shown.auxiliary
        ],
    }


def label_told(name: str, label: ShownLabel, shown: Shown) -> Json:
    """Give a label that was made of a file: every line with its place and why it is there."""
    return {
        "file": name,
        "paper": label.paper.value,
        "serial": label.serial,
        "stock": label.stock.id,
        "dpi": str(label.dpi),
        "pages": str(len(label.pages)),
        "sample": label.sample,
        "lines": [
            {
                "page": str(place),
                "key": box.key,
                "text": _one_space(box.text),
                "size_pt": str(box.size_pt),
                "box_mm": [str(box.x_mm), str(box.y_mm), str(box.width_mm), str(box.height_mm)],
                "why": box.why,
            }
            for place, page in enumerate(label.pages, 1)
            for box in page.boxes
        ],
        "marks": [
            {"symbology": mark.symbology, "payload": mark.payload}
            for page in label.pages
            for mark in page.marks
        ],
        "proof": "passed",
        "dropped": list(label.dropped),
        "findings": findings_told(shown.findings),
    }


def of_error(error: LabelappError, plain: Plain) -> Json:
    """Give an error in the form of a finding: a STOP that nobody can settle."""
    sentence, way_out = plain.error(error)
    return {
        "code": error.code,
        "severity": Severity.STOP.value,
        "settled_by": Settler.NOBODY.value,
        "settled": "",
        "field": "",
        "message": sentence,
        "way_out": way_out,
        "values": dict(error.values),
        "choices": [],
        "spans": [],
    }
