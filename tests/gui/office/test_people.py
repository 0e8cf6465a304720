"""The page of people: accounts given, changed and closed, PINs and badges, by whoever may."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollBar, QWidget

from labelapp.gui.office.people import PeoplePage
from labelapp.rx.people import Role

PIN = "9182"


def text_of(page, place: int) -> list[str]:
    return [page.table.item(place, column).text() for column in range(page.table.columnCount())]


def choose(page, initials: str) -> None:
    place = next(p for p, each in enumerate(page.people) if each.initials == initials)
    page.table.selectRow(place)


def test_everybody_with_an_account_is_listed(room):
    page = room.open(PeoplePage, "AD")
    assert {each.initials for each in page.people} == {"TT", "IN", "PH", "PC", "AD"}
    assert text_of(page, 0) == ["Pat Charge", "PC", "Pharmacist in charge", "yes", "no"]
    assert page.table.place == -1


def test_a_new_account_is_given_by_keyboard_and_can_sign_in(room):
    page = room.open(PeoplePage, "PC")
    QTest.keyClick(page.new, Qt.Key.Key_Space)
    form = page.form
    QTest.keyClicks(form.name, "Mar Ortiz")
    QTest.keyClicks(form.initials, "mo")
    QTest.keyClicks(form.role, "Tech")
    QTest.keyClicks(form.first_pin.pin, PIN)
    QTest.keyClicks(form.first_pin.again, PIN)
    QTest.keyClick(form.save, Qt.Key.Key_Space)
    assert "Mar Ortiz can sign in now as MO" in room.said(page)
    assert form.name.text() == form.first_pin.text() == ""
    person = room.at.office.signing.sign_in("MO", PIN)
    assert (person.name, person.role) == ("Mar Ortiz", Role.TECHNICIAN)


def test_no_account_without_a_role_or_with_two_different_pins(room):
    page = room.open(PeoplePage, "PC")
    form = page.form
    QTest.keyClicks(form.name, "Mar Ortiz")
    form.save.click()
    assert page.said.text() == room.words("keeping.people.lacks-role")
    form.role.set_text("intern")
    QTest.keyClicks(form.first_pin.pin, PIN)
    QTest.keyClicks(form.first_pin.again, PIN[::-1])
    form.save.click()
    assert page.said.text() == room.words("keeping.people.differs")
    assert form.first_pin.text() == ""
    room.rest()
    assert len(room.at.office.staff.listed()) == 5


def test_what_the_office_refuses_is_said_in_words(room):
    page = room.open(PeoplePage, "PC")
    form = page.form
    QTest.keyClicks(form.name, "Mar Ortiz")
    QTest.keyClicks(form.initials, "MO")
    form.role.set_text("intern")
    for field in (form.first_pin.pin, form.first_pin.again):
        QTest.keyClicks(field, "1111")
    form.save.click()
    assert "A PIN has 4 to 12 digits" in room.said(page)
    assert page.alarm.isVisible()
    assert form.name.text() == "Mar Ortiz"


def test_somebody_leaves_and_keeps_a_closed_account(room):
    page = room.open(PeoplePage, "PC")
    choose(page, "TT")
    page.form.works.box.click()
    page.form.save.click()
    assert "The account of Somebody TT is changed" in room.said(page)
    known = {each.initials: each.active for each in room.at.office.staff.listed()}
    assert not known["TT"]


def test_another_counter_was_first_and_the_form_stays(room):
    page = room.open(PeoplePage, "PC")
    choose(page, "TT")
    staff = room.at.office.staff
    old = next(each for each in staff.listed() if each.initials == "TT")
    staff.alter(old, "Somebody Else", Role.INTERN, active=True)
    page.form.name.setText("Typed Here")
    page.form.save.click()
    said = room.said(page)
    assert "PC changed this at counter 1" in said
    assert page.form.name.text() == "Typed Here"
    room.rest()
    assert "Somebody Else" in {each.name for each in page.people}
    page.form.save.click()  # still nothing is written over
    assert "PC changed this at counter 1" in room.said(page)


def test_the_last_keeper_of_accounts_stays(room):
    staff = room.at.office.staff
    room.at.sign_in("PC")
    admin = next(each for each in staff.listed() if each.initials == "AD")
    staff.alter(admin, admin.name, admin.role, active=False)
    page = room.open(PeoplePage, "PC")
    choose(page, "PC")
    page.form.role.set_text("pharmacist")
    page.form.save.click()
    assert "the last person who may give accounts" in room.said(page)


def test_a_pin_is_set_and_a_badge_scanned_into_its_field(room):
    page = room.open(PeoplePage, "AD")
    choose(page, "TT")
    for field in (page.form.new_pin.pin, page.form.new_pin.again):
        QTest.keyClicks(field, PIN)
    QTest.keyClick(page.form.new_pin.again, Qt.Key.Key_Return)
    assert "Somebody TT has another PIN now" in room.said(page)
    QTest.keyClicks(page.form.badge, "*BADGE-0042*")
    QTest.keyClick(page.form.badge, Qt.Key.Key_Return)
    assert "Somebody TT has this badge now" in room.said(page)
    assert page.isVisible()
    assert page.form.take.isVisible()
    assert page.form.badge.text() == ""
    signing = room.at.office.signing
    assert signing.is_badge("*BADGE-0042*") == "TT"
    page.form.take.click()
    assert "no badge any more" in room.said(page)
    assert signing.is_badge("*BADGE-0042*") == ""
    assert signing.sign_in("TT", PIN).initials == "TT"


def test_whoever_may_not_give_accounts_changes_the_own_pin_alone(room):
    page = room.open(PeoplePage, "TT")
    assert not page.form.isVisible()
    assert not page.table.isVisible()
    own = page.own
    QTest.keyClicks(own.old, "0000")
    for field in (own.new.pin, own.new.again):
        QTest.keyClicks(field, PIN)
    own.change.click()
    assert "That name or PIN is not right" in room.said(page)
    own.old.setText("2580")
    QTest.keyClick(own.new.again, Qt.Key.Key_Return)
    assert "Your PIN is changed" in room.said(page)
    assert room.at.office.signing.sign_in("TT", PIN).initials == "TT"


def test_everything_that_takes_the_focus_has_a_name_of_its_own(room):
    page = room.open(PeoplePage, "PC")
    choose(page, "TT")
    names = [
        QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name)
        for each in page.findChildren(QWidget)
        if each.isVisible()
        and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(each, QScrollBar)
    ]
    assert all(names)
    assert len(names) == len(set(names)) > 12
