"""Work off the window's thread: one thing at a time, only the newest of its kind."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from labelapp.rx.errors import LabelappError

Answer = TypeVar("Answer")

LOG = logging.getLogger("labelapp.gui")
"""What went wrong, by kind and code alone: never a value, for a value may be a patient's."""


@dataclass(frozen=True)
class Bug:
    """A fault of the program itself: what kind and where, and no word of the data it met."""

    kind: str
    where: str

    @classmethod
    def of(cls, error: BaseException) -> Bug:
        """Tell the kind of the fault and the innermost line of this program it came from."""
        where, trace = "", error.__traceback__
        while trace is not None:
            file = Path(trace.tb_frame.f_code.co_filename)
            if "labelapp" in file.parts or not where:
                where = f"{file.parent.name}/{file.name}:{trace.tb_lineno}"
            trace = trace.tb_next
        return cls(type(error).__name__, where)


Trouble = LabelappError | Bug
"""What the window says instead of an answer."""


@dataclass(frozen=True)
class Task(Generic[Answer]):
    """What is to be done, and who hears of it. A newer task of the same `kind` takes its place."""

    kind: str
    job: Callable[[], Answer]
    answered: Callable[[Answer], None]
    troubled: Callable[[Trouble], None]


class _Run(QRunnable):
    """Carries one job to the worker's thread and its outcome back."""

    def __init__(self, work: Work, number: int, job: Callable[[], Any]) -> None:
        super().__init__()
        self._work = work
        self._number = number
        self._job = job

    def run(self) -> None:
        """Do the job; whatever goes wrong comes back as a value."""
        outcome: Any
        try:
            outcome = self._job()
        except LabelappError as error:
            LOG.warning("%s %s", type(error).__name__, error.code)
            outcome = error
        except Exception as error:  # noqa: BLE001 - a bug in a worker must reach the window, not die unseen
            outcome = Bug.of(error)
            LOG.error("%s at %s", outcome.kind, outcome.where)  # noqa: TRY400 - its text may hold a patient's data
        self._work.done.emit(self._number, outcome)


class Work(QObject):
    """The one worker of a window. PDFium is not thread-safe, so there is never a second.

    It lives on the window's thread and owns the signal, so that no answer is lost with a reply
    object nobody holds.
    """

    done = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(-1)
        self._number = 0
        self._running: tuple[int, Task[Any]] | None = None
        self._waiting: dict[str, Task[Any]] = {}
        self._closed = False
        self.done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def ask(self, task: Task[Any]) -> None:
        """Do this as soon as the worker is free; an older task of its kind is forgotten."""
        if self._closed:
            return
        self._waiting.pop(task.kind, None)
        self._waiting[task.kind] = task
        if self._running is None:
            self._next()

    def is_busy(self, kind: str) -> bool:
        """Tell whether an answer of this kind is still to come."""
        running = self._running is not None and self._running[1].kind == kind
        return running or kind in self._waiting

    def close(self) -> None:
        """Drop what waits, let what runs come to its end, and tell nobody any more."""
        self._closed = True
        self._waiting.clear()
        self._pool.waitForDone()

    def _next(self) -> None:
        kind = next(iter(self._waiting), None)
        if kind is None:
            return
        task = self._waiting.pop(kind)
        self._number += 1
        self._running = (self._number, task)
        self._pool.start(_Run(self, self._number, task.job))

    @Slot(int, object)
    def _deliver(self, number: int, outcome: object) -> None:
        if self._closed or self._running is None or self._running[0] != number:
            return
        task, self._running = self._running[1], None
        is_late = task.kind in self._waiting
        self._next()
        if is_late:
            return
        if isinstance(outcome, LabelappError | Bug):
            task.troubled(outcome)
        else:
            task.answered(outcome)
