"""The page of the house: how this pharmacy works, the same at every counter, and where its records are."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QWidget

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.rules import LOCK_MINUTES, HouseRules
from labelapp.dispensing.office.shown import ShownKeeping
from labelapp.gui.inputs import Choice, Tick
from labelapp.gui.office.fitted import named
from labelapp.gui.office.page import OfficePage, Plain, button
from labelapp.gui.parts import GAP, Line, breakable, heading, label
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.gui.work import Work
from labelapp.rx.errors import LabelappError

_RULES = ("works_alone", "review_first", "gives_numbers")
_PHARMACY = (
    "name",
    "phone",
    "address.line",
    "address.city",
    "address.state",
    "address.postal_code",
)


class HousePage(OfficePage):
    """The settings of the pharmacy. Whoever may not change them reads them here.

    `plain` says an error and its way out, as the desk does.
    """

    changed = Signal(object)
    """The settings as they are now."""
    stocks = Signal()
    """The label stocks were asked for."""

    def __init__(
        self, theme: Theme, words: Words, office: Office, work: Work, parent: QWidget, plain: Plain
    ) -> None:
        super().__init__(theme, words, office, work, parent, plain)
        self.setWindowTitle(words("keeping.house.title"))
        self.known: HouseRules | None = None
        self.may_change = office.may(Act.SETTINGS)
        self.rules = {each: Tick(words(f"keeping.house.{each}"), self) for each in _RULES}
        minutes = [str(each) for each in LOCK_MINUTES]
        self.minutes = Choice(minutes, minutes, self)
        self.pharmacy = {f"pharmacy.{each}": Line(self) for each in _PHARMACY}
        self.link = Line(self)
        self.link.setPlaceholderText("https://")
        self.backups = Line(self)
        self.folder = button(words("keeping.house.choose"), self, self._ask_for_folder)
        self.address = label(wrap=True)
        self.labels = button(words("stocks.page.open"), self, self.stocks.emit)
        self.several = button(words("keeping.house.several"), self, self._tell_how)
        self.how = label(words("keeping.house.how"), wrap=True)
        self.save = button(words("keeping.house.save"), self, self._save)
        self._lay_out_body()
        self._open(given=False)
        self.fit(760, 690)
        self.look("house", office.rules.now, self._show)
        self.look("state", office.keeping.state, self._show_state)

    def wanted(self) -> HouseRules:
        """Give the settings as they stand in the form. Raises BadSetting."""
        given = {path: field.text().strip() for path, field in self.pharmacy.items()}
        kept = dict(self.known.pharmacy) if self.known is not None else {}
        pharmacy = {path: text for path, text in {**kept, **given}.items() if text}
        rules = {name: tick.box.isChecked() for name, tick in self.rules.items()}
        minutes = int(self.minutes.currentData() or 0)
        return HouseRules(
            **rules,
            lock_minutes=minutes,
            backups=self.backups.text().strip(),
            link=self.link.text().strip(),
            pharmacy=pharmacy,
            version=self.known.version if self.known is not None else 0,
        )

    def _show(self, house: HouseRules) -> None:
        self.known = house
        for name, tick in self.rules.items():
            tick.box.setChecked(bool(getattr(house, name)))
        self.minutes.set_text(str(house.lock_minutes))
        self.backups.setText(house.backups)
        self.link.setText(house.link)
        for path, field in self.pharmacy.items():
            field.setText(house.pharmacy.get(path, ""))
            field.setCursorPosition(0)
        self._open(given=self.may_change)

    def _show_state(self, state: ShownKeeping) -> None:
        self.address.setText(breakable(state.address))
        self.backups.setPlaceholderText(str(state.backups))

    def _open(self, *, given: bool) -> None:
        """Let the settings be changed, once they are there and by whoever may."""
        for line in (*self.pharmacy.values(), self.link, self.backups):
            line.setReadOnly(not given)
        for tick in self.rules.values():
            tick.box.setEnabled(given)
        self.minutes.setEnabled(given)
        self.folder.setVisible(self.may_change)
        self.save.setVisible(self.may_change)
        self.save.setEnabled(given)

    def _save(self) -> None:
        try:
            wanted = self.wanted()
        except LabelappError as bad:
            self.say_trouble(bad)
            return
        job = partial(self.office.rules.change, wanted)
        self.do(self.words("keeping.house.saving"), job, self._saved)

    def _saved(self, house: HouseRules) -> None:
        self._show(house)
        self.say(self.words("keeping.house.saved"))
        self.look("state", self.office.keeping.state, self._show_state)
        self.changed.emit(house)

    def _ask_for_folder(self) -> None:
        dialog = QFileDialog(self, self.words("keeping.house.backups"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.fileSelected.connect(self.backups.setText)
        dialog.open()

    def _tell_how(self) -> None:
        self.how.setVisible(self.how.isHidden())
        if not self.how.isHidden():
            event = QAccessibleAnnouncementEvent(self.how, self.how.text())
            QAccessible.updateAccessibility(event)

    def _lay_out_body(self) -> None:
        words = self.words
        self.how.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.how.hide()
        self.column.addWidget(heading(words("keeping.house.work")))
        for tick in self.rules.values():
            self.column.addWidget(tick)
        minutes = QHBoxLayout()
        minutes.addWidget(named(words("keeping.house.minutes"), self.minutes, self))
        minutes.addStretch(1)
        self.column.addLayout(minutes)
        self.column.addWidget(heading(words("keeping.house.pharmacy")))
        grid = QGridLayout()
        grid.setSpacing(GAP)
        for place, (path, field) in enumerate(self.pharmacy.items()):
            grid.addWidget(named(words(f"field.{path}"), field, self), *divmod(place, 2))
        self.column.addLayout(grid)
        self.column.addWidget(named(words("keeping.house.link"), self.link, self))
        self.column.addWidget(self.labels, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(heading(words("keeping.house.records")))
        self.column.addWidget(self.address)
        backups = QHBoxLayout()
        backups.setSpacing(GAP)
        backups.addWidget(named(words("keeping.house.backups"), self.backups, self), 1)
        backups.addWidget(self.folder, 0, Qt.AlignmentFlag.AlignBottom)
        self.column.addLayout(backups)
        row = QHBoxLayout()
        row.addWidget(self.several)
        row.addStretch(1)
        row.addWidget(self.save)
        self.column.addWidget(self.how)
        self.column.addStretch(1)
        self.column.addLayout(row)
