"""The page of backups: how old they are, one made now, one opened to see, and the day's end."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.shown import ShownBackup, ShownKeeping
from labelapp.gui.office.fitted import Rows
from labelapp.gui.office.page import OfficePage, Plain, button, moment
from labelapp.gui.parts import GAP, breakable, heading, label
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.gui.work import Work
from labelapp.rx.dates import staff_date

_COLUMNS = ("at", "age", "rows", "seq", "file")
_STEPS = (("days", timedelta(days=2)), ("hours", timedelta(hours=2)), ("minutes", timedelta(0)))
_UNITS = {"days": timedelta(days=1), "hours": timedelta(hours=1), "minutes": timedelta(minutes=1)}

Seen = tuple[ShownKeeping, tuple[ShownBackup, ...], datetime]


class BackupsPage(OfficePage):
    """The backups that count. One is made every hour besides those made here.

    `plain` says an error and its way out, as the desk does.
    """

    def __init__(
        self, theme: Theme, words: Words, office: Office, work: Work, parent: QWidget, plain: Plain
    ) -> None:
        super().__init__(theme, words, office, work, parent, plain)
        self.setWindowTitle(words("keeping.backups.title"))
        self.backups: tuple[ShownBackup, ...] = ()
        self.newest = heading("")
        self.newest.setWordWrap(True)
        self.folder = label(wrap=True)
        heads = [words(f"keeping.backups.{each}") for each in _COLUMNS]
        self.table = Rows(words("keeping.backups.title"), heads, self)
        self.make = button(words("keeping.backups.make"), self, self._make)
        self.drill = button(words("keeping.backups.drill"), self, self._drill)
        self.day_end = button(words("keeping.backups.day-end"), self, self._end_day)
        self.slip = QPlainTextEdit(self)
        self.copy = button(words("keeping.backups.copy"), self, self._copy)
        self._lay_out_body()
        self.table.picked.connect(self._weigh)
        for each in (self.make, self.drill, self.day_end):
            each.setVisible(office.may(Act.BACKUP))
        self._weigh()
        self.fit(980, 600)
        self._list()

    def _list(self) -> None:
        self.look("list", self._seen, self._show)

    def _seen(self) -> Seen:
        keeping = self.office.keeping
        return keeping.state(), keeping.listed(), self.office.ledger.clock()

    def _show(self, seen: Seen) -> None:
        state, self.backups, now = seen
        words = self.words
        self.folder.setText(breakable(words("keeping.backups.folder", folder=str(state.backups))))
        if state.age is None:
            self.newest.setText(words("keeping.backups.none"))
        else:
            self.newest.setText(words("keeping.backups.newest", age=self._age(state.age)))
        self.table.fill([self._row(each, now) for each in self.backups])
        self._weigh()

    def _row(self, backup: ShownBackup, now: datetime) -> tuple[str, ...]:
        age = self._age(max(timedelta(0), now - backup.at))
        return moment(backup.at), age, str(backup.rows), str(backup.seq), backup.file.name

    def _age(self, age: timedelta) -> str:
        unit = next(name for name, least in _STEPS if age >= least)
        return self.words(f"keeping.backups.{unit}", many=str(age // _UNITS[unit]))

    def _weigh(self, *_place: int) -> None:
        self.drill.setEnabled(self.table.place >= 0)

    def _make(self) -> None:
        job = self.office.keeping.back_up
        self.do(self.words("keeping.backups.making"), job, self._made)

    def _made(self, made: ShownBackup) -> None:
        values = {"file": made.file.name, "rows": str(made.rows)}
        self.say(self.words("keeping.backups.made", **values))
        self._list()

    def _drill(self) -> None:
        place = self.table.place
        if place >= 0:
            file = self.backups[place].file
            job = partial(self.office.keeping.drill, file)
            self.do(self.words("keeping.backups.drilling", file=file.name), job, self._drilled)

    def _drilled(self, found: ShownBackup) -> None:
        values = {"file": found.file.name, "rows": str(found.rows), "seq": str(found.seq)}
        self.say(self.words("keeping.backups.whole", **values))

    def _end_day(self) -> None:
        job = self.office.keeping.day_end
        self.do(self.words("keeping.backups.ending"), job, self._ended)

    def _ended(self, told: tuple[str, int, str]) -> None:
        day, seq, mac = told
        seal = " ".join(mac[place : place + 8] for place in range(0, len(mac), 8))
        said = staff_date(datetime.fromisoformat(day).date())
        self.slip.setPlainText(
            self.words("keeping.backups.slip", day=said, seq=str(seq), seal=seal)
        )
        self.slip.show()
        self.copy.show()
        self.slip.setFocus()
        self.say(self.words("keeping.backups.ended"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.slip.toPlainText())
        self.say(self.words("keeping.backups.copied"))

    def _lay_out_body(self) -> None:
        words = self.words
        self.slip.setReadOnly(True)
        self.slip.setTabChangesFocus(True)
        self.slip.setAccessibleName(words("keeping.backups.day-end"))
        self.slip.setFixedHeight(7 * self.fontMetrics().lineSpacing())
        self.slip.hide()
        self.copy.hide()
        self.column.addWidget(self.newest)
        self.column.addWidget(self.folder)
        self.column.addWidget(label(words("keeping.backups.hint"), wrap=True))
        self.column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for each in (self.make, self.drill, self.day_end):
            row.addWidget(each)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(self.slip)
        under = QHBoxLayout()
        under.addWidget(self.copy)
        under.addStretch(1)
        self.column.addLayout(under)
