"""The picture of a label: the dots the head will burn, scaled to the eye, and its boxes."""

from __future__ import annotations

import enum

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from labelapp.dispensing.shown import ShownBox, ShownPage
from labelapp.gui.theme import Theme

MM_PER_INCH = 25.4
MARGIN = 12
"""Ground around the label, in pixels."""
_LEAST_FIT = 0.5
"""Shown whole only from this part of its true size on."""


class Zoom(enum.StrEnum):
    """How large the label is shown; TRUE is its size in the hand."""

    FIT = "fit"
    TRUE = "true"
    DOUBLE = "double"
    DOTS = "dots"
    """One pixel for each dot of the head."""


class Picture(QWidget):
    """One label as it will print. A click or the arrow keys choose a run of words on it."""

    chosen = Signal(object)
    """The box chosen, or None."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._page: ShownPage | None = None
        self._image = QImage()
        self._scaled = QImage()
        self._zoom = Zoom.FIT
        self._room = QSize(400, 200)
        self._box = -1
        self.is_old = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_page(self, page: ShownPage | None) -> None:
        """Show a page's dots; the box chosen stays chosen while the page still has it."""
        if page == self._page:
            return
        kept = self._box if page and self._page and self._box < len(page.boxes) else -1
        self._page = page
        self._image = QImage() if page is None else image_of(page)
        self._scaled = QImage()
        self._box = kept
        self.updateGeometry()
        self.adjustSize()
        self.update()

    def set_old(self, *, old: bool) -> None:
        """Fade the label while it is that of an older draft."""
        if self.is_old != old:
            self.is_old = old
            self.update()

    def set_zoom(self, zoom: Zoom, room: QSize) -> None:
        """Show it at this size; `room` is what FIT may fill."""
        if (zoom, room) != (self._zoom, self._room):
            self._zoom, self._room, self._scaled = zoom, room, QImage()
            self.adjustSize()
            self.update()

    def scale(self) -> float:
        """Give the pixels for a dot; a whole number where the zoom allows it."""
        page = self._page
        if page is None:
            return 1.0
        true = self.logicalDpiX() / page.dpi
        if self._zoom is Zoom.TRUE:
            return true
        if self._zoom is Zoom.DOUBLE:
            return 2 * true
        if self._zoom is Zoom.DOTS:
            return 1.0
        width = (self._room.width() - 2 * MARGIN) / page.width
        height = (self._room.height() - 2 * MARGIN) / page.height
        fits = min(width, height, 4 * true)
        if fits < true * _LEAST_FIT:  # a whole page nobody can read: its width, and it scrolls
            fits = max(0.05, min(width, true))
        return float(int(fits)) if fits >= 1 else fits

    def sizeHint(self) -> QSize:
        """Ask for the label and some ground around it."""
        if self._page is None:
            return QSize(200, 100)
        scale = self.scale()
        return QSize(
            round(self._page.width * scale) + 2 * MARGIN,
            round(self._page.height * scale) + 2 * MARGIN,
        )

    def box(self) -> ShownBox | None:
        """Give the box chosen."""
        if self._page is None or not 0 <= self._box < len(self._page.boxes):
            return None
        return self._page.boxes[self._box]

    def chosen_area(self) -> QRect:
        """Give where the box chosen stands in this widget; empty when none is."""
        box = self.box()
        return QRect() if box is None else self._rect(box).toAlignedRect()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the label, its edge, and the box chosen."""
        if self._page is None:
            return
        painter = QPainter(self)
        area = self._area()
        ratio = self.devicePixelRatioF()
        wanted = QSize(round(area.width() * ratio), round(area.height() * ratio))
        if self._scaled.size() != wanted:
            self._scaled = scaled(self._image, wanted)
        painter.setOpacity(0.35 if self.is_old else 1)
        painter.drawImage(area, self._scaled, QRectF(self._scaled.rect()))
        painter.setOpacity(1)
        painter.setPen(QPen(QColor(self._theme.colours.line), 1))
        painter.drawRect(area.adjusted(-1, -1, 0, 0))
        box = self.box()
        if box is not None:
            painter.setPen(QPen(QColor(self._theme.colours.focus), 2))
            painter.drawRect(self._rect(box).adjusted(-3, -2, 3, 2))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the words under the mouse."""
        boxes = self._page.boxes if self._page else ()
        at = event.position()
        self._choose(next((i for i, b in enumerate(boxes) if self._rect(b).contains(at)), -1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from one run of words to the next with the arrow keys."""
        step = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
        }.get(Qt.Key(event.key()), 0)
        boxes = self._page.boxes if self._page else ()
        if not step or not boxes:
            super().keyPressEvent(event)
            return
        self._choose((self._box + step) % len(boxes) if self._box >= 0 else 0)

    def _choose(self, place: int) -> None:
        self._box = place
        self.update()
        self.chosen.emit(self.box())

    def _area(self) -> QRectF:
        assert self._page is not None
        scale = self.scale()
        width, height = round(self._page.width * scale), round(self._page.height * scale)
        left = max(MARGIN, (self.width() - width) // 2)
        top = max(MARGIN, (self.height() - height) // 2)
        return QRectF(left, top, width, height)

    def _rect(self, box: ShownBox) -> QRectF:
        assert self._page is not None
        dots = self._page.dpi / MM_PER_INCH * self.scale()
        area = self._area()
        return QRectF(
            area.left() + box.x_mm * dots,
            area.top() + box.y_mm * dots,
            box.width_mm * dots,
            box.height_mm * dots,
        )


def image_of(page: ShownPage) -> QImage:
    """Make the picture of a page's dots; its colours and black are its own, whatever the palette."""
    if colours := page.colours:
        size = (page.width, page.height)
        return QImage(colours, *size, 3 * page.width, QImage.Format.Format_RGB888).copy()
    row = (page.width + 7) // 8
    image = QImage(page.bits, page.width, page.height, row, QImage.Format.Format_Mono).copy()
    image.setColorTable([0xFFFFFFFF, 0xFF000000])
    return image


def scaled(image: QImage, size: QSize) -> QImage:
    """Scale dots cleanly: each to a whole block of pixels, or else every dot weighed in.

    Qt weighs every dot only in 32 bits: of a grey picture made smaller it passes strokes over.
    """
    whole = not size.width() % image.width() and not size.height() % image.height()
    if whole:
        return image.scaled(size)
    soft = image.convertToFormat(QImage.Format.Format_RGB32)
    return soft.scaled(size, mode=Qt.TransformationMode.SmoothTransformation)
