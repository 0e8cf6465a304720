"""Restoring a backup: which one, the key that opens it, and where the records now there go."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QWidget,
)

from labelapp.gui.inputs import Tick
from labelapp.gui.office.setup import Made
from labelapp.gui.office.standing import age_said
from labelapp.gui.office.stepped import Step, SteppedPage
from labelapp.gui.parts import Line, row_of
from labelapp.gui.settings import Start
from labelapp.gui.theme import Theme
from labelapp.gui.work import Bug, Task, Trouble, Work
from labelapp.rx.errors import LabelappError

if TYPE_CHECKING:
    from labelapp.dispensing.office.door import Door
    from labelapp.dispensing.office.shown import ShownBackup

WHICH, KEY = range(2)


class RestorePage(SteppedPage):
    """Puts a backup in the place of the records, which are moved aside and never written over."""

    made = Signal(object)
    """The records as restored, with nobody signed in."""
    lost = Signal()
    """The records that were open were let go of, and the backup did not take their place."""

    def __init__(
        self,
        theme: Theme,
        begin: Start,
        work: Work,
        letting_go: Callable[[], None],
        parent: QWidget,
    ) -> None:
        words = begin.words
        super().__init__(theme, words, words("gui.restore.title"), parent)
        assert begin.ways is not None
        self._ways = begin.ways
        self._work = work
        self._clock = begin.clock
        self._letting_go = letting_go
        self._door: Door | None = None
        self._has_let_go = False
        self._backups: tuple[ShownBackup, ...] = ()
        self.list = QListWidget(self)
        self.other = QPushButton(words("gui.restore.other"), self)
        self.by_passphrase = QRadioButton(words("gui.unlock.passphrase"), self)
        self.by_recovery = QRadioButton(words("gui.unlock.recovery"), self)
        self.by_passphrase.setChecked(True)
        self.key = Line(self)
        self.key.setEchoMode(Line.EchoMode.Password)
        self.aside = Tick(words("gui.restore.aside"), self)
        self._build()
        self.show_step(WHICH)
        self._ask("list", self._listed, self._show)

    def go_on(self) -> None:
        """Go on to the key, or restore."""
        if self.place == WHICH:
            if self.list.currentRow() < 0:
                self.say(self.words("gui.restore.lacks"), trouble=True)
            else:
                self.show_step(KEY)
        elif not self.key.text().strip():
            self.key.setFocus()
        elif self.aside.isVisibleTo(self) and not self.aside.box.isChecked():
            self.say(self.words("gui.restore.lacks-aside"), trouble=True)
            self.aside.setFocus()
        else:
            self._ask("restore", partial(self._restore, self._chosen(), *self._keys()), self._done)

    def add_file(self, path: str) -> None:
        """Choose a backup that lies somewhere else."""
        item = QListWidgetItem(path, self.list)
        item.setData(256, path)
        self.list.setCurrentItem(item)

    def _build(self) -> None:
        words = self.words
        which = Step(words("gui.restore.step.which"), self)
        key = Step(words("gui.restore.step.key"), self)
        which.add_text(words("gui.restore.hint"))
        self.list.setAccessibleName(words("gui.restore.list"))
        which.add_wide(self.list)
        which.add_wide(self.other)
        key.add_wide(self.by_passphrase)
        key.add_wide(self.by_recovery)
        key.add_field(words("gui.unlock.key"), self.key)
        key.first = self.key
        key.add_wide(self.aside)
        self.stack.addWidget(which)
        self.stack.addWidget(key)
        self.other.clicked.connect(self._browse)
        self.list.itemActivated.connect(self.next.click)
        self.by_recovery.toggled.connect(self._shown)

    def _listed(self) -> tuple[Door, bool, tuple[ShownBackup, ...]]:
        door = self._ways.door("")
        return door, _is_there(door), door.backups()

    def _show(self, found: tuple[Door, bool, tuple[ShownBackup, ...]]) -> None:
        self._door, is_there, self._backups = found
        self.aside.setVisible(is_there)
        for each in self._backups:
            age, _is_old = age_said(each.at, self._clock(), self.words)
            at = each.at.astimezone(self._clock().tzinfo).strftime("%d-%b-%Y %H:%M")
            rows = self.words("gui.restore.rows", many=str(each.rows))
            item = QListWidgetItem(row_of(at, age, rows), self.list)
            item.setData(256, str(each.file))
        self.list.setCurrentRow(0)
        self.show_step(WHICH)
        if not self._backups:
            self.say(self.words("gui.restore.none"))

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.words("gui.restore.other"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.fileSelected.connect(self.add_file)
        dialog.open()

    def _shown(self, on: bool) -> None:  # noqa: FBT001 - the signal's own shape
        mode = Line.EchoMode
        self.key.setEchoMode(mode.Normal if on else mode.Password)
        self.key.clear()

    def _chosen(self) -> Path:
        return Path(str(self.list.currentItem().data(256)))

    def _keys(self) -> tuple[str, str]:
        if self.by_recovery.isChecked():
            return "", self.key.text().strip()
        return self.key.text(), ""

    def _ask(self, kind: str, job: object, then: object) -> None:
        self.set_busy(busy=True)
        self.say(self.words("gui.steps.under-way"))
        self._work.ask(Task(f"restore {kind}", job, then, self._refused))  # type: ignore[arg-type]

    def _restore(self, file: Path, passphrase: str, recovery: str) -> Made:
        """See that the key opens the backup, before anything is moved."""
        assert self._door is not None
        self._door.try_backup(file, passphrase=passphrase, recovery=recovery)
        self._letting_go()
        self._has_let_go = True
        if _is_there(self._door):
            self._door.set_aside()
        return Made(self._door, self._door.restore(file, passphrase=passphrase, recovery=recovery))

    def _refused(self, trouble: Trouble) -> None:
        self.set_busy(busy=False)
        if isinstance(trouble, Bug):
            said = self.words("gui.bug", kind=trouble.kind, where=trouble.where)
        else:
            said = self._ways.say(trouble)
        self.say(said, trouble=True)

    def reject(self) -> None:
        """Close without a restored backup; whoever let go of the records finds them again."""
        super().reject()
        if self._has_let_go:
            self.lost.emit()

    def _done(self, made: Made) -> None:
        self.accept()
        self.made.emit(made)


def _is_there(door: Door) -> bool:
    """Tell whether anything is in the place of the records, be it whole or not."""
    try:
        return door.is_set_up()
    except LabelappError:
        return True
