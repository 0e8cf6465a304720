"""What is held against one another: a label as it was printed, an order as it was received."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from labelapp.dispensing.office.office import Office
from labelapp.dispensing.scanned import pictures
from labelapp.dispensing.shown import ShownPage
from labelapp.gui.parts import label
from labelapp.gui.picture import Picture, Zoom
from labelapp.gui.received import Ground, Received
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.rx.errors import UnreadableFile

LEAST = 12
"""Lines of text a picture is high at least."""


def received(office: Office, rx_number: str) -> Received:
    """Fetch an order as it was received; a scan nobody can read any more is said to be one.

    Raises NoSuchOrder.
    """
    came = office.orders.received(rx_number)
    try:
        return Received(came, pictures(came) if came is not None else ())
    except UnreadableFile:
        return Received(came, is_unreadable=True)


class LabelView(QWidget):
    """The picture of a label, dot for dot what the head burned, as large as there is room."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self.picture = Picture(theme, self)
        self.picture.setAccessibleName(words("records.label"))
        self.empty = label(words("records.label.none"), wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._ground = Ground(self)
        self._ground.setWidget(self.picture)
        self._ground.setWidgetResizable(True)
        self._ground.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._ground.setMinimumHeight(LEAST * self.fontMetrics().lineSpacing())
        self._ground.resized.connect(self._zoomed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._ground, 1)
        column.addWidget(self.empty, 1)
        self.show_label("", b"")

    def show_label(self, layout: str, dots: bytes) -> None:
        """Show a label as it is kept: its layout (JSON) and its dots; nothing for no label."""
        if not layout:
            self.show_page(None)
            return
        says = json.loads(layout)
        page = says["page"]
        shown = ShownPage(page["width"], page["height"], int(says["dpi"]), dots, (), ())
        self.show_page(shown)
        self.picture.setAccessibleDescription(" / ".join(each["text"] for each in page["words"]))

    def show_page(self, page: ShownPage | None) -> None:
        """Show a label's page; nothing for none."""
        self._ground.setVisible(page is not None)
        self.empty.setVisible(page is None)
        words = page.boxes if page is not None else ()
        self.picture.setAccessibleDescription(" / ".join(each.text for each in words))
        self.picture.show_page(page)
        self._zoomed()

    def _zoomed(self) -> None:
        self.picture.set_zoom(Zoom.FIT, self._ground.viewport().size())
