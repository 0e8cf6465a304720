"""One process that is measured: a bare window, or labelapp's own, started to be looked at once.

    python -m tests.benchmarks.child bare|labelapp|edits [FILE]

Prints JSON: when the first paint was (seconds of the system's clock), the peak memory in MB, and
for `edits` the milliseconds from each key to the preview that shows it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from labelapp.gui.counter import Counter
    from labelapp.gui.window import Window

EDITS = 60
GIVE_UP_S = 60


def main(what: str, file: str = "") -> None:
    """Run one of the measured processes."""
    figures: dict[str, object] = {}
    if what == "bare":
        _bare(figures)
    elif what == "labelapp":
        _labelapp(figures, "", lambda _window: True)
    else:
        _labelapp(figures, file, _edits(figures))
    figures["peak_mb"] = peak_mb()
    print(json.dumps(figures))


def peak_mb() -> float:
    """Give the most memory this process ever held; getrusage would tell its parent's as well."""
    status = Path("/proc/self/status").read_text("ascii")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024


def _bare(figures: dict[str, object]) -> None:
    from PySide6.QtCore import QEvent, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Bare(QMainWindow):
        def event(self, event: QEvent) -> bool:
            answer = super().event(event)
            if event.type() == QEvent.Type.Paint and "painted" not in figures:
                figures["painted"] = time.time()
                QTimer.singleShot(0, application.quit)
            return answer

    application = QApplication(sys.argv[:1])
    window = Bare()
    window.resize(1280, 720)
    window.show()
    application.exec()


def _labelapp(figures: dict[str, object], file: str, finished: Callable[[Window], bool]) -> None:
    from labelapp.bootstrap.machine import Machine
    from labelapp.bootstrap.window import open_window
    from tests.given import TODAY

    def painted() -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        from labelapp.gui.window import Window

        figures["painted"] = time.time()
        window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, Window))
        begun = time.monotonic()
        timer = QTimer(window)

        def look() -> None:
            if finished(window) or time.monotonic() - begun > GIVE_UP_S:
                timer.stop()
                window.leave()

        timer.timeout.connect(look)
        timer.start(1)

    open_window(Machine(), [file] if file else [], painted, TODAY)


def _edits(figures: dict[str, object]) -> Callable[[Window], bool]:
    """Type into the directions, one key at a time, each when the preview shows the one before."""
    taken: list[float] = []
    state = {"typed": 0.0, "keys": 0}

    def settled(counter: Counter | None) -> bool:
        return counter is not None and counter.shown is not None and counter.shown.label is not None

    def finished(window: Window) -> bool:
        counter = window.counter
        if not settled(counter):
            return False
        assert counter is not None
        if state["typed"]:
            taken.append((time.perf_counter() - state["typed"]) * 1000)
        if len(taken) >= EDITS:
            figures["edit_ms"] = taken
            return True
        _type(window, int(state["keys"]))
        state["keys"] += 1
        state["typed"] = time.perf_counter()
        return False

    return finished


def _type(window: Window, key: int) -> None:
    """Add a letter to the purpose or take it away, so that each label is another one."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    assert window.counter is not None
    window.counter.entry.go_to("purpose")
    field = window.focusWidget()
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClick(field, Qt.Key.Key_S if key % 2 == 0 else Qt.Key.Key_Backspace)


if __name__ == "__main__":
    main(*sys.argv[1:])
