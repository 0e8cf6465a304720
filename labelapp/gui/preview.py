"""The preview: the very label, at the size it has in the hand, with stock, head and pages."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from labelapp.dispensing.shown import (
    Shown,
    ShownBox,
    ShownFinding,
    ShownLabel,
)
from labelapp.gui.choosers import Chooser, Choosers
from labelapp.gui.parts import GAP, comfortable, heading, label
from labelapp.gui.picture import Picture, Zoom
from labelapp.gui.settings import Settings, Words
from labelapp.gui.signs import sign
from labelapp.gui.theme import Theme
from labelapp.rx.finding import Severity


class _Ground(QScrollArea):
    """Where the label lies; it tells when the room it has changes."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell of the new room."""
        super().resizeEvent(event)
        self.resized.emit()


class Band(QWidget):
    """A band over the picture of a label that must not print. It is never part of the label."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def say(self, text: str) -> None:
        """Say why the label does not print; nothing to say hides the band."""
        self._text = text
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.update()

    def sizeHint(self) -> QSize:
        """Give room to the words and air around them."""
        return QSize(100, self.fontMetrics().height() + GAP)

    def minimumSizeHint(self) -> QSize:
        """Ask for no less."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign and the words on the colour of STOP."""
        colours, font = self._theme.colours, self.font()
        font.setBold(True)
        side, ink = self.fontMetrics().height(), QColor(colours.base)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.stop))
        sign(painter, QRect(GAP, GAP // 2, side, side), Severity.STOP, ink)
        painter.setFont(font)
        painter.setPen(ink)
        area = self.rect().adjusted(side + 2 * GAP, 0, -GAP, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.end()


def _is_stop(shown: ShownFinding) -> bool:
    return shown.finding.severity is Severity.STOP


class Turn(QPushButton):
    """A square button with an arrow on it."""

    def sizeHint(self) -> QSize:
        """Ask for a square that is easy to hit."""
        return QSize(comfortable(self), comfortable(self))

    def minimumSizeHint(self) -> QSize:
        """Ask for no less."""
        return self.sizeHint()


class Preview(QWidget):
    """Shows the label, or another paper of the fill, over the lists of what one can choose."""

    def __init__(self, theme: Theme, words: Words, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._label: ShownLabel | None = None
        self._page = 0
        self.picture = Picture(theme, self)
        self.picture.chosen.connect(self._tell_why)
        self.ground = _Ground(self)
        self.ground.setWidget(self.picture)
        self.ground.setWidgetResizable(True)
        self.ground.setBackgroundRole(QPalette.ColorRole.Window)
        self.ground.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ground.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.ground.resized.connect(self._zoomed)
        self.ground.setMinimumHeight(150)
        self.zoom = Chooser(self)
        self.zoom.setAccessibleName(words("gui.preview.zoom"))
        for each in Zoom:
            self.zoom.addItem(words(f"gui.zoom.{each}"), each.value)
        self.choosers = Choosers(theme, words, settings, self)
        self.back = Turn("\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", self)
        self.forth = Turn("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", self)
        self.title = heading(words("gui.preview"))
        self.count = label()
        self.empty = label(words("gui.preview.empty"), wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.band = Band(theme, self)
        self.why = label(wrap=True)
        self._lay_out()
        self._connect()
        self.why.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.why.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.show_answer(None)

    def changeEvent(self, event: QEvent) -> None:
        """Keep two lines for the words under the label, whatever the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.why.setMinimumHeight(2 * self.fontMetrics().lineSpacing())

    def show_old(self) -> None:
        """Fade the label: it is that of an older draft, and the newer one takes its time."""
        self.picture.set_old(old=True)
        self.why.setText(self._words("gui.why.looking"))

    def show_answer(self, shown: Shown | None) -> None:
        """Show the label of an answer, or say that there is none yet."""
        self.picture.set_old(old=False)
        own = "" if self.choosers.wanted.jurisdiction or shown is None else shown.jurisdiction
        self.choosers.name_state(own)
        self.title.setText(self._words(f"gui.preview.paper.{self.choosers.wanted.paper}"))
        self._label = shown.label if shown else None
        pages = self._label.pages if self._label else ()
        self._page = min(self._page, max(0, len(pages) - 1))
        self.band.say(self._why_not(shown) if shown and pages else "")
        self.empty.setVisible(not pages)
        self.ground.setVisible(bool(pages))
        self._turn()

    def _why_not(self, shown: Shown) -> str:
        """Say that a label is stopped, or that directions in question stand half on it."""
        if any(_is_stop(each) for each in shown.open_findings):
            return self._words("gui.preview.stopped")
        asked = any(each.finding.code.startswith("sig.") for each in shown.open_findings)
        return self._words("gui.preview.incomplete") if asked else ""

    def _lay_out(self) -> None:
        words = self._words
        top = QHBoxLayout()
        top.addWidget(self.title)
        top.addStretch()
        for each in (self.back, self.count, self.forth):
            top.addWidget(each)
        top.addSpacing(GAP)
        top.addWidget(self.zoom)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, 2 * GAP, GAP)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addWidget(self.band)
        column.addWidget(self.ground, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.why)
        column.addWidget(self.choosers)
        self.ground.setFrameShape(QFrame.Shape.NoFrame)
        for button, key in ((self.back, "gui.preview.back"), (self.forth, "gui.preview.forth")):
            button.setAccessibleName(words(key))
        self.picture.setAccessibleName(words("gui.preview.picture"))

    def _connect(self) -> None:
        self.zoom.currentIndexChanged.connect(self._zoomed)
        self.back.clicked.connect(self._page_back)
        self.forth.clicked.connect(self._page_forth)

    def _zoomed(self, *_news: object) -> None:
        room = self.ground.viewport().size() if self.ground.isVisible() else QSize(400, 200)
        self.picture.set_zoom(Zoom(self.zoom.currentData()), room)
        self.picture.setMinimumSize(self.picture.sizeHint() if self._label else QSize(0, 0))

    def _page_back(self) -> None:
        self._page -= 1
        self._turn()

    def _page_forth(self) -> None:
        self._page += 1
        self._turn()

    def _turn(self) -> None:
        pages = self._label.pages if self._label else ()
        self.picture.show_page(pages[self._page] if pages else None)
        many = str(len(pages))
        self.count.setText(self._words("gui.preview.page", page=str(self._page + 1), of=many))
        for each in (self.back, self.forth, self.count):
            each.setVisible(len(pages) > 1)
        self.back.setEnabled(self._page > 0)
        self.forth.setEnabled(self._page < len(pages) - 1)
        self._zoomed()
        self._tell_why(self.picture.box())

    def _bring_to_sight(self) -> None:
        """Scroll a page that is larger than its room to the words chosen by keys."""
        area = self.picture.chosen_area()
        self.ground.ensureVisible(area.center().x(), area.center().y(), 0, area.height() + GAP)

    def _tell_why(self, box: ShownBox | None) -> None:
        if box is not None:
            self._bring_to_sight()
            size = f"{box.size_pt:g}"
            said = self._words("gui.preview.why", text=box.text, size=size, why=box.why)
        elif self._label is not None:
            said = self._words("gui.preview.serial", serial=self._label.serial)
        else:
            said = ""
        self.why.setText(said)
        self.picture.setAccessibleDescription(said)
