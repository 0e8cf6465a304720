"""The list under the command field: whatever was typed, found among patients, orders and lots."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.shown import ShownHit, ShownHits
from labelapp.gui.office.marks import Mark
from labelapp.gui.office.page import Plain
from labelapp.gui.office.tables import Row, Table
from labelapp.gui.parts import GAP, Line, label
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.gui.work import Bug, Task, Trouble, Work

PAUSE_MS = 80
"""So long nobody types before it is searched."""
_MOST = 9
"""Rows that are seen at once."""
_MARKS = {"patient": Mark.PATIENT, "order": Mark.ORDER, "fill": Mark.ORDER, "lot": Mark.LOT}
_STEPS = {
    int(Qt.Key.Key_Down): 1,
    int(Qt.Key.Key_Up): -1,
    int(Qt.Key.Key_PageDown): _MOST,
    int(Qt.Key.Key_PageUp): -_MOST,
}
_ENTER = frozenset({int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter)})


class FindList(QFrame):
    """Shows what is found for what is typed; the field above keeps the focus and lends its keys.

    Whoever has the field calls `search` at every change of it and `takes` with every key first.
    Nothing is chosen to begin with, so that a scan's Enter opens nobody's chart. It hides itself
    while there is nothing to find. `plain` says an error and its way out, as the desk does.
    """

    patient = Signal(int)
    order = Signal(str)
    lot = Signal(str)

    def __init__(
        self, theme: Theme, words: Words, office: Office, work: Work, parent: QWidget, plain: Plain
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._office = office
        self._work = work
        self._plain = plain
        self._typed = self._asked = self._after = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._search)
        self.table = Table(theme, words("records.find"), ("", "", ""), self)
        self.table.opens = True
        self.table.rows.wanted.connect(self._more)
        self.table.opened.connect(self._choose)
        self.table.clicked.connect(self._clicked)
        self.said = label(wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GAP // 2)
        column.setSpacing(GAP // 2)
        column.addWidget(self.table)
        column.addWidget(self.said)
        self.hide()

    def search(self, typed: str) -> None:
        """Find what was typed, as soon as nobody types any more; nothing typed hides the list."""
        self._typed = " ".join(typed.split())
        if self._typed:
            self._timer.start()
        else:
            self._timer.stop()
            self._asked = ""
            self.table.show_rows(())
            self.hide()

    def follow(self, text: str) -> None:
        """Hide the list when the field was emptied, also by what was done with its text."""
        if not text:
            self.search("")

    def takes(self, event: QKeyEvent) -> bool:
        """Take a key of the field: arrows choose, Enter opens what is chosen, Esc hides the list."""
        key = event.key()
        if self.isHidden():
            return False
        if key in _STEPS and self.table.rows.rows:
            place = self.table.currentIndex().row()
            self.table.choose(max(0, place + _STEPS[key]))
            return True
        if key in _ENTER and (opens := self.table.key() or self._exact()) is not None:
            self._choose(opens)
            return True
        if key == int(Qt.Key.Key_Escape):
            self.search("")
            return True
        return False

    def sizeHint(self) -> QSize:
        """Ask for the rows found, up to nine."""
        line = self.fontMetrics().height() + GAP
        rows = min(_MOST, len(self.table.rows.rows))
        return QSize(400, max(1, rows) * line + self.said.sizeHint().height() + 2 * GAP)

    def _exact(self) -> object:
        """Give the one prescription or lot whose whole number was typed, or None."""
        wanted = self._typed.casefold()
        keys = [e.key for e in self.table.rows.rows if isinstance(e.key, tuple)]
        same = [e for e in keys if e[0] != "patient" and e[1].casefold() == wanted]
        return same[0] if len(same) == 1 and self._asked == self._typed else None

    def _search(self) -> None:
        self._asked = self._typed
        job = partial(self._office.search.find, self._asked)
        show = partial(self._show, self._asked)
        self._work.ask(Task("records.find", job, show, self._failed))

    def _more(self) -> None:
        if self._after:
            job = partial(self._office.search.find, self._asked, self._after)
            add = partial(self._add, self._asked)
            self._work.ask(Task("records.find.more", job, add, self._failed))

    def _show(self, typed: str, found: ShownHits) -> None:
        if typed != self._typed:
            return
        self._after = found.after
        self.table.clearSelection()
        self.table.setCurrentIndex(self.table.rows.index(-1, -1))
        self.table.show_rows([self._row(each) for each in found.hits], more=bool(found.after))
        self._say_count()

    def _add(self, typed: str, found: ShownHits) -> None:
        if typed == self._asked == self._typed:
            self._after = found.after
            self.table.add_rows([self._row(each) for each in found.hits], more=bool(found.after))
            self._say_count()

    def _say_count(self) -> None:
        many = len(self.table.rows.rows)
        key = "records.find.more" if self._after else "records.find.all"
        said = self._words(key, many=str(many)) if many else self._words("records.find.none")
        self._tell(said)

    def _failed(self, trouble: Trouble) -> None:
        self.table.show_rows(())
        if isinstance(trouble, Bug):
            self._tell(self._words("gui.bug", kind=trouble.kind, where=trouble.where))
        else:
            self._tell(" ".join(part for part in self._plain(trouble) if part))

    def _tell(self, said: str) -> None:
        self.said.setText(said)
        self.said.setAccessibleName(said)
        self.table.setVisible(bool(self.table.rows.rows))
        line = self.fontMetrics().height() + GAP
        self.table.setFixedHeight(min(_MOST, max(1, len(self.table.rows.rows))) * line + 4)
        self.show()
        self.updateGeometry()

    def _row(self, hit: ShownHit) -> Row:
        kind = self._words(f"records.kind.{hit.kind}")
        return Row((hit.kind, hit.key), (kind, hit.text, hit.beside), _MARKS.get(hit.kind))

    def _clicked(self, *_index: object) -> None:
        if self.table.key() is not None:
            self._choose(self.table.key())

    def _choose(self, key: object) -> None:
        assert isinstance(key, tuple)
        kind, opens = key
        self.search("")
        if kind == "patient":
            self.patient.emit(int(opens))
        elif kind == "lot":
            self.lot.emit(opens)
        else:
            self.order.emit(opens)


class FindLine(Line):
    """A field to search in, with its list below it."""

    def __init__(self, name: str, found: FindList, parent: QWidget) -> None:
        super().__init__(parent)
        self._found = found
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.textEdited.connect(found.search)
        self.textChanged.connect(found.follow)
        for each in (found.patient, found.order, found.lot):
            each.connect(self._opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lend the keys to the list; an Enter after something typed is never the page's."""
        is_enter = event.key() in _ENTER
        if not self._found.takes(event) and not (is_enter and self.text().strip()):
            super().keyPressEvent(event)

    def _opened(self, _key: object) -> None:
        self.clear()
