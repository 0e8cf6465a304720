"""What is on record about people and prescriptions, as staff read it: names, days, ages, states."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from labelapp.dispensing.office.shown import ShownPatient
from labelapp.gui.office.marks import Mark, draw
from labelapp.gui.office.page import moment
from labelapp.gui.parts import GAP, breakable, label, row_of
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.rx.dates import read_day, staff_date

_TOP = Qt.AlignmentFlag.AlignTop


def day(text: str) -> str:
    """Say a day as staff read it, `12-Mar-1961`; what is no day stands as it is."""
    found = read_day(text)
    return text if found is None else staff_date(found)


def at(text: str) -> str:
    """Say when something was recorded; what is no moment stands as it is."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment(text)


def born(patient: ShownPatient, today: date, words: Words) -> str:
    """Say a birth date with the age: `12-Mar-1961 (65)`."""
    found = read_day(patient.born)
    if found is None:
        return words("gui.not-recorded")
    age = today.year - found.year - ((today.month, today.day) < (found.month, found.day))
    return f"{staff_date(found)} ({age})"


class Whose(QWidget):
    """Whose records these are: the name, large; under it the day of birth and what else is given."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = label(wrap=True)
        font = self.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.3)
        self.name.setFont(font)
        self.facts = label(wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.name)
        column.addWidget(self.facts)

    def show_whose(self, name: str, *facts: str) -> None:
        """Show a name and what stands beside it."""
        self.name.setText(breakable(row_of(name)))
        said = "   ".join(row_of(each) for each in facts if each)
        self.facts.setText(breakable(said))
        self.setAccessibleName(f"{name}, {said}")


class Sign(QWidget):
    """A sign before a word; it is told by its shape."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mark: Mark | None = None
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_mark(self, mark: Mark | None, text: str) -> None:
        """Show a sign and its word."""
        self._mark, self._text = mark, text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Give the word."""
        return self._text

    def sizeHint(self) -> QSize:
        """Give room to sign and word."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self._text) + metrics.height() + GAP
        return QSize(width, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Ask for no less."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign and the word."""
        painter = QPainter(self)
        left = 0
        if self._mark is not None:
            side = self.fontMetrics().height() - 2
            painter.setPen(QColor(self._theme.colours.text))
            draw(painter, QRect(0, 2, side, side), self._mark, colour(self._mark, self._theme))
            left = side + GAP // 2
        painter.setPen(QColor(self._theme.colours.text))
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), 0, self._text)
        painter.end()


def colour(mark: Mark, theme: Theme) -> QColor:
    """Give the colour that goes with a sign, never without its shape and word."""
    colours = theme.colours
    by_mark = {Mark.GOOD: colours.good, Mark.WAITS: colours.ask, Mark.STOP: colours.stop}
    return QColor(by_mark.get(mark, colours.quiet))


class Facts(QWidget):
    """What is known, each beside its name, as many lines as the words need."""

    def __init__(self, words: Words, names: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GAP)
        self._grid.setVerticalSpacing(GAP // 2)
        self._grid.setColumnStretch(1, 1)
        self.values: dict[str, QLabel] = {}
        for name in names:
            self.values[name] = label(wrap=True)
            self.put(name, self.values[name])

    def put(self, name: str, shown: QWidget) -> None:
        """Put something beside a further name."""
        row = self._grid.rowCount()
        self._grid.addWidget(label(self._words(f"records.fact.{name}")), row, 0, _TOP)
        self._grid.addWidget(shown, row, 1)

    def tell(self, **facts: str) -> None:
        """Show what is known; what is not is said to be not recorded."""
        for name, said in facts.items():
            value = self.values[name]
            value.setText(breakable(said or self._words("gui.not-recorded")))
            value.setAccessibleName(f"{self._words(f'records.fact.{name}')}: {value.text()}")
