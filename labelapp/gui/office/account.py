"""The form of one account: name, initials, role, PIN and badge of somebody who works here."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from labelapp.dispensing.office.shown import ShownPerson
from labelapp.gui.inputs import Choice, Tick
from labelapp.gui.office.fitted import NewPin, named, secret
from labelapp.gui.office.page import button
from labelapp.gui.parts import GAP, Line, heading, label
from labelapp.gui.settings import Words
from labelapp.rx.people import Role


def role_word(role: Role, words: Words) -> str:
    """Say a role."""
    return words(f"keeping.role.{role.value}")


class AccountForm(QWidget):
    """Takes a new account, or shows somebody's and takes what changes in it.

    The page hears which button was pressed and reads the fields.
    """

    saved = Signal()
    pin_set = Signal()
    badge_given = Signal()
    badge_taken = Signal()

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.person: ShownPerson | None = None
        self.title = heading("")
        self.name, self.initials = Line(self), Line(self)
        self.initials.setMaxLength(4)
        roles = tuple(Role)
        shown = tuple(role_word(each, words) for each in roles)
        self.role = Choice(tuple(each.value for each in roles), shown, self)
        self.works = Tick(words("keeping.people.works"), self)
        self.first_pin = NewPin(words, words("keeping.people.new"), self)
        self.new_pin = NewPin(words, words("keeping.people.new-pin"), self)
        self.save = button("", self, self.saved.emit)
        self.set_pin = button(words("keeping.people.set-pin"), self, self.pin_set.emit)
        self.badge = secret(self)
        self.badge_said = label(wrap=True)
        self.give = button(words("keeping.people.give-badge"), self, self.badge_given.emit)
        self.take = button(words("keeping.people.take-badge"), self, self.badge_taken.emit)
        self._more = QWidget(self)
        self._lay_out()
        self.new_pin.entered.connect(self.pin_set)
        self.badge.returnPressed.connect(self.badge_given)
        self.show_person(None)

    def show_person(self, person: ShownPerson | None) -> None:
        """Show somebody's account, or an empty form for a new one."""
        self.person = person
        is_new = person is None
        self.title.setText(self._words("keeping.people.new") if person is None else person.name)
        self.name.setText("" if person is None else person.name)
        self.initials.setText("" if person is None else person.initials)
        self.initials.setReadOnly(not is_new)
        self.role.set_text("" if person is None else person.role.value)
        self.works.set_text("true" if person is None or person.active else "")
        self.save.setText(self._words(f"keeping.people.{'add' if is_new else 'save'}"))
        for each in (self.first_pin, self.new_pin):
            each.clear()
        self.works.setVisible(not is_new)
        self.first_pin.setVisible(is_new)
        self._more.setVisible(not is_new)
        self.show_badge(has=person is not None and person.has_badge)

    def show_badge(self, *, has: bool) -> None:
        """Say whether there is a badge; the field for one is empty again."""
        self.badge.clear()
        self.badge_said.setText(self._words(f"keeping.people.{'has' if has else 'no'}-badge"))
        self.take.setVisible(has)

    def chosen_role(self) -> Role | None:
        """Give the role chosen, None while there is none."""
        value = self.role.currentData()
        return Role(value) if value else None

    def _lay_out(self) -> None:
        words = self._words
        first = QHBoxLayout()
        first.setSpacing(GAP)
        first.addWidget(named(words("keeping.people.name"), self.name, self), 3)
        first.addWidget(named(words("keeping.people.initials"), self.initials, self), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.title)
        column.addLayout(first)
        column.addWidget(named(words("keeping.people.role"), self.role, self))
        column.addWidget(self.works)
        column.addWidget(self.first_pin)
        column.addLayout(_right(self.save))
        column.addWidget(self._more)
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, GAP, 0, 0)
        more.setSpacing(GAP)
        more.addWidget(heading(words("keeping.people.new-pin")))
        more.addWidget(self.new_pin)
        more.addLayout(_right(self.set_pin))
        more.addWidget(heading(words("keeping.people.badge")))
        more.addWidget(self.badge_said)
        more.addWidget(named(words("keeping.people.scan"), self.badge, self))
        more.addLayout(_right(self.take, self.give))


class OwnPin(QWidget):
    """Everybody's own PIN: the old one and twice the new."""

    changed = Signal()

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self.old = secret(self)
        self.new = NewPin(words, words("keeping.people.own"), self)
        self.change = button(words("keeping.people.change-own"), self, self.changed.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(heading(words("keeping.people.own")))
        column.addWidget(named(words("keeping.people.old"), self.old, self))
        column.addWidget(self.new)
        column.addLayout(_right(self.change))
        self.new.entered.connect(self.changed)

    def clear(self) -> None:
        """Forget all three."""
        self.old.clear()
        self.new.clear()


def _right(*buttons: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GAP)
    row.addStretch(1)
    for each in buttons:
        row.addWidget(each)
    return row
