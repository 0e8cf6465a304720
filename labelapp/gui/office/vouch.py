"""Vouching: a pharmacist settles one question with the PIN, and the technician stays signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from labelapp.gui.work import Task, Trouble, Work
from labelapp.rx.decision import Decision
from labelapp.rx.people import Doer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from labelapp.dispensing.office.office import Office


class Vouching(QObject):
    """Has the records prove the pharmacist, and makes the answer theirs."""

    proven = Signal(object)
    """The answer, now the pharmacist's."""
    refused = Signal(str)
    """Why the pharmacist was not proven."""

    def __init__(self, parent: QWidget, work: Work, plain: Callable[[Trouble], str]) -> None:
        super().__init__(parent)
        self._work = work
        self._plain = plain
        self.office: Office | None = None
        """The records in which the pharmacist has an account."""

    def ask(self, made: Decision, who: str, pin: str) -> None:
        """Have a pharmacist proven by initials and PIN."""
        if self.office is not None:
            job = partial(self.office.signing.vouch, who, pin)
            self._work.ask(Task("vouch", job, partial(self._proven, made), self._refused))

    def _proven(self, made: Decision, doer: Doer) -> None:
        self.proven.emit(replace(made, by=doer.name, role=doer.role))

    def _refused(self, trouble: Trouble) -> None:
        self.refused.emit(self._plain(trouble))
