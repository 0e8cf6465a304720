"""How the pages that keep the house look: every place has a name, nothing is cut at any size."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from labelapp.gui.office.approvals import ApprovalsPage
from labelapp.gui.office.audit import AuditPage
from labelapp.gui.office.backups import BackupsPage
from labelapp.gui.office.house import HousePage
from labelapp.gui.office.people import PeoplePage
from labelapp.gui.theme import SIZES, Look

PAGES = (PeoplePage, AuditPage, ApprovalsPage, HousePage, BackupsPage)
SCREEN = Path(__file__).parents[3] / "resources/screen"


def parts(page, kinds) -> list[QWidget]:
    return [each for each in page.findChildren(QWidget) if each.isVisible() and kinds(each)]


@pytest.mark.parametrize("kind", PAGES)
def test_everything_that_takes_the_focus_has_a_name(room, kind):
    page = room.open(kind, "PC")
    for tab in range(page.tabs.count()) if isinstance(page, ApprovalsPage) else [0]:
        if isinstance(page, ApprovalsPage):
            page.tabs.setCurrentIndex(tab)
        places = parts(page, lambda each: each.focusPolicy() & Qt.FocusPolicy.TabFocus)
        unnamed = [
            each
            for each in places
            if not isinstance(each, QScrollBar)
            and not QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name)
        ]
        assert unnamed == []
        assert len(places) > 4


@pytest.mark.parametrize("size", [100, SIZES[-1]])
@pytest.mark.parametrize("kind", PAGES)
def test_nothing_is_cut_and_the_page_fits_the_screen(room, kind, size):
    room.theme.wear(Look.DARK, size)
    page = room.open(kind, "PC")
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    page.resize(min(page.width(), 1311), min(page.height(), 706))
    room.bot.wait(50)
    assert page.minimumSizeHint().width() <= 1311
    assert page.minimumSizeHint().height() <= 706
    words = parts(page, lambda e: isinstance(e, QLabel | QLineEdit | QComboBox | QAbstractButton))
    low = [
        (each.accessibleName(), each.size())
        for each in words
        if each.height() < each.fontMetrics().height() and not isinstance(each, QCheckBox)
    ]
    assert low == []
    buttons = [each for each in words if isinstance(each, QAbstractButton) and each.text()]
    assert [e.text() for e in buttons if e.width() < e.minimumSizeHint().width()] == []
    assert page._area.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("file", ["gui_keeping", "audit"])
def test_spanish_says_the_same_things_with_the_same_values(file):
    english, spanish = (
        tomllib.loads((SCREEN / each / f"{file}.toml").read_text("utf-8")) for each in ("en", "es")
    )
    assert list(english) == list(spanish)
    gaps = re.compile(r"\{[a-z_]+\}")
    for key, row in english.items():
        assert set(gaps.findall(row["says"])) == set(gaps.findall(spanish[key]["says"])), key


def test_every_word_of_the_pages_has_a_row():
    rows = {
        key
        for file in (SCREEN / "en").glob("*.toml")
        for key in tomllib.loads(file.read_text("utf-8"))
    }
    there = Path(__file__).parents[3] / "labelapp/gui/office"
    used = {
        key
        for module in there.glob("*.py")
        for key in re.findall(r'"(keeping\.[a-z._-]*[a-z])"', module.read_text("utf-8"))
    }
    assert len(used) > 90
    assert used - rows == set()
