"""The answers kept beside a fill, as the pharmacist who checks it reads them: proposals first."""

from __future__ import annotations

from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from labelapp.dispensing.office.shown import ShownAnswer
from labelapp.gui.office.marks import Mark, icon
from labelapp.gui.office.said import at
from labelapp.gui.parts import GAP, breakable, heading, label
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.rx.field import general


class AnswersBox(QWidget):
    """Lists the answers; whoever signs the verification accepts those that are still proposals."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self.said = label(wrap=True)
        self.list = QListWidget(self)
        self.list.setWordWrap(True)
        self.list.setAccessibleName(words("records.answers"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP // 2)
        column.addWidget(heading(words("records.answers")))
        column.addWidget(self.said)
        column.addWidget(self.list)
        self.show_answers(())

    def show_answers(self, answers: tuple[ShownAnswer, ...]) -> None:
        """Show these answers."""
        self.list.clear()
        many = sum(each.is_open for each in answers)
        key = "open" if many else "settled" if answers else "none"
        self.said.setText(self._words(f"records.answers.{key}", many=str(many)))
        self.list.setVisible(bool(answers))
        line = self.fontMetrics().height()
        self.list.setMinimumHeight(min(6, 3 * len(answers)) * line)
        self.list.setMaximumHeight(10 * line)
        for each in answers:
            mark = Mark.WAITS if each.is_open else Mark.GOOD
            picture = icon(mark, self._theme.colours, self)
            self.list.addItem(QListWidgetItem(picture, breakable(self._line(each))))

    def _line(self, answer: ShownAnswer) -> str:
        words, finding = self._words, answer.finding
        field = words(f"field.{general(finding.field)}") if finding.field else ""
        sentence = words(finding.code, **{**dict(finding.values), "field": field})
        role = words(f"gui.role.{answer.role.value}")
        key = "proposed" if answer.is_open else "by"
        who = words(f"records.answers.{key}", by=answer.by, role=role, at=at(answer.at))
        given = ": ".join(part for part in (answer.choice, answer.reason) if part)
        return "\n".join(part for part in (sentence, f"{who} {given}".strip()) if part)
