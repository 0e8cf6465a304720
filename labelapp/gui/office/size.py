"""The size of a page: as large as its text needs, and never larger than the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from labelapp.gui.theme import Theme


def size(page: QDialog, theme: Theme, width: int, height: int) -> None:
    """Give a page this size at usual text, and more at larger text; width and height in pixels."""
    room, share = page.screen().availableGeometry(), theme.size / 100
    page.resize(
        min(round(width * share), room.width() * 96 // 100),
        min(round(height * share), room.height() * 92 // 100),
    )
