"""The page of the audit: who did what and when, read page by page, verified and exported."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QPlainTextEdit, QWidget

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.shown import ShownAudit, ShownPerson
from labelapp.gui.inputs import Choice
from labelapp.gui.office.account import role_word
from labelapp.gui.office.acts import ACTS, act_word, subject_word
from labelapp.gui.office.fitted import Rows, named
from labelapp.gui.office.page import OfficePage, Plain, button, moment
from labelapp.gui.parts import GAP, Line, label
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.gui.work import Work
from labelapp.rx.dates import read_day
from labelapp.rx.people import Role

PROGRAM = "0"
"""The program itself, as the audit numbers it among the people."""
YEARS = range(2000, 2200)
_COLUMNS = ("seq", "at", "who", "act", "subject", "station", "detail")
_ROLES = {each.value for each in Role}


class Checked(Protocol):
    """What checking every row of the audit found; `fault` is empty when all is well."""

    @property
    def rows(self) -> int:
        """How many rows are as they were written."""

    @property
    def fault(self) -> str:
        """What is wrong at the row named."""

    @property
    def at_row(self) -> int:
        """The number of that row."""


class AuditPage(OfficePage):
    """The audit, the newest row first. Reading and verifying it are written down in it too.

    `plain` says an error and its way out, as the desk does.
    """

    def __init__(
        self, theme: Theme, words: Words, office: Office, work: Work, parent: QWidget, plain: Plain
    ) -> None:
        super().__init__(theme, words, office, work, parent, plain)
        self.setWindowTitle(words("keeping.audit.title"))
        self.rows: list[ShownAudit] = []
        acts = sorted(ACTS, key=lambda each: act_word(each, words).casefold())
        self.act = Choice(acts, [act_word(each, words) for each in acts], self)
        self.person = Choice((), (), self)
        self.day, self.subject = Line(self), Line(self)
        self.search = button(words("keeping.audit.find"), self, self.read)
        heads = [words(f"keeping.audit.{each}") for each in _COLUMNS]
        self.table = Rows(words("keeping.audit.title"), heads, self)
        self.whole = QPlainTextEdit(self)
        self.more = button(words("keeping.audit.more"), self, self._read_more)
        self.check = button(words("keeping.audit.verify"), self, self._verify)
        self.export = button(words("keeping.audit.export"), self, self._ask_where)
        self.export.setVisible(office.may(Act.EXPORT))
        self._lay_out_body()
        self.table.picked.connect(self._show_whole)
        for each in (self.day, self.subject):
            each.returnPressed.connect(self.read)
        self.fit(1220, 690)
        self._offer_people()
        self.read()

    def read(self) -> None:
        """Read the newest rows that the filters let through."""
        wanted = self._wanted()
        if wanted is not None:
            job = partial(self.office.keeping.audit_page, 0, **wanted)
            self.look("page", job, self._show)

    def save(self, path: str) -> None:
        """Write the whole audit to a file."""
        job = partial(self.office.keeping.export_audit, Path(path))
        self.do(self.words("keeping.audit.exporting"), job, partial(self._exported, path))

    def _offer_people(self) -> None:
        staff = self.office.staff
        job = staff.listed if self.office.may(Act.PEOPLE) else staff.names
        self.look("people", job, self._show_people)

    def _show_people(self, people: tuple[ShownPerson, ...]) -> None:
        chosen = self.person.currentData()
        self.person.clear()
        self.person.addItem("", "")
        self.person.addItem(self.words("keeping.audit.program"), PROGRAM)
        for each in people:
            self.person.addItem(f"{each.name} ({each.initials})", str(each.id))
        self.person.setCurrentIndex(max(0, self.person.findData(chosen)))

    def _wanted(self) -> dict[str, str] | None:
        typed = self.day.text().strip()
        day = read_day(typed)
        if typed and (day is None or day.year not in YEARS):
            self.say(self.words("keeping.audit.no-day", typed=typed[:40]), trouble=True)
            self.day.setFocus()
            return None
        return {
            "act": self.act.currentData() or "",
            "person": self.person.currentData() or "",
            "day": day.isoformat() if day else "",
            "subject": self.subject.text().strip(),
        }

    def _show(self, rows: tuple[ShownAudit, ...]) -> None:
        self.rows = list(rows)
        self.table.fill([self._row(each) for each in rows])
        self._count(rows)

    def _read_more(self) -> None:
        wanted = self._wanted()
        if wanted is not None and self.rows:
            job = partial(self.office.keeping.audit_page, self.rows[-1].seq, **wanted)
            self.look("page", job, self._show_more)

    def _show_more(self, rows: tuple[ShownAudit, ...]) -> None:
        self.rows += rows
        self.table.add([self._row(each) for each in rows])
        self._count(rows)

    def _count(self, last: tuple[ShownAudit, ...]) -> None:
        self.more.setEnabled(bool(last))
        key = "keeping.audit.rows" if last else "keeping.audit.no-more"
        self.say(self.words(key, many=str(len(self.rows))))

    def _row(self, row: ShownAudit) -> tuple[str, ...]:
        return (
            str(row.seq),
            moment(row.at),
            self._who(row),
            act_word(row.act, self.words),
            subject_word(row.kind, row.subject, self.words),
            row.station,
            row.detail,
        )

    def _who(self, row: ShownAudit) -> str:
        role = role_word(Role(row.role), self.words) if row.role in _ROLES else row.role
        return row.person if row.person == "labelapp" else f"{row.person}, {role}"

    def _show_whole(self, place: int) -> None:
        said = ""
        if place >= 0:
            heads = (self.words(f"keeping.audit.{each}") for each in _COLUMNS)
            pairs = zip(heads, self._row(self.rows[place]), strict=True)
            said = "\n".join(f"{head}: {text}" for head, text in pairs if text)
        self.whole.setPlainText(said)

    def _verify(self) -> None:
        job = self.office.keeping.verify_audit
        self.do(self.words("keeping.audit.verifying"), job, self._verified)

    def _verified(self, verdict: Checked) -> None:
        rows = str(verdict.rows)
        if not verdict.fault:
            self.say(self.words("keeping.audit.is-whole", rows=rows))
        else:
            said = self.words(f"keeping.audit.{verdict.fault}", row=str(verdict.at_row), rows=rows)
            self.say(said, trouble=True)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.words("keeping.audit.export"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.selectFile("audit.csv")
        dialog.fileSelected.connect(self.save)
        dialog.open()

    def _exported(self, path: str, many: int) -> None:
        self.say(self.words("keeping.audit.exported", many=str(many), path=path))

    def _lay_out_body(self) -> None:
        words = self.words
        self.whole.setReadOnly(True)
        self.whole.setTabChangesFocus(True)
        self.whole.setAccessibleName(words("keeping.audit.whole"))
        self.whole.setFixedHeight(6 * self.fontMetrics().lineSpacing())
        filters = QGridLayout()
        filters.setHorizontalSpacing(GAP)
        fields = (("act", self.act), ("who", self.person), ("day", self.day))
        per_row = 5 if self.theme.size <= 125 else 3
        for place, (key, field) in enumerate((*fields, ("number", self.subject))):
            where = divmod(place, per_row)
            filters.addWidget(named(words(f"keeping.audit.{key}"), field, self), *where)
            filters.setColumnStretch(where[1], 3 if key in {"act", "who"} else 2)
        bottom = Qt.AlignmentFlag.AlignBottom
        filters.addWidget(self.search, *divmod(4, per_row), bottom)
        self.column.addWidget(label(words("keeping.audit.hint"), wrap=True))
        self.column.addLayout(filters)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.whole)
        under = QHBoxLayout()
        under.setSpacing(GAP)
        for each in (self.more, self.check, self.export):
            under.addWidget(each)
        under.addStretch(1)
        self.column.addLayout(under)
