"""Answering a finding: what is chosen, by whom, in which role and why, right under the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from labelapp.dispensing.office.shown import ShownPerson
from labelapp.dispensing.shown import ShownFinding
from labelapp.gui.inputs import Choice
from labelapp.gui.office.pin import PinLine
from labelapp.gui.office.vouch import Vouching
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

    Where people sign in, the answer is theirs; what their role may not settle, a pharmacist settles
    in place with initials and PIN. Elsewhere name and role are typed, and the name stays for the
    next answer about the same prescription; nothing else does.
    """

    decided = Signal(object)
    vouching = Signal(object, str, str)
    """An answer a pharmacist is to make theirs, their initials and PIN."""

    def __init__(self, words: Words, clock: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._clock = clock
        self._shown: ShownFinding | None = None
        self._person: ShownPerson | None = None
        self._is_signed = False
        self.choice = Choice((), (), self)
        self.by = Line(self)
        roles = tuple(each.value for each in Role)
        self.role = Choice(roles, tuple(words(f"gui.role.{each}") for each in roles), self)
        self.signed = label(wrap=True)
        self.who = Line(self)
        self.pin = PinLine(words("gui.answer.pin"), self)
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
            self.pin.clear()
        self._fit()

    def sign(self, person: ShownPerson | None) -> None:
        """Take whoever is signed in: from now on answers are in their name."""
        self._person, self._is_signed = person, True
        self.signed.setText("")
        if person is not None:
            role = self._words(f"gui.role.{person.role.value}")
            self.signed.setText(self._words("gui.answer.as", name=person.name, role=role))
        self._fit()

    def vouch_by(self, vouching: Vouching) -> None:
        """Have pharmacists proven there."""
        self.vouching.connect(vouching.ask)
        vouching.proven.connect(self.decided)
        vouching.refused.connect(self.refuse)

    def hint_at(self, who: str, pin: str) -> None:
        """Show in training whose initials and PIN a pharmacist has."""
        self.who.setPlaceholderText(who)
        self.pin.setPlaceholderText(pin)

    def refuse(self, text: str) -> None:
        """Say why the pharmacist was not proven."""
        self.pin.clear()
        self.pin.setFocus()
        self.record.setEnabled(True)
        self.hint.setText(text)

    def forget_reason(self) -> None:
        """Clear role, PIN and reason: the next answer is given its own."""
        self.who.clear()
        self.pin.clear()
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
        if not self._is_signed:
            return self._made(self.by.text().strip(), self.role.currentData())
        if self._person is None:
            return None
        if self._must_vouch():
            return self._made(self.who.text().strip(), Role.PHARMACIST) if self.pin.text() else None
        return self._made(self._person.name, self._person.role)

    def _made(self, by: str, role: str) -> Decision | None:
        shown = self._shown
        if shown is None or not role or not by:
            return None
        finding = shown.finding
        chosen = self.choice.currentData() if finding.choices else ACCEPTED
        reason = self.reason.text().strip()
        if _needs_reason(finding) and not _is_reason(reason):
            return None
        at = self._clock()
        made = Decision(
            finding.code, finding.field, finding.values, chosen, by, Role(role), at, reason
        )
        return made if made.answers(finding) else None

    def _must_vouch(self) -> bool:
        """Tell whether somebody else has to make this answer theirs."""
        shown, person = self._shown, self._person
        if shown is None or person is None:
            return False
        return not shown.finding.settler.accepts(person.role)

    def _fit(self) -> None:
        """Show the fields this answer needs."""
        vouch = self._is_signed and self._must_vouch()
        for field in (self.by, self.role):
            _show(field, not self._is_signed)
        for field in (self.who, self.pin):
            _show(field, vouch)
        self.signed.setVisible(self._is_signed and not vouch)
        self._weigh()

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
            (self.who, label(words("gui.answer.who")), "gui.answer.who", (2, 0, 1)),
            (self.pin, label(words("gui.answer.pin")), "gui.answer.pin", (2, 1, 1)),
            (self.reason, label(words("gui.answer.reason")), "gui.answer.reason", (2, 2, 1)),
        )
        grid.addWidget(self._choice_name, 0, 0, 1, 1)
        grid.addWidget(self.choice, 0, 1, 1, 2)
        self._choice_name.setBuddy(self.choice)
        self.choice.setAccessibleName(words("gui.answer.choice"))
        for place in places:
            self._place(grid, *place)
        grid.addWidget(self.signed, 3, 0, 1, 2)
        self.hint.setMinimumHeight(2 * self.hint.fontMetrics().lineSpacing())
        under = QHBoxLayout()
        under.addWidget(self.hint, 1)
        under.addWidget(self.record)
        grid.addLayout(under, 4, 0, 1, 3)
        for column, share in enumerate((3, 3, 5)):
            grid.setColumnStretch(column, share)
        for each in (self.by, self.who, self.pin):
            each.textChanged.connect(self._weigh)
        self.reason.textEdited.connect(self._weigh)
        self.role.currentIndexChanged.connect(self._weigh)
        self.choice.currentIndexChanged.connect(self._weigh)
        self.pin.whole.connect(self._decide)
        for line in (self.by, self.who, self.reason):
            line.returnPressed.connect(self._decide)
        self.record.clicked.connect(self._decide)

    def _place(
        self, grid: QGridLayout, field: QWidget, caption: QLabel, key: str, at: tuple[int, int, int]
    ) -> None:
        """Put a field under its caption."""
        row, column, wide = at
        caption.setBuddy(field)
        caption.setParent(self)
        field.setProperty("caption", caption)
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
        lacks = self._lacks_somebody(finding)
        if lacks:
            return lacks
        if _needs_reason(finding) and not _is_reason(self.reason.text()):
            return "gui.answer.lacks-reason"
        return ""

    def _lacks_somebody(self, finding: Finding) -> str:
        if self._is_signed:
            if self._person is None:
                return "gui.answer.lacks-sign-in"
            vouched = self.who.text().strip() and self.pin.text()
            return "gui.answer.lacks-vouch" if self._must_vouch() and not vouched else ""
        if not self.by.text().strip() or not self.role.currentData():
            return "gui.answer.lacks-name"
        accepts = finding.settler.accepts(Role(self.role.currentData()))
        return "" if accepts else "gui.answer.lacks-pharmacist"

    def _decide(self, *_pin: str) -> None:
        made = self.decision()
        if made is None:
            return
        if self._is_signed and self._must_vouch():
            self.record.setEnabled(False)  # until it is known whether the PIN was right
            self.vouching.emit(made, self.who.text().strip(), self.pin.text())
        else:
            self.decided.emit(made)


def _show(field: QWidget, shown: bool) -> None:  # noqa: FBT001 - as Qt has it
    """Show a field with its caption, or neither."""
    field.setVisible(shown)
    caption = field.property("caption")
    if isinstance(caption, QLabel):
        caption.setVisible(shown)


def _waits(shown: ShownFinding) -> bool:
    """Tell whether an answer would help: not to what only a change of the values settles."""
    return shown.is_open and shown.finding.settler is not Settler.NOBODY


def _needs_reason(finding: Finding) -> bool:
    return finding.severity is Severity.STOP or finding.settler is Settler.PHARMACIST


def _is_reason(text: str) -> bool:
    """Tell a reason from a key pressed to get past."""
    return len(text.strip()) >= LEAST and any(each.isalpha() for each in text)
