"""The menu: everything the window can do, each with its key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from labelapp.gui.settings import Words
from labelapp.gui.theme import SIZES, Look

_MENUS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "file",
        (
            ("new", "F2"),
            ("open", "Ctrl+O"),
            ("attach", "Ctrl+Shift+O"),
            ("", ""),
            ("save", "Ctrl+S"),
            ("print", "F9; Ctrl+P"),
            ("reprint", "Ctrl+R"),
            ("", ""),
            ("quit", "Ctrl+Q"),
        ),
    ),
    ("edit", (("undo", "Ctrl+Z"), ("redo", "Ctrl+Y; Ctrl+Shift+Z"))),
    (
        "view",
        (
            ("back", "Ctrl+PgUp"),
            ("forth", "Ctrl+PgDown"),
            ("", ""),
            ("findings", "F6"),
            ("directions", "F7"),
            ("preview", "F8"),
            ("received", "F11"),
            ("", ""),
            ("larger", "Ctrl++; Ctrl+="),
            ("smaller", "Ctrl+-"),
        ),
    ),
    (
        "records",
        (
            ("find", "Ctrl+F"),
            ("history", "Ctrl+H"),
            ("lots", "Ctrl+T"),
            ("check", "F10"),
            ("doubt", ""),
            ("", ""),
            ("keep", "Ctrl+Shift+S"),
            ("number", "Ctrl+G"),
            ("", ""),
            ("people", ""),
            ("settings", ""),
            ("approvals", ""),
            ("audit", ""),
            ("", ""),
            ("backups", ""),
            ("backup-now", ""),
            ("day-end", ""),
            ("setup", ""),
            ("restore", ""),
            ("", ""),
            ("lock", "Ctrl+L"),
            ("switch", "Ctrl+K"),
            ("sign-out", ""),
        ),
    ),
    ("help", (("keys", "F1"), ("report", ""), ("about", ""))),
)

OF_RECORDS = (*(key for key, _keys in dict(_MENUS)["records"] if key), "reprint")
"""The entries that need records."""


def plainly(slot: Callable[[], object]) -> Callable[..., None]:
    """Leave out the `checked` that a menu's action hands on."""

    def call(*_checked: bool) -> None:
        slot()

    return call


class Menu:
    """The menu bar of a window, its actions by name; the window connects them."""

    def __init__(self, window: QMainWindow, words: Words) -> None:
        self._window = window
        self._words = words
        self.actions: dict[str, QAction] = {}
        self.looks: dict[Look, QAction] = {}
        self.sizes: dict[int, QAction] = {}
        for name, entries in _MENUS:
            menu = window.menuBar().addMenu(words(f"gui.menu.{name}"))
            for key, keys in entries:
                if not key:
                    menu.addSeparator()
                    continue
                action = QAction(self._words(f"gui.action.{key}"), self._window)
                action.setShortcuts([QKeySequence(each) for each in keys.split("; ") if each])
                menu.addAction(action)
                self.actions[key] = action
            if name == "view":
                menu.addSeparator()
                self._fill_looks(menu)
        for key in OF_RECORDS:
            self.actions[key].setEnabled(False)  # until there are records and somebody at them

    def _fill_looks(self, menu: QMenu) -> None:
        sizes = menu.addMenu(self._words("gui.menu.size"))
        one = QActionGroup(self._window)
        self.sizes = {size: _mark(self._window, f"{size} %", one) for size in SIZES}
        sizes.addActions(list(self.sizes.values()))
        looks = menu.addMenu(self._words("gui.menu.look"))
        other = QActionGroup(self._window)
        self.looks = {
            look: _mark(self._window, self._words(f"gui.look.{look}"), other) for look in Look
        }
        looks.addActions(list(self.looks.values()))

    def show_look(self, look: Look, size: int) -> None:
        """Mark the look and size worn now."""
        self.looks[look].setChecked(True)
        if size in self.sizes:
            self.sizes[size].setChecked(True)


def _mark(window: QMainWindow, text: str, group: QActionGroup) -> QAction:
    action = QAction(text, window)
    action.setCheckable(True)
    group.addAction(action)
    return action
