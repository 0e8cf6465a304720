"""The curtain: a page stands in place of everything, and the form behind it stays as it was."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget, QWidget

from labelapp.gui.office.cover import Cover


class Curtain(QObject):
    """Covers the window with one page at a time. Behind it no key works and nothing is to be seen.

    Pages of the records that are open go out of sight with it; they come back to the person they
    belong to, and are closed for anybody else.
    """

    def __init__(self, window: QMainWindow, stack: QStackedWidget) -> None:
        super().__init__(window)
        self._window = window
        self._stack = stack
        self._focus: QWidget | None = None
        self._hidden: list[QDialog] = []
        self.page: Cover | None = None
        """The page that covers the window, if one does."""

    def draw(self, page: Cover) -> None:
        """Cover the window with a page; the one before it is gone."""
        before, self.page = self.page, page
        if before is None:
            self._put_away()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.take_focus()
        if before is not None:
            _drop(self._stack, before)

    def open(self, *, same: bool) -> None:
        """Show the window again as it was; `same` when it is the same person's."""
        if self.page is None:
            return
        page, self.page = self.page, None
        self._stack.setCurrentIndex(0)
        _drop(self._stack, page)
        bar = self._window.menuBar()
        bar.setEnabled(True)
        bar.show()
        for each in self._hidden:
            if same:
                each.open()
            else:
                each.reject()
                each.deleteLater()
        if self._focus is not None and not (same and self._hidden):
            self._focus.setFocus()
        self._hidden, self._focus = [], None

    def _put_away(self) -> None:
        self._focus = self._window.focusWidget()
        popup = QApplication.activePopupWidget()
        while popup is not None:
            popup.close()
            popup = QApplication.activePopupWidget()
        for each in QApplication.topLevelWidgets():
            if isinstance(each, QDialog) and each.isVisible():
                each.destroyed.connect(self._forget)
                self._hidden.append(each)
                each.hide()
        bar = self._window.menuBar()
        bar.setEnabled(False)  # the keys of a menu that is not enabled are nobody's
        bar.hide()

    def _forget(self, gone: QObject) -> None:
        self._hidden = [each for each in self._hidden if each is not gone]


def _drop(stack: QStackedWidget, page: Cover) -> None:
    stack.removeWidget(page)
    page.deleteLater()
