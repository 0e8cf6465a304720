"""Records with something in them, and pages opened over them, for the tests of these pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from labelapp.bootstrap.words import plain
from labelapp.dispensing.shown import Wanted
from labelapp.rx.draft import AsReceived, Draft
from tests.dispensing.office.offices import LOT, with_lot
from tests.gui.office.conftest import Room

MESSAGE = b"Doe, Jane 03/12/1961\nNaltrexone 1.5 mg caps #69\nSig: 1 cap po qhs"
RX = "1234567"


def printed(room: Room, *, received: bool = True, **changes: Any) -> str:
    """Print the label of a prescription; give its serial."""
    given = with_lot(room.at)
    came = AsReceived("message", MESSAGE) if received else None
    return printed_again(room, replace(given, came=came, **changes))


def printed_again(room: Room, given: Draft, reason: str = "") -> str:
    desk = room.at.desk()
    shown = desk.look(given, Wanted(reason=reason))
    assert shown.label is not None
    assert shown.may_print, [each.finding.code for each in shown.open_findings]
    desk.save(shown, str(room.at.folder / "label.pdf"))
    return shown.label.serial


def lots(room: Room, many: int) -> None:
    """Record many lots of the same capsules."""
    room.at.sign_in("TT")
    for place in range(many):
        room.at.office.lots.record({**LOT, "number": f"26-{200 + place}", "name": "LDN 1.5 mg"})


def opened(room: Room, kind: type[Any], who: str, **which: Any) -> Any:
    """Sign somebody in and open a page for them, until it has what it shows."""
    room.at.sign_in(who)
    given = (room.theme, room.words, room.at.office, room.work, room.window, plain("en").error)
    page = kind(*given, **which)
    page.open()
    room.rest()
    return page


def audited(room: Room, act: str) -> int:
    """Count how often an act stands in the audit."""
    room.at.sign_in("PC")
    return len(room.at.office.keeping.audit_page(act=act))


def enter(field: QLineEdit, text: str) -> None:
    """Send what a scanner sends: letters, then Enter."""
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def nameless(page: QWidget) -> list[str]:
    """Give every place of the focus that has no name for a screen reader."""
    takes = [e for e in page.findChildren(QWidget) if e.focusPolicy() & Qt.FocusPolicy.TabFocus]
    ours = [e for e in takes if type(e).__module__.startswith("labelapp")]
    known = [e for e in ours if not e.accessibleName() and not getattr(e, "text", str)()]
    return [type(each).__name__ for each in known if each.focusProxy() is None]
