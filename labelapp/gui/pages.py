"""The pages of the Help menu: every key, and what this program is and stands on."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from labelapp import __version__
from labelapp.gui.parts import GAP, heading, label
from labelapp.gui.ring import FocusRing
from labelapp.gui.settings import Start, Words
from labelapp.gui.theme import Theme

KEYS = (
    ("F1", "help"),
    ("F2", "new"),
    ("F9, Ctrl+P", "print"),
    ("Ctrl+R", "reprint"),
    ("F10", "check"),
    ("Ctrl+F", "find"),
    ("Ctrl+H", "history"),
    ("Ctrl+T", "lots"),
    ("Ctrl+L", "lock"),
    ("Ctrl+K", "switch"),
    ("Ctrl+S", "save"),
    ("Ctrl+Shift+S", "keep"),
    ("Ctrl+G", "number"),
    ("Ctrl+O", "open"),
    ("Ctrl+Shift+O", "attach"),
    ("Ctrl+Z", "undo"),
    ("Ctrl+Y", "redo"),
    ("Ctrl+PgUp, Ctrl+PgDown", "queue"),
    ("F6", "findings"),
    ("F7", "directions"),
    ("F8", "preview"),
    ("F11", "received"),
    ("Enter", "enter"),
    ("Y, N, U", "answers"),
    ("Esc", "back"),
    ("Ctrl++, Ctrl+-", "size"),
    ("Ctrl+Q", "quit"),
)
"""Every key of the window, and the word that says what it does."""


class Help(QObject):
    """Opens the pages of the Help menu."""

    def __init__(
        self, theme: Theme, begin: Start, actions: Mapping[str, QAction], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._begin = begin
        self._parent = parent
        actions["keys"].triggered.connect(self.show_keys)
        actions["about"].triggered.connect(self.show_about)

    def show_keys(self) -> None:
        """Open the page of keys."""
        KeysPage(self._theme, self._begin.words, self._parent).open()

    def show_about(self) -> None:
        """Open the page about the program."""
        AboutPage(self._theme, self._begin.words, self._begin.licences(), self._parent).open()


class KeysPage(QDialog):
    """The page of keys."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words("gui.help.title"))
        inner = QWidget(self)
        grid = QGridLayout(inner)
        grid.setHorizontalSpacing(3 * GAP)
        grid.setVerticalSpacing(GAP)
        for row, (key, what) in enumerate(KEYS):
            grid.addWidget(heading(key), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(words(f"gui.key.{what}"), wrap=True), row, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(KEYS), 1)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setAccessibleName(words("gui.help.title"))
        _frame(self, area, words)
        FocusRing(theme, self)
        _fit(self, theme, 560)


class AboutPage(QDialog):
    """Version, purpose and the licences of everything that is bundled."""

    def __init__(self, theme: Theme, words: Words, licences: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words("gui.about.title"))
        text = QPlainTextEdit(self)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setPlainText(licences)
        text.setAccessibleName(words("gui.about.licences"))
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(heading(words("gui.about.version", version=__version__)))
        column.addWidget(label(words("gui.about.purpose"), wrap=True))
        column.addWidget(label(words("gui.about.licences")))
        column.addWidget(text, 1)
        _frame(self, inner, words)
        FocusRing(theme, self)
        _fit(self, theme, 640)


def _fit(page: QDialog, theme: Theme, width: int) -> None:
    """Make a page wider and higher with its text, never more than the screen has."""
    room, share = page.screen().availableGeometry(), theme.size / 100
    page.resize(
        min(round(width * share), room.width() * 96 // 100),
        min(round(520 * share), room.height() * 92 // 100),
    )


def _frame(dialog: QDialog, inside: QWidget, words: Words) -> None:
    """Put a page into its dialog, with the one button that closes it."""
    buttons = QDialogButtonBox(dialog)
    buttons.addButton(words("gui.close"), QDialogButtonBox.ButtonRole.RejectRole)
    buttons.rejected.connect(dialog.close)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
    column.setSpacing(2 * GAP)
    column.addWidget(inside, 1)
    column.addWidget(buttons)
