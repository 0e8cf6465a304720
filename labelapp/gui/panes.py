"""The panes of the one screen: the form on the left, label and findings on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget

from labelapp.gui.answer import AnswerPanel
from labelapp.gui.entry import Entry
from labelapp.gui.findings import FindingsList
from labelapp.gui.frame import Frame
from labelapp.gui.parts import GAP, heading
from labelapp.gui.preview import Preview
from labelapp.gui.settings import Start
from labelapp.gui.strips import Banner
from labelapp.gui.theme import Theme


class Panes:
    """Builds the panes into the frame; none of them knows another."""

    def __init__(self, frame: Frame, theme: Theme, begin: Start) -> None:
        words = begin.words
        left = QWidget(frame)
        self.banner = Banner(words, begin.clock, left)
        self.entry = Entry(theme, words, left)
        self.preview = Preview(theme, words, begin.settings, frame)
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
        right.addWidget(self.preview)
        right.addWidget(beneath)
        right.setSizes([430, 200])
        right.setStretchFactor(0, 3)
        right.setStretchFactor(1, 2)
        frame.split.addWidget(left)
        self.aside = Aside(right, self.answer, frame)
        self.findings.chosen.connect(self.aside.show_answer)
        frame.split.addWidget(self.aside)
        frame.split.setSizes([700, 620])


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
