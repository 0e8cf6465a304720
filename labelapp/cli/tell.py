"""How the command line tells what it found: in lines for people, or as one JSON document."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

import click

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
from labelapp.rx.paper import Paper

Json = dict[str, Any]


class Teller:
    """Tells results on stdout and messages on stderr; `as_json` tells one document instead."""

    def __init__(self, plain: Plain, *, as_json: bool = False) -> None:
        self._plain = plain
        self.as_json = as_json

    def document(self, document: Mapping[str, object]) -> None:
        """Print one JSON document."""
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))

    def error(self, error: LabelappError) -> None:
        """Say on stderr what the machine could not do, and the way out."""
        click.echo(" ".join(part for part in self._plain.error(error) if part), err=True)

    def failed(self, document: Mapping[str, object], error: LabelappError) -> None:
        """Tell that nothing could be done: on stderr, and with --json as the finding it is."""
        self.error(error)
        if self.as_json:
            self.document({**document, "findings": [of_error(error, self._plain)]})

    def sig(self, shown: ShownSig, _: Sequence[str]) -> None:
        """Tell what was understood of directions."""
        if self.as_json:
            self.document(_sig(shown))
            return
        for line in shown.lines:
            click.echo(_seen(line.text))
            if (said := line.translation) is not None:
                key = "cli.translation.draft" if said.draft else "cli.translation"
                click.echo("  " + self._plain.word(key, text=_seen(said.text)))
        if shown.purpose:
            click.echo(self._plain.word("cli.purpose", purpose=shown.purpose))
        if shown.units_for_days:
            click.echo(self._plain.word("cli.units", units=shown.units_for_days))
        self.say(shown.findings)

    def drafts(self, name: str, drafts: Sequence[Draft], shown: Sequence[Shown]) -> None:
        """Tell the prescriptions of a file as they were written and understood."""
        if self.as_json:
            pairs = zip(drafts, shown, strict=True)
            self.document({"file": name, "drafts": [_draft(*pair) for pair in pairs]})
            return
        for draft, seen in zip(drafts, shown, strict=True):
            click.echo(self._plain.word("cli.source", source=draft.source))
            for path, text in sorted(draft.written.items()):
                click.echo(f"  {self._plain.field(path)}: {_seen(text)}")
            for line in seen.sig.lines:
                click.echo(f"  -> {_seen(line.text)}")
            for path in draft.unread:
                click.echo("  " + self._plain.word("cli.unread", path=path))
            self.say(seen.findings)

    def checks(self, name: str, shown: Sequence[Shown]) -> None:
        """Tell the assessment of each prescription."""
        if self.as_json:
            self.document({"file": name, "assessments": [_assessment(each) for each in shown]})
            return
        for each in shown:
            if each.bud:
                click.echo(self._plain.word("cli.bud", reason=each.bud.reason))
            for _, text, chosen in each.auxiliary:
                click.echo(f"  [{'x' if chosen else ' '}] {text}")
            self.say(each.findings)

    def labels(
        self,
        output: str,
        results: Sequence[tuple[str, Shown]],
        unreadable: Sequence[tuple[str, LabelappError]],
    ) -> None:
        """Tell which labels were made and which were refused, and why."""
        made = [(name, seen.label, seen) for name, seen in results if seen.label and seen.may_print]
        refused = [(name, seen) for name, seen in results if not seen.may_print]
        if self.as_json:
            self.document(
                {
                    "output": output,
                    "labels": [_label(name, label, seen) for name, label, seen in made],
                    "refused": [
                        {"file": name, "findings": findings_told(seen.findings)}
                        for name, seen in refused
                    ]
                    + [
                        {"file": name, "findings": [of_error(error, self._plain)]}
                        for name, error in unreadable
                    ],
                }
            )
            return
        batch = len(results) + len(unreadable) > 1
        for name, label, seen in made:
            click.echo(self._made(name, label))
            self.say(seen.findings, name if batch else "")
        for name, seen in refused:
            click.echo(self._plain.word("cli.refused", file=_seen(name)), err=True)
            self.say(seen.open_findings, name if batch else "")
        for name, error in unreadable:
            click.echo(self._plain.word("cli.refused", file=_seen(name)), err=True)
            self.error(error)
        if output:
            click.echo(self._plain.word("cli.written", path=output))
        else:
            click.echo(self._plain.word("cli.nothing-written"), err=True)

    def _made(self, name: str, label: ShownLabel) -> str:
        said = {"file": _seen(name), "pages": str(len(label.pages)), "serial": label.serial}
        if label.paper is Paper.LABEL:
            return self._plain.word("cli.made", **said)
        paper = self._plain.word(f"gui.preview.paper.{label.paper}")
        return self._plain.word("cli.paper", paper=paper, **said)

    def progress(self, drafts: Sequence[Draft]) -> AbstractContextManager[Iterable[Draft]]:
        """Show on a terminal how far a batch is; silent elsewhere."""
        return click.progressbar(
            drafts, file=sys.stderr, hidden=self.as_json or not _on_a_terminal()
        )

    def say(self, findings: Sequence[ShownFinding], name: str = "") -> None:
        """Say findings on stderr; in a batch each names its file, for notes stand apart from it."""
        for each in findings:
            words = [f"{_seen(name)}:"] if name else []
            words += [f"{each.finding.severity.value}:", each.sentence]
            if each.settled:
                words.append(self._plain.word("cli.settled", by=each.settled))
            else:
                words.append(each.way_out)
            if each.is_open:
                words.append(self._plain.word(f"cli.settler.{each.finding.settler.value}"))
            click.echo("  " + " ".join(word for word in words if word), err=True)


def _on_a_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _seen(text: str) -> str:
    """Write a text from outside so that a terminal shows every character and obeys none."""
    return "".join(
        char
        if char.isprintable() or char == "\N{NO-BREAK SPACE}"
        else _NAMED.get(char, _code(char))
        for char in text
    )


_NAMED = {"\n": " / "}


def _code(char: str) -> str:
    return f"[U+{ord(char):04X}]"


def _sig(shown: ShownSig) -> Json:
    return {
        "status": shown.status,
        "steps": [_step(each) for each in shown.steps],
        "lines": [line.text.replace("\N{NO-BREAK SPACE}", " ") for line in shown.lines],
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
            "line": line.text.replace("\N{NO-BREAK SPACE}", " "),
            "translation": said.text.replace("\N{NO-BREAK SPACE}", " ") if said else None,
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


def _draft(draft: Draft, shown: Shown) -> Json:
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


def _assessment(shown: Shown) -> Json:
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


def _label(name: str, label: ShownLabel, shown: Shown) -> Json:
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
                "text": box.text.replace("\N{NO-BREAK SPACE}", " "),
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
