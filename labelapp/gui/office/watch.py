"""The watch over the counter: who touches it, how long nobody did, and the lock of the system."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

EVERY_MS = 1_000
"""How often the window sees whether nobody has been there for too long."""

_HANDS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)

_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver")
_LOGIN = "org.freedesktop.login1"
_WTS_CHANGE, _WTS_LOCK = 0x02B1, 0x7


class Hands(QObject):
    """Hears that somebody touched keyboard or mouse, and nothing of what was typed."""

    def __init__(self, touched: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._touched = touched

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See what kind of event it is; take none away."""
        if event.type() in _HANDS:
            self._touched()
        return False


class Watch(QObject):
    """Tells when the counter is to be locked: left alone too long, or locked by the system."""

    left = Signal()
    """Nobody has been there for too long."""
    locked = Signal()
    """The system locked the screen or goes to sleep."""

    def __init__(
        self,
        is_left: Callable[[], bool],
        touched: Callable[[], None],
        application: QApplication,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._application = application
        self._is_left = is_left
        self._hands = Hands(touched, self)
        application.installEventFilter(self._hands)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.see)
        self._timer.start()
        self._windows = _watch_windows(window, self.locked.emit)
        if self._windows is not None:
            application.installNativeEventFilter(self._windows)
        _watch_linux(self)

    def see(self) -> None:
        """Look whether the counter was left alone for too long."""
        if self._is_left():
            self.left.emit()

    def close(self) -> None:
        """Watch no longer."""
        self._timer.stop()
        self._application.removeEventFilter(self._hands)
        if self._windows is not None:
            self._application.removeNativeEventFilter(self._windows)

    @Slot()
    def hear_lock(self) -> None:
        """Hear that this session is to be locked."""
        self.locked.emit()

    @Slot(bool)
    def hear_change(self, on: bool) -> None:  # noqa: FBT001 - the signal's own shape
        """Hear that the screen is covered, or that the computer goes to sleep."""
        if on:
            self.locked.emit()


def _watch_linux(watch: Watch) -> None:
    """Listen to the desktop and to the session, where there is a bus that tells of them."""
    if not sys.platform.startswith("linux"):
        return
    try:
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 - a system may lack it
    except ImportError:
        return
    # the slots are given as str: the stubs say bytes, which PySide6 6.11 refuses
    change: Any = SLOT("hear_change(bool)")
    lock: Any = SLOT("hear_lock()")
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS") or os.environ.get("XDG_RUNTIME_DIR"):
        session = QDBusConnection.sessionBus()
        for saver in _SAVERS:
            session.connect("", "", saver, "ActiveChanged", watch, change)
    system = QDBusConnection.systemBus()
    if system.isConnected():
        system.connect(_LOGIN, "", f"{_LOGIN}.Session", "Lock", watch, lock)
        system.connect(_LOGIN, "", f"{_LOGIN}.Manager", "PrepareForSleep", watch, change)


class _WindowsLock(QAbstractNativeEventFilter):
    """Hears Windows say that this session was locked."""

    def __init__(self, locked: Callable[[], None]) -> None:
        super().__init__()
        self._locked = locked

    def nativeEventFilter(self, _kind: object, message: object) -> tuple[bool, int]:
        """Look at the number of the message and take none away."""
        if sys.platform == "win32":
            from ctypes import wintypes  # noqa: PLC0415 - Windows alone has it

            said = wintypes.MSG.from_address(int(message))  # type: ignore[call-overload]
            if said.message == _WTS_CHANGE and said.wParam == _WTS_LOCK:
                self._locked()
        return False, 0


def _watch_windows(window: QWidget, locked: Callable[[], None]) -> _WindowsLock | None:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - for Windows alone

        ctypes.windll.wtsapi32.WTSRegisterSessionNotification(int(window.winId()), 0)
        return _WindowsLock(locked)
    return None
