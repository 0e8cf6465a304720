"""The panes of the one screen: the form on the left, label (or the order) and findings right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from labelapp.gui.answer import AnswerPanel
from labelapp.gui.entry import Entry
from labelapp.gui.findings import FindingsList
from labelapp.gui.frame import Frame
from labelapp.gui.parts import GAP, heading
from labelapp.gui.preview import Preview
from labelapp.gui.received import ReceivedView
from labelapp.gui.settings import Start
from labelapp.gui.strips import Banner
from labelapp.gui.theme import Theme

if TYPE_CHECKING:
    from labelapp.dispensing.shown import Shown


class Panes:
    """Builds the panes into the frame and shows an answer in all of them; none knows another."""

    def __init__(self, frame: Frame, theme: Theme, begin: Start) -> None:
        self._words = words = begin.words
        left = QWidget(frame)
        self.banner = Banner(words, begin.clock, left)
        self.entry = Entry(theme, words, left)
        self.preview = Preview(theme, words, begin.settings, frame)
        self.received = ReceivedView(words, frame)
        self.upper = self._upper(frame)
        beneath = QWidget(frame)
        self.heading = heading(words("gui.findings"))
        self.findings = FindingsList(theme, words, beneath)
        self.answer = AnswerPanel(words, begin.clock, beneath)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.entry, 1)
        rows = QVBoxLayout(beneath)
        rows.setContentsMargins(GAP, GAP, 2 * GAP, GAP)
        rows.setSpacing(GAP // 2)
        rows.addWidget(self.heading)
        rows.addWidget(self.findings, 1)
        rows.addWidget(self.answer)
        right = QSplitter(Qt.Orientation.Vertical, frame)
        right.setChildrenCollapsible(False)
        right.addWidget(self.upper)
        right.addWidget(beneath)
        right.setSizes([430, 200])
        right.setStretchFactor(0, 3)
        right.setStretchFactor(1, 2)
        frame.split.addWidget(left)
        self.aside = Aside(right, self.answer, frame)
        self.findings.chosen.connect(self.aside.show_answer)
        frame.split.addWidget(self.aside)
        frame.split.setSizes([700, 620])

    def show_received(self, *, shown: bool) -> None:
        """Show the order as received in the label's place, or the label again."""
        self.upper.setCurrentIndex(1 if shown else 0)

    def _upper(self, frame: Frame) -> QStackedWidget:
        page = QWidget(frame)
        column = QVBoxLayout(page)
        column.setContentsMargins(GAP, GAP, 2 * GAP, GAP)
        column.setSpacing(GAP // 2)
        column.addWidget(heading(self._words("records.received")))
        column.addWidget(self.received, 1)
        upper = QStackedWidget(frame)
        upper.addWidget(self.preview)
        upper.addWidget(page)
        return upper

    def show_answer(self, shown: Shown, *, begun: bool) -> None:
        """Show what the desk says; an empty form is not reproached with being empty."""
        self.findings.set_old(old=False)
        self.entry.show_answer(shown)
        self.preview.show_answer(shown)
        self.findings.show_findings(shown.findings if begun else ())
        self.answer.ask(self.findings.current())
        many = len(shown.open_findings) if begun else 0
        key = "gui.findings.open" if many else "gui.findings.none-open" if begun else "gui.findings"
        self.heading.setText(self._words(key, many=str(many)))
        empty = "gui.findings.nothing" if shown.may_print else "gui.findings.waiting"
        self.findings.say_empty(self._words(empty))

    def show_old(self) -> None:
        """Say that what is in view is an older answer: the newer one takes its time."""
        self.findings.set_old(old=True)
        self.entry.show_old()
        self.preview.show_old()
        self.heading.setText(self._words("gui.findings.looking"))

    def show_none(self, heading_key: str) -> None:
        """Show no answer: none is there yet, or none could be given."""
        self.findings.set_old(old=False)
        self.entry.show_answer(None)
        self.preview.show_answer(None)
        self.findings.show_findings(())
        self.answer.ask(None)
        self.heading.setText(self._words(heading_key))
        self.findings.say_empty("")


class Aside(QScrollArea):
    """Lets the right side scroll: a large text never makes the window taller than the screen."""

    def __init__(self, inside: QWidget, answer: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._answer = answer
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        self.verticalScrollBar().rangeChanged.connect(self.show_answer)

    def show_answer(self, *_news: object) -> None:
        """Scroll to the answer as soon as it has its place."""
        QTimer.singleShot(0, self, self._scroll)

    def _scroll(self) -> None:
        if self._answer.isVisible():
            self.ensureWidgetVisible(self._answer, 0, 0)
