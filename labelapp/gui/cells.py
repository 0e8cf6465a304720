"""One field of the form: its name, its sign, and whatever it is filled in with."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from labelapp.dispensing.shown import ShownFinding
from labelapp.gui.dates import DATES, echo
from labelapp.gui.directions import Sig
from labelapp.gui.fields import Field, Kind
from labelapp.gui.inputs import TRUE, Answers, Choice, Tick
from labelapp.gui.parts import Line, label
from labelapp.gui.settings import Words
from labelapp.gui.signs import Caption
from labelapp.gui.theme import RING, Colours

Editor = Line | Sig | Choice | Answers | Tick


class Cell(QWidget):
    """A field with its caption. It tells its path and text at every key."""

    typed = Signal(str, str)
    grown = Signal()
    """It needs another height: a date is said in words under it, or no longer."""

    def __init__(
        self, field: Field, path: str, words: Words, section: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.field = field
        self.path = path
        self._name = words(f"gui.field.{field.path}")
        self._section = section
        self.caption = Caption(self._name, self)
        self.editor = self._editor(words)
        self.echo = label() if field.path in DATES else None
        place = "".join(f" {int(part) + 1}" for part in path.split(".") if part.isdigit())
        self._accessible = f"{section}{place}, {self._name}"
        self._name_editor(self._accessible)
        self._lay_out()

    def set_text(self, text: str) -> None:
        """Show a text as it is; this is not typing, so it is not told."""
        editor = self.editor
        if isinstance(editor, Line):
            if editor.text() != text:
                editor.setText(text)
                editor.setCursorPosition(0)  # a long text shows its beginning, not its tail
        else:
            editor.set_text(text)
        self._say_date(text)

    def mark(self, shown: ShownFinding | None, colours: Colours) -> None:
        """Show the sign of the gravest finding about this field; a screen reader says its sentence."""
        self.caption.mark(shown.finding.severity if shown else None, colours)
        said = (
            f"{shown.finding.severity}: {shown.sentence} {shown.way_out}".strip() if shown else ""
        )
        if self.editor.accessibleDescription() != said:
            self.editor.setAccessibleDescription(said)

    def _editor(self, words: Words) -> Editor:
        kind, choices = self.field.kind, self.field.choices
        if kind in {Kind.TEXT, Kind.SIG}:
            text = Sig(self, 3 if kind is Kind.SIG else 2)
            text.typed.connect(self._tell)
            return text
        if kind is Kind.TICK:
            tick = Tick(self._name, self)
            tick.clicked.connect(self._tell_tick)
            return tick
        shown = tuple(words(f"gui.choice.{each}") for each in choices)
        if kind is Kind.CHOICE:
            choice = Choice(choices, shown, self)
            choice.chosen.connect(self._tell)
            return choice
        if kind is Kind.ANSWER:
            keys = tuple(words(f"gui.answer-key.{each}") for each in choices)
            answers = Answers(choices, shown, keys, self)
            answers.chosen.connect(self._tell)
            return answers
        line = Line(self)
        line.setMaxLength(100_000)
        line.textEdited.connect(self._tell)
        return line

    def _name_editor(self, name: str) -> None:
        if isinstance(self.editor, Tick):
            return
        self.editor.setAccessibleName(name)
        if isinstance(self.editor, Answers):
            for button in self.editor.buttons.values():
                button.setAccessibleName(f"{name} {button.text()}")
        self.caption.setBuddy(self.editor)

    def _lay_out(self) -> None:
        layout: QHBoxLayout | QVBoxLayout
        if self.field.kind is Kind.ANSWER:
            layout = QHBoxLayout(self)
            self.caption.setWordWrap(True)
            layout.addWidget(self.caption, 1)
            layout.addWidget(self.editor)
        else:
            layout = QVBoxLayout(self)
            layout.addWidget(self.caption)
            layout.addWidget(self.editor)
            if self.echo is not None:
                self.echo.setContentsMargins(4, 0, 0, 0)
                self.echo.hide()
                layout.addWidget(self.echo)
        layout.setContentsMargins(RING, 0, RING, RING)
        layout.setSpacing(3)
        self.caption.setHidden(self.field.kind is Kind.TICK)

    def _say_date(self, text: str) -> None:
        """Say a typed date in words, so that 12/3 is not taken for another day."""
        if self.echo is None:
            return
        said = echo(text)
        self.echo.setText(said)
        if self.echo.isHidden() == bool(said):
            self.echo.setVisible(bool(said))
            self.grown.emit()

    def _tell(self, text: str) -> None:
        self._say_date(text)
        self.typed.emit(self.path, text)

    def _tell_tick(self, on: bool) -> None:  # noqa: FBT001 - Qt's own signature
        self.typed.emit(self.path, TRUE if on else "")
