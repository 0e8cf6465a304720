"""The strips over the form: the queue of prescriptions, and whose prescription this is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from labelapp.gui.case import Case, patient_of
from labelapp.gui.parts import GAP, breakable, label, row_of
from labelapp.gui.settings import Words
from labelapp.rx.dates import read_day, staff_date
from labelapp.rx.draft import Draft

SHOWN_AT_MOST = 120
"""Characters of a name in a strip; the form has all of it."""


class QueueStrip(QFrame):
    """The prescriptions that were opened, to step through; hidden while there is only one."""

    picked = Signal(int)
    stepped = Signal(int)

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.list = QComboBox(self)
        self.list.setAccessibleName(words("gui.queue"))
        adjust = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.list.setSizeAdjustPolicy(adjust)
        self.list.activated.connect(self.picked)
        self.count = label()
        self.twice = label()
        self.back = QPushButton(words("gui.queue.back"), self)
        self.forth = QPushButton(words("gui.queue.forth"), self)
        self.back.clicked.connect(self._back)
        self.forth.clicked.connect(self._forth)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GAP, 0, 2 * GAP, GAP)
        row.setSpacing(GAP)
        row.addWidget(self.count)
        row.addWidget(self.list, 1)
        row.addWidget(self.twice)
        row.addWidget(self.back)
        row.addWidget(self.forth)
        self.hide()

    def show_cases(self, cases: list[Case], current: int) -> None:
        """Show the queue and which of it is on the desk."""
        self.setVisible(len(cases) > 1)
        names = [self._name(each) for each in cases]
        if [self.list.itemText(i) for i in range(self.list.count())] != names:
            self.list.clear()
            self.list.addItems(names)
        self.list.setCurrentIndex(current)
        place, of = str(current + 1), str(len(cases))
        self.count.setText(self._words("gui.queue.count", place=place, of=of))
        number = number_of(cases[current])
        same = bool(number) and [number_of(each) for each in cases].count(number) > 1
        self.twice.setText(self._words("gui.queue.twice", number=number) if same else "")
        self.twice.setVisible(same)
        self.back.setEnabled(current > 0)
        self.forth.setEnabled(current < len(cases) - 1)

    def _name(self, case: Case) -> str:
        number = case.draft.get("rx_number")
        parts = (
            patient_of(case.draft),
            number and self._words("gui.rx", number=number),
            case.title,
            case.trouble and self._words("gui.trouble"),
        )
        said = row_of(*parts) or self._words("gui.new-case")
        return said[:SHOWN_AT_MOST]

    def _back(self) -> None:
        self.stepped.emit(-1)

    def _forth(self) -> None:
        self.stepped.emit(1)


def whose(case: Case, words: Words) -> str:
    """Name a prescription in a sentence: whose it is, and its number."""
    number = case.draft.get("rx_number").strip()
    said = row_of(patient_of(case.draft), number and words("gui.rx", number=number))
    return said[:SHOWN_AT_MOST] or words("gui.new-case")


def number_of(case: Case) -> str:
    """Give a prescription's number as one line of data."""
    return row_of(case.draft.get("rx_number")[:40])


class Banner(QWidget):
    """Whose prescription this is, in the manner of staff: DOE, Jane, born, number."""

    def __init__(self, words: Words, clock: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._clock = clock
        self.name = label(wrap=True)
        self._enlarge()
        self.facts = label()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)  # a long name takes another line: a name is never cut
        self.name.setSizePolicy(policy)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP // 2)
        self._row.setSpacing(GAP // 2)
        self._row.addWidget(self.name, 1)
        self._row.addWidget(self.facts)

    def show_draft(self, draft: Draft) -> None:
        """Show the person and the number."""
        name = row_of(patient_of(draft)[:SHOWN_AT_MOST]) or self._words("gui.banner.new")
        self.name.setText(breakable(name))
        born = self._born(draft.get("patient.born").strip())
        number = row_of(draft.get("rx_number")[:16])
        facts = [self._words("gui.banner.born", born=born)]
        facts += [self._words("gui.rx", number=number)] if number else []
        self.facts.setText(row_of(*facts))
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the facts under the name when both have no room beside one another."""
        super().resizeEvent(event)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        """Weigh the room anew when the text grows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._enlarge()
            self._turn()

    def _enlarge(self) -> None:
        """Set the name a third larger than the text, whatever its size."""
        font = self.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.3)
        self.name.setFont(font)

    def _turn(self) -> None:
        name = self.name.fontMetrics().horizontalAdvance(self.name.text())
        wanted = name + self.facts.sizeHint().width() + 6 * GAP
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if wanted <= self.width() else way.TopToBottom)

    def _born(self, text: str) -> str:
        """Say a date in the words of staff with the age; anything else stands as it was typed."""
        if not text:
            return self._words("gui.not-recorded")
        born = read_day(text)
        if born is None:
            return text[:16]
        today = self._clock().date()
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        return f"{staff_date(born)} ({age})" if 0 <= age < 130 else staff_date(born)
