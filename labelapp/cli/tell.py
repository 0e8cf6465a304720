"""How the command line tells what it found: in lines for people, or as one JSON document."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager

import click

from labelapp.cli.documents import (
    assessment_told,
    draft_told,
    findings_told,
    label_told,
    of_error,
    sig_told,
)
from labelapp.dispensing.plain import Plain
from labelapp.dispensing.shown import Shown, ShownFinding, ShownLabel, ShownSig
from labelapp.rx.draft import Draft
from labelapp.rx.errors import LabelappError
from labelapp.rx.paper import Paper


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
            self.document(sig_told(shown))
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
            self.document({"file": name, "drafts": [draft_told(*pair) for pair in pairs]})
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
            self.document({"file": name, "assessments": [assessment_told(each) for each in shown]})
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
                    "labels": [label_told(name, label, seen) for name, label, seen in made],
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
