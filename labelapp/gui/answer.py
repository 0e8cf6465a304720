"""Answering a finding: what is chosen, by whom, in which role and why, right under the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from labelapp.dispensing.shown import ShownFinding
from labelapp.gui.inputs import Choice
from labelapp.gui.parts import GAP, Line, label
from labelapp.gui.settings import Words
from labelapp.rx.decision import Decision
from labelapp.rx.finding import Finding, Settler, Severity
from labelapp.rx.people import Role

ACCEPTED = "accepted"
"""The choice of an answer where the finding offers none to pick from."""

LEAST = 8
"""Characters a reason has at least, one of them a letter."""


class AnswerPanel(QFrame):
    """Takes a person's answer to the finding chosen, and gives it as a Decision.

    The name stays for the next answer about the same prescription; nothing else does.
    """

    decided = Signal(object)

    def __init__(self, words: Words, clock: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._clock = clock
        self._shown: ShownFinding | None = None
        self.choice = Choice((), (), self)
        self.by = Line(self)
        roles = tuple(each.value for each in Role)
        self.role = Choice(roles, tuple(words(f"gui.role.{each}") for each in roles), self)
        self.reason = Line(self)
        self.record = QPushButton(words("gui.answer.record"), self)
        self.hint = label(wrap=True)
        self._choice_name = label(words("gui.answer.choice"))
        self._build()
        self.hide()

    def ask(self, shown: ShownFinding | None) -> None:
        """Ask for the answer to this finding; a note or a settled one asks for none."""
        before, self._shown = self._shown, shown
        self.setVisible(shown is not None and _waits(shown))
        if shown is None or not _waits(shown):
            return
        if before is None or before.finding != shown.finding:
            self._offer(shown.finding.choices)
            self.reason.clear()
        self._weigh()

    def forget_reason(self) -> None:
        """Clear role and reason: the next answer is given its own."""
        self.role.set_text("")
        self.reason.clear()

    def forget(self) -> None:
        """Clear everything: another prescription is on the desk."""
        self.forget_reason()
        self.by.clear()
        self._shown = None
        self.hide()

    def decision(self) -> Decision | None:
        """Give the answer as it stands, if it settles the finding."""
        shown = self._shown
        role, by = self.role.currentData(), self.by.text().strip()
        if shown is None or not role or not by:
            return None
        finding = shown.finding
        chosen = self.choice.currentData() if finding.choices else ACCEPTED
        reason = self.reason.text().strip()
        if _needs_reason(finding) and not _is_reason(reason):
            return None
        made = Decision(
            finding.code,
            finding.field,
            finding.values,
            chosen,
            by,
            Role(role),
            self._clock(),
            reason,
        )
        return made if made.answers(finding) else None

    def _offer(self, choices: tuple[str, ...]) -> None:
        self.choice.clear()
        self.choice.addItem("", "")
        for each in choices:
            self.choice.addItem(each, each)
        self.choice.setVisible(bool(choices))
        self._choice_name.setVisible(bool(choices))

    def _build(self) -> None:
        words = self._words
        grid = QGridLayout(self)
        grid.setContentsMargins(0, GAP // 2, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP // 2)
        places = (
            (self.by, label(words("gui.answer.by")), "gui.answer.by", (2, 0, 1)),
            (self.role, label(words("gui.answer.role")), "gui.answer.role", (2, 1, 1)),
            (self.reason, label(words("gui.answer.reason")), "gui.answer.reason", (2, 2, 1)),
        )
        grid.addWidget(self._choice_name, 0, 0, 1, 1)
        grid.addWidget(self.choice, 0, 1, 1, 2)
        self._choice_name.setBuddy(self.choice)
        self.choice.setAccessibleName(words("gui.answer.choice"))
        for place in places:
            self._place(grid, *place)
        under = QHBoxLayout()
        under.addWidget(self.hint, 1)
        under.addWidget(self.record)
        grid.addLayout(under, 4, 0, 1, 3)
        for column, share in enumerate((3, 3, 5)):
            grid.setColumnStretch(column, share)
        self.by.textEdited.connect(self._weigh)
        self.reason.textEdited.connect(self._weigh)
        self.role.currentIndexChanged.connect(self._weigh)
        self.choice.currentIndexChanged.connect(self._weigh)
        for line in (self.by, self.reason):
            line.returnPressed.connect(self._decide)
        self.record.clicked.connect(self._decide)

    def _place(
        self, grid: QGridLayout, field: QWidget, caption: QLabel, key: str, at: tuple[int, int, int]
    ) -> None:
        """Put a field under its caption."""
        row, column, wide = at
        caption.setBuddy(field)
        field.setAccessibleName(self._words(key))
        grid.addWidget(caption, row, column, 1, wide)
        grid.addWidget(field, row + 1, column, 1, wide)

    def _weigh(self, *_news: object) -> None:
        """Say what is still missing, so that the button never refuses without a word."""
        self.record.setEnabled(self.decision() is not None)
        self.hint.setText(self._words(self._lacks()) if self._lacks() else "")

    def _lacks(self) -> str:
        shown = self._shown
        if shown is None:
            return ""
        finding = shown.finding
        if finding.choices and not self.choice.currentData():
            return "gui.answer.lacks-choice"
        if not self.by.text().strip() or not self.role.currentData():
            return "gui.answer.lacks-name"
        if not finding.settler.accepts(Role(self.role.currentData())):
            return "gui.answer.lacks-pharmacist"
        if _needs_reason(finding) and not _is_reason(self.reason.text()):
            return "gui.answer.lacks-reason"
        return ""

    def _decide(self) -> None:
        made = self.decision()
        if made is not None:
            self.decided.emit(made)


def _waits(shown: ShownFinding) -> bool:
    """Tell whether an answer would help: not to what only a change of the values settles."""
    return shown.is_open and shown.finding.settler is not Settler.NOBODY


def _needs_reason(finding: Finding) -> bool:
    return finding.severity is Severity.STOP or finding.settler is Settler.PHARMACIST


def _is_reason(text: str) -> bool:
    """Tell a reason from a key pressed to get past."""
    return len(text.strip()) >= LEAST and any(each.isalpha() for each in text)
