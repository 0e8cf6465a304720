"""The directions: the text as written, what was understood of it, and which words are not."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSizePolicy,
    QTextEdit,
    QWidget,
)

from labelapp.dispensing.shown import ShownLine, ShownTranslation
from labelapp.gui.parts import takes_undo
from labelapp.gui.settings import Words
from labelapp.gui.theme import Colours
from labelapp.rx.finding import Span

_UNDER = "\N{NO-BREAK SPACE}" * 5
"""Sets a translation in under the line it stands for."""
_PARAGRAPH = "\N{PARAGRAPH SEPARATOR}"


class Sig(QPlainTextEdit):
    """The field the directions are typed in."""

    typed = Signal(str)

    def __init__(self, parent: QWidget, lines: int = 3) -> None:
        super().__init__(parent)
        self._lines = lines
        self._text = ""
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._tell)

    def text(self) -> str:
        """Give the text as written, hard spaces and all."""
        return self.document().toRawText().replace(_PARAGRAPH, "\n")

    def set_text(self, text: str) -> None:
        """Show a text, keeping the cursor when it is the one that stands there."""
        if text != self._text:
            self._text = text
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)

    def mark(self, wrong: Iterable[Span], lit: Iterable[Span], colours: Colours) -> None:
        """Wave under what was not understood, and underline where the line in view came from."""
        marks = [self._selection(span, _wave(colours)) for span in wrong]
        marks += [self._selection(span, _underline(colours)) for span in lit]
        self.setExtraSelections(marks)

    def sizeHint(self) -> QSize:
        """Show a few lines; longer directions scroll."""
        frame = 2 * self.frameWidth() + 2 * int(self.document().documentMargin())
        return QSize(200, self._lines * self.fontMetrics().lineSpacing() + frame)

    def event(self, event: QEvent) -> bool:
        """Leave undo to the form."""
        if takes_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def _tell(self) -> None:
        self._text = self.text()
        self.typed.emit(self._text)

    def _selection(self, span: Span, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        cursor = QTextCursor(self.document())
        last = max(0, self.document().characterCount() - 1)
        cursor.setPosition(min(last, place_in_window(self._text, span.start)))
        cursor.setPosition(
            min(last, place_in_window(self._text, span.end)), QTextCursor.MoveMode.KeepAnchor
        )
        made = QTextEdit.ExtraSelection()
        made.cursor = cursor
        made.format = look
        return made


def place_in_window(text: str, place: int) -> int:
    """Count as Qt does: two for a character beyond the first 65,536, one for CR LF."""
    before = text[:place].replace("\r\n", "\n")
    return len(before) + sum(1 for each in before if ord(each) > 0xFFFF)


def _wave(colours: Colours) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    look.setUnderlineColor(QColor(colours.stop))
    look.setForeground(QColor(colours.stop))
    return look


def _underline(colours: Colours) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    look.setUnderlineColor(QColor(colours.focus))
    look.setBackground(
        QColor(colours.focus).lighter(400) if _is_light(colours) else QColor("#26415c")
    )
    return look


def _is_light(colours: Colours) -> bool:
    return QColor(colours.base).lightness() > 127


class Understood(QListWidget):
    """The lines the label will say; the one the cursor is on shows where it came from."""

    lit = Signal(tuple)
    """The characters of the sig the line in view came from."""

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._lines: tuple[ShownLine, ...] = ()
        self._quiet = ""
        self._spans: list[tuple[Span, ...]] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)
        self.viewport().setAutoFillBackground(False)
        font = self.font()
        font.setBold(True)
        self.setFont(font)
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSpacing(1)
        self.currentRowChanged.connect(self._light)

    def show_lines(self, lines: tuple[ShownLine, ...], colours: Colours) -> bool:
        """Show these lines, a draft of a translation quietly; tell whether anything changed."""
        if (lines, colours.quiet) == (self._lines, self._quiet):
            return False
        self._lines, self._quiet = lines, colours.quiet
        self.blockSignals(True)
        self.clear()
        self._spans.clear()
        for each in lines:
            self.addItem(f"\N{RIGHTWARDS ARROW} {each.text}")
            self._spans.append(each.spans)
            if each.translation is not None:
                self.addItem(self._beside(each.translation))
                self._spans.append(each.spans)
        self.blockSignals(False)
        self.setVisible(bool(lines))
        self._light(-1)
        return True

    def _beside(self, said: ShownTranslation) -> QListWidgetItem:
        """Make the row of a line in the patient's language, a draft marked by its words."""
        text = self._words("gui.translation.draft", text=said.text) if said.draft else said.text
        row = QListWidgetItem(f"{_UNDER}{text}")
        font = self.font()
        font.setBold(not said.draft)
        row.setFont(font)
        if said.draft:
            row.setForeground(QColor(self._quiet))
        return row

    def sizeHint(self) -> QSize:
        """Ask for the height of all lines."""
        return QSize(200, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Ask for no less."""
        return QSize(0, self.heightForWidth(self.width()))

    def hasHeightForWidth(self) -> bool:
        """Say that narrow means tall."""
        return True

    def heightForWidth(self, _width: int) -> int:
        """Give the height of all lines."""
        return sum(self.sizeHintForRow(row) + 2 for row in range(self.count())) + 4

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the line under the mouse."""
        super().mouseMoveEvent(event)
        self._light(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        """Go back to the line chosen by key."""
        super().leaveEvent(event)
        self._light(self.currentRow() if self.hasFocus() else -1)

    def _light(self, row: int) -> None:
        self.lit.emit(self._spans[row] if 0 <= row < len(self._spans) else ())
