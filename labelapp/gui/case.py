"""A prescription on the desk: its draft as typed so far, and every draft it was before."""

from __future__ import annotations

from dataclasses import dataclass, replace

from labelapp.dispensing.shown import ENGLISH, SCAN, Shown
from labelapp.dispensing.vial_line import VIALS, read_line
from labelapp.rx.decision import Decision
from labelapp.rx.draft import AsReceived, Draft
from labelapp.rx.finding import Settler
from labelapp.rx.people import Name

FORM = "form"
"""The source of a draft that was typed here."""
TYPED = frozenset({FORM, SCAN})
"""Sources of drafts whose fields are all typed here, from paper or from a scan."""

REMEMBERED = 500
"""Drafts that can be gone back to."""


@dataclass(frozen=True)
class _Change:
    """What a change was about (a field, or an answer), and the drafts on both sides of it."""

    about: str
    before: Draft
    after: Draft


@dataclass(frozen=True)
class Outcome:
    """What came of sending one draft to paper, and how it was said.

    `paper` is `printed`, `saved` or nothing. Trouble stays in view whatever is typed; a receipt
    speaks only of the draft it was given for.
    """

    draft: Draft
    said: str
    paper: str = ""
    is_trouble: bool = False


class Case:
    """One prescription being worked on. A draft is frozen, so undo is going back to the last one.

    `title` is the name of the file it came from, empty for one typed here; `language` is what the
    patient's directions are printed in besides English, never taken over from another patient.
    """

    def __init__(self, draft: Draft, title: str = "") -> None:
        self.draft = draft
        self.title = title
        self.language = ENGLISH
        self.reason = ""
        """Why another copy of its label is wanted, until that copy is on paper."""
        self.outcome: Outcome | None = None
        self.is_noted = False
        """True once somebody took note of its trouble while another prescription was in front."""
        self._safe = draft
        self._paper: tuple[Draft, str] = (draft, "")
        self._done: list[_Change] = []
        self._undone: list[_Change] = []

    def type(self, path: str, text: str) -> None:
        """Put a text into a field. Keys typed one after another into a field are one change."""
        before = self.draft
        if path == VIALS:
            self.fill_in(path, read_line(text, before))
            return
        if before.get(path) == text:
            return
        self._change(path, typed(before, {path: text}))

    def fill_in(self, about: str, texts: dict[str, str]) -> None:
        """Put several texts in at once, as one change."""
        after = typed(self.draft, texts)
        if after != self.draft:
            self._change(about, after)

    def warn(self, row: str, *, on: bool) -> None:
        """Add an auxiliary label by its row, or take it away again."""
        stem = "fill.warnings"
        added = [self.draft.get(f"{stem}.{place}") for place in range(self.draft.count(stem))]
        wanted = [each for each in added if each and each != row] + ([row] if on else [])
        texts = {f"{stem}.{place}": "" for place in range(len(added))}
        self.fill_in("", texts | {f"{stem}.{place}": each for place, each in enumerate(wanted)})

    def decide(self, decision: Decision) -> None:
        """Keep a person's answer; it takes the place of an older one to the same finding."""
        others = tuple(
            each
            for each in self.draft.decisions
            if (each.code, each.field, each.values)
            != (decision.code, decision.field, decision.values)
        )
        self._change("", replace(self.draft, decisions=(*others, decision)))

    def receive(self, came: AsReceived) -> None:
        """Put the order as received beside it; undone as any change is."""
        self._change("", replace(self.draft, came=came))

    @property
    def is_untouched(self) -> bool:
        """True while nothing came with it and nobody typed anything, not even to undo it."""
        return not self.draft.written and not self._done and self.draft.came is None

    @property
    def is_unsaved(self) -> bool:
        """True when it holds something typed that is in no file, not on paper, not in the records."""
        return self.draft != self._safe or self.draft.came is not self._safe.came

    @property
    def paper(self) -> str:
        """What became of the draft as it stands: `printed`, `saved`, or nothing yet."""
        return self._paper[1] if self._paper[0] == self.draft else ""

    @property
    def receipt(self) -> str:
        """What was said when the draft as it stands reached paper or a file."""
        outcome = self.outcome
        holds = outcome is not None and not outcome.is_trouble and outcome.draft == self.draft
        return outcome.said if outcome is not None and holds else ""

    @property
    def trouble(self) -> str:
        """What went wrong on the way to paper, until somebody takes note of it."""
        return self.outcome.said if self.outcome is not None and self.outcome.is_trouble else ""

    def end(self, outcome: Outcome) -> None:
        """Keep what came of sending a draft, be it the one that stands here now or an older one."""
        self.outcome, self.is_noted = outcome, False
        if not outcome.paper:
            return
        self._safe = outcome.draft
        if self._paper != (outcome.draft, "printed"):  # saved as well is still printed
            self._paper = (outcome.draft, outcome.paper)

    def keep(self, outcome: Outcome) -> None:
        """Count a draft as safe: it stands in the records, though on no paper."""
        self.outcome, self.is_noted, self._safe = outcome, False, outcome.draft

    def forget_paper(self) -> None:
        """Forget what became of its label: that was in other records."""
        self.outcome, self.reason, self._paper = None, "", (self.draft, "")

    def leave(self) -> None:
        """End the change under way: what is typed next is undone by itself."""
        if self._done:
            self._done[-1] = replace(self._done[-1], about="")

    @property
    def can_undo(self) -> bool:
        """True while there is something to go back to."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """True after an undo, until something else is typed."""
        return bool(self._undone)

    def undo(self) -> None:
        """Go back by one change."""
        if self._done:
            change = self._done.pop()
            self._undone.append(change)
            self.draft = change.before

    def redo(self) -> None:
        """Go forward again."""
        if self._undone:
            change = self._undone.pop()
            self._done.append(replace(change, about=""))
            self.draft = change.after

    def _change(self, about: str, after: Draft) -> None:
        last = self._done[-1] if self._done else None
        if last is not None and about and last.about == about:
            self._done[-1] = replace(last, after=after)
        else:
            self._done.append(_Change(about, self.draft, after))
            del self._done[:-REMEMBERED]
        self._undone.clear()
        self.draft = after


def at_rest(shown: Shown) -> Shown:
    """Leave out that the label was printed before: it just was, here, and nothing is wrong with it."""
    kept = tuple(each for each in shown.findings if each.finding.code != "print.before")
    return replace(shown, findings=kept)


def typed(draft: Draft, texts: dict[str, str]) -> Draft:
    """Give the draft with these texts typed in; every other field stays, shown or not.

    What a reader of the file refused about a field is gone with the text it refused; what waits
    for an answer stays.
    """
    written = {path: text for path, text in {**draft.written, **texts}.items() if text}
    findings = tuple(
        each
        for each in draft.findings
        if each.field not in texts or each.settler is not Settler.NOBODY
    )
    return replace(draft, written=written, findings=findings)


def patient_of(draft: Draft) -> str:
    """Name the patient as staff see it, `DOE, Jane`; empty when nobody has been named."""
    family, given = draft.get("patient.family").strip(), draft.get("patient.given").strip()
    if family or given:
        return Name(family, given, draft.get("patient.suffix").strip()).for_staff
    return draft.get("patient.name").strip()


def drug_of(draft: Draft) -> str:
    """Name the drug as it was written: each active ingredient with its strength, and the form."""
    said = []
    for place in range(min(draft.count("compound.ingredients"), 10)):
        stem = f"compound.ingredients.{place}"
        if draft.get(f"{stem}.part").casefold() in {"", "active"} and draft.get(f"{stem}.name"):
            parts = ("name", "strength.value", "strength.unit")
            said.append(" ".join(draft.get(f"{stem}.{part}").strip() for part in parts).strip())
    name = " + ".join(said) or draft.get("compound.name").strip()
    return " ".join(part for part in (name, draft.get("compound.form").strip()) if part)
