"""The order as received, to look at: a message's text, or a fax or scan page by page."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from labelapp.dispensing.shown import ShownScan
from labelapp.gui.parts import GAP, label
from labelapp.gui.settings import Words
from labelapp.rx.draft import AsReceived

MOST_TEXT = 100_000
"""Characters of a message that are shown; no order is as long, and all of it is kept."""
_ZOOMS = (1.0, 1.5, 2.0, 3.0, 4.0)
"""How large a scan is shown, where 1 is the width there is."""


@dataclass(frozen=True)
class Received:
    """An order as it was received, its pages as pictures where it was a fax or scan."""

    came: AsReceived | None
    scans: tuple[ShownScan, ...] = ()
    is_unreadable: bool = False


class Ground(QScrollArea):
    """Where a picture lies; it tells of the room it has."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell of the new room."""
        super().resizeEvent(event)
        self.resized.emit()

    def sizeHint(self) -> QSize:
        """Ask for no more height than is needed to see something; it takes what there is."""
        return QSize(super().sizeHint().width(), self.minimumHeight())


class ScanPages(Ground):
    """The pages of a fax or scan, one under the other; + and - change their size."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # a bar that comes and goes with the size would change the size again
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._place = 0
        self._inner = QWidget(self)
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._pages: list[tuple[QImage, QLabel]] = []
        self.setWidget(self._inner)
        self.resized.connect(self._scale)

    def show_scans(self, scans: tuple[ShownScan, ...]) -> None:
        """Show these pages."""
        for _, shown in self._pages:
            shown.setParent(None)
            shown.deleteLater()
        self._pages = []
        for each in scans:
            grey = QImage.Format.Format_Grayscale8
            image = QImage(each.grey, each.width, each.height, each.width, grey).copy()
            shown = QLabel(self._inner)
            self._column.addWidget(shown)
            self._pages.append((image, shown))
        self._scale()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the pages larger or smaller."""
        step = {"+": 1, "=": 1, "-": -1}.get(event.text(), 0)
        if step:
            self._place = max(0, min(len(_ZOOMS) - 1, self._place + step))
            self._scale()
        else:
            super().keyPressEvent(event)

    def _scale(self) -> None:
        width = max(50, round((self.viewport().width() - 4) * _ZOOMS[self._place]))
        smooth = Qt.TransformationMode.SmoothTransformation
        height = 0
        for image, shown in self._pages:
            picture = QPixmap.fromImage(image.scaledToWidth(width, smooth))
            shown.setPixmap(picture)
            shown.setFixedSize(picture.size())
            height += picture.height() + GAP
        self._inner.resize(QSize(width, height))


class ReceivedView(QWidget):
    """An order as it was received: its text, its pages, or the sentence that none was kept."""

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        name = words("records.received")
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(name)
        self.scans = ScanPages(words("records.received.scans"), self)
        self.empty = label(words("records.received.none"), wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedWidget(self)
        for each in (self.empty, self.text, self.scans):
            self._stack.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.setMinimumHeight(5 * self.fontMetrics().lineSpacing())
        self.came: AsReceived | None = None

    def show_received(self, found: Received) -> None:
        """Show an order as it was received."""
        self.came = found.came
        if found.came is None or found.is_unreadable:
            key = "unreadable" if found.is_unreadable else "none"
            self.empty.setText(self._words(f"records.received.{key}"))
            self._stack.setCurrentWidget(self.empty)
        elif found.scans:
            self.scans.show_scans(found.scans)
            self._stack.setCurrentWidget(self.scans)
        else:
            self.text.setPlainText(self._bounded(found.came.data.decode("utf-8", "replace")))
            self._stack.setCurrentWidget(self.text)

    def show_none(self, said: str) -> None:
        """Show a sentence and no order: whatever was in view before is gone."""
        self.came = None
        self.text.clear()
        self.scans.show_scans(())
        self.empty.setText(said)
        self._stack.setCurrentWidget(self.empty)

    def take_focus(self) -> None:
        """Put the keyboard where an order is read."""
        shown: QWidget | None = self._stack.currentWidget()
        assert shown is not None
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _bounded(self, text: str) -> str:
        if len(text) <= MOST_TEXT:
            return text
        more = self._words("records.received.more", many=str(len(text) - MOST_TEXT))
        return f"{text[:MOST_TEXT]}\n\n{more}"
