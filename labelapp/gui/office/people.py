"""The page of people: who works here, in which role, and everybody's own PIN."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.shown import ShownPerson
from labelapp.gui.office.account import AccountForm, OwnPin, role_word
from labelapp.gui.office.fitted import NewPin, Rows
from labelapp.gui.office.page import OfficePage, Plain, button
from labelapp.gui.parts import GAP, label
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.gui.work import Trouble, Work
from labelapp.rx.errors import LabelappError
from labelapp.rx.people import Role

CONFLICT = "store.conflict"
_COLUMNS = ("name", "initials", "role", "works", "badge")


class PeoplePage(OfficePage):
    """Who works here. Whoever may not give accounts changes the own PIN here and nothing else.

    `plain` says an error and its way out, as the desk does.
    """

    def __init__(
        self, theme: Theme, words: Words, office: Office, work: Work, parent: QWidget, plain: Plain
    ) -> None:
        super().__init__(theme, words, office, work, parent, plain)
        self.setWindowTitle(words("keeping.people.title"))
        self.people: tuple[ShownPerson, ...] = ()
        heads = [words(f"keeping.people.{each}") for each in _COLUMNS]
        self.table = Rows(words("keeping.people.title"), heads, self)
        self.new = button(words("keeping.people.begin"), self, self.begin)
        self.form = AccountForm(words, self)
        self.own = OwnPin(words, self)
        self.is_keeper = office.may(Act.PEOPLE)
        self._place_parts()
        self.table.picked.connect(self._picked)
        self.form.saved.connect(self._save)
        self.form.pin_set.connect(self._set_pin)
        self.form.badge_given.connect(self._give_badge)
        self.form.badge_taken.connect(partial(self._set_badge, ""))
        self.own.changed.connect(self._change_own)
        if self.is_keeper:
            self.fit(1080, 690)
            self._list()
        else:
            self.fit(520, 300)
            self.own.old.setFocus()

    def begin(self) -> None:
        """Begin a new account."""
        self.table.clearSelection()
        self.form.show_person(None)
        self.form.name.setFocus()

    def say_trouble(self, trouble: Trouble) -> None:
        """Say what went wrong; where somebody else was first, list anew and keep the form."""
        super().say_trouble(trouble)
        if isinstance(trouble, LabelappError) and trouble.code == CONFLICT:
            self._list()

    def _place_parts(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(label(self.words("keeping.people.hint"), wrap=True))
        left.addWidget(self.table, 1)
        left.addWidget(self.new)
        right = QVBoxLayout()
        right.setSpacing(2 * GAP)
        right.addWidget(self.form)
        right.addWidget(self.own)
        right.addStretch(1)
        wide = self.theme.size <= 125
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        both = QBoxLayout(way)
        both.setSpacing(3 * GAP)
        if self.is_keeper:
            both.addLayout(left, 5)
        both.addLayout(right, 4)
        for each in (self.table, self.new, self.form):
            each.setVisible(self.is_keeper)
        self.column.addLayout(both)

    def _list(self, said: str = "") -> None:
        self.look("list", self.office.staff.listed, partial(self._show, said))

    def _show(self, said: str, people: tuple[ShownPerson, ...]) -> None:
        self.people = people
        self.table.fill([self._row(each) for each in people])
        if said:
            self.say(said)

    def _row(self, person: ShownPerson) -> tuple[str, ...]:
        yes, no = self.words("keeping.yes"), self.words("keeping.no")
        return (
            person.name,
            person.initials,
            role_word(person.role, self.words),
            yes if person.active else no,
            yes if person.has_badge else no,
        )

    def _picked(self, place: int) -> None:
        if place >= 0:
            self.form.show_person(self.people[place])

    def _save(self) -> None:
        role = self.form.chosen_role()
        if role is None:
            self.say(self.words("keeping.people.lacks-role"), trouble=True)
            self.form.role.setFocus()
        elif self.form.person is None:
            self._add(role)
        else:
            self._alter(self.form.person, role)

    def _add(self, role: Role) -> None:
        pin = self._pin_of(self.form.first_pin)
        if pin:
            name, initials = self.form.name.text(), self.form.initials.text()
            job = partial(self.office.staff.add, name, initials, role, pin)
            self.do(self.words("keeping.people.adding"), job, self._added)

    def _added(self, person: ShownPerson) -> None:
        self.form.show_person(None)
        values = {"name": person.name, "initials": person.initials}
        self._list(self.words("keeping.people.added", **values))

    def _alter(self, person: ShownPerson, role: Role) -> None:
        active, name = self.form.works.box.isChecked(), self.form.name.text()
        job = partial(self.office.staff.alter, person, name, role, active=active)
        self.do(self.words("keeping.people.saving"), job, self._altered)

    def _altered(self, person: ShownPerson) -> None:
        self.form.show_person(person)
        self._list(self.words("keeping.people.saved", name=person.name))

    def _set_pin(self) -> None:
        person, pin = self.form.person, self._pin_of(self.form.new_pin)
        if person is not None and pin:
            said = self.words("keeping.people.pin-set", name=person.name)
            job = partial(self.office.staff.set_pin, person.id, pin)
            self.do(self.words("keeping.people.saving"), job, partial(self._pin_is_set, said))

    def _pin_is_set(self, said: str, _answer: None) -> None:
        self.form.new_pin.clear()
        self.say(said)

    def _give_badge(self) -> None:
        scanned = self.form.badge.text().strip()
        if scanned:
            self._set_badge(scanned)
        else:
            self.say(self.words("keeping.people.lacks-badge"), trouble=True)
            self.form.badge.setFocus()

    def _set_badge(self, scanned: str) -> None:
        person = self.form.person
        if person is not None:
            job = partial(self.office.staff.set_badge, person.id, scanned)
            heard = partial(self._badge_set, person, bool(scanned))
            self.do(self.words("keeping.people.saving"), job, heard)

    def _badge_set(self, person: ShownPerson, has: bool, _answer: None) -> None:  # noqa: FBT001 - bound
        self.form.person = replace(person, has_badge=has)
        self.form.show_badge(has=has)
        key = "keeping.people.badge-given" if has else "keeping.people.badge-taken"
        self._list(self.words(key, name=person.name))

    def _change_own(self) -> None:
        pin = self._pin_of(self.own.new)
        if pin:
            job = partial(self.office.signing.change_pin, self.own.old.text(), pin)
            self.do(self.words("keeping.people.saving"), job, self._own_changed)

    def _own_changed(self, _answer: None) -> None:
        self.own.clear()
        self.say(self.words("keeping.people.own-changed"))

    def _pin_of(self, field: NewPin) -> str:
        """Give the PIN typed twice; say so and give nothing while the two differ."""
        if field.is_same:
            return field.text()
        self.say(self.words("keeping.people.differs"), trouble=True)
        field.clear()
        field.pin.setFocus()
        return ""
