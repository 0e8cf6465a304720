"""Setting the records up: where, the passphrase, the recovery key, the first person, the pharmacy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from labelapp.gui.inputs import Choice, Tick
from labelapp.gui.office.slip import PrintersOf, Slip
from labelapp.gui.office.stepped import Step, SteppedPage
from labelapp.gui.parts import Line
from labelapp.gui.settings import Start, Ways
from labelapp.gui.theme import Theme
from labelapp.gui.work import Bug, Task, Trouble, Work
from labelapp.rx.people import Role

if TYPE_CHECKING:
    from labelapp.dispensing.office.door import Begun, Door, FirstPerson
    from labelapp.dispensing.office.office import Office

WHERE, PASSPHRASE, RECOVERY, TYPED_BACK, PERSON, PHARMACY = range(6)
STEPS = ("where", "passphrase", "recovery", "back", "person", "pharmacy")
FIRST = (Role.PHARMACIST_IN_CHARGE, Role.ADMINISTRATOR)
HOUSE = ("name", "phone", "address.line", "address.city", "address.state", "address.postal_code")


@dataclass(frozen=True)
class Made:
    """Records somebody just set up or restored: the door to them, and the office."""

    door: Door
    office: Office


class SetUpPage(SteppedPage):
    """Asks step by step for what records need; nothing is written before the last step."""

    made = Signal(object)
    """The new records, with nobody signed in."""

    def __init__(
        self,
        theme: Theme,
        begin: Start,
        work: Work,
        house: Mapping[str, str],
        printers: PrintersOf | None,
        parent: QWidget,
    ) -> None:
        words = begin.words
        super().__init__(theme, words, words("gui.setup.title"), parent)
        assert begin.ways is not None
        self._ways = begin.ways
        self._work = work
        self._door: Door | None = None
        self._begun: Begun | None = None
        self.address = Line(self)
        self.passphrase, self.again = _hidden(self), _hidden(self)
        self.slip = Slip(theme, words, work, printers, self)
        self.typed_back = Line(self)
        self.name, self.initials = Line(self), Line(self)
        roles = tuple(words(f"gui.role.{each.value}") for each in FIRST)
        self.role = Choice(tuple(each.value for each in FIRST), roles, self)
        self.pin, self.pin_again = _hidden(self), _hidden(self)
        self.alone = Tick(words("gui.setup.alone"), self)
        self.house = {f"pharmacy.{each}": Line(self) for each in HOUSE}
        for path, field in self.house.items():
            field.setText(house.get(path, "").replace("\n", ", "))
        self._build()
        self.show_step(WHERE)

    def go_on(self) -> None:
        """Check the step that is shown, and go on when it is whole."""
        (
            self._find, self._begin, self._keep_key, self._compare, self._meet, self._finish,
        )[self.place]()  # fmt: skip

    def _build(self) -> None:
        words = self.words
        steps = [Step(words(f"gui.setup.step.{each}"), self) for each in STEPS]
        for step in steps:
            self.stack.addWidget(step)
        steps[WHERE].add_text(words("gui.setup.where.hint"))
        steps[WHERE].add_field(words("gui.setup.address"), self.address)
        self.address.setPlaceholderText(self._ways.address or words("gui.setup.usual"))
        steps[PASSPHRASE].add_text(words("gui.setup.passphrase.hint"))
        steps[PASSPHRASE].add_field(words("gui.setup.passphrase"), self.passphrase)
        steps[PASSPHRASE].add_field(words("gui.setup.again"), self.again)
        steps[RECOVERY].add_text(words("gui.setup.recovery.hint"))
        steps[RECOVERY].add_wide(self.slip)
        steps[RECOVERY].first = self.slip.print
        steps[TYPED_BACK].add_text(words("gui.setup.back.hint"))
        steps[TYPED_BACK].add_field(words("gui.setup.recovery"), self.typed_back)
        person = steps[PERSON]
        person.add_text(words("gui.setup.person.hint"))
        person.add_field(words("gui.setup.name"), self.name)
        person.add_field(words("gui.setup.initials"), self.initials)
        person.add_field(words("gui.setup.role"), self.role)
        person.add_field(words("gui.setup.pin"), self.pin)
        person.add_field(words("gui.setup.pin-again"), self.pin_again)
        person.add_wide(self.alone)
        steps[PHARMACY].add_text(words("gui.setup.pharmacy.hint"))
        for path, field in self.house.items():
            steps[PHARMACY].add_field(words(f"gui.field.{path}"), field)
        steps[PHARMACY].add_text(words("gui.setup.sample"))
        self.initials.setMaxLength(4)

    def _ask(self, kind: str, job: object, then: object) -> None:
        self.set_busy(busy=True)
        self.say(self.words("gui.steps.under-way"))
        self._work.ask(Task(f"setup {kind}", job, then, self._refused))  # type: ignore[arg-type]

    def _refused(self, trouble: Trouble) -> None:
        self.set_busy(busy=False)
        if isinstance(trouble, Bug):
            said = self.words("gui.bug", kind=trouble.kind, where=trouble.where)
        else:
            said = self._ways.say(trouble)
            if trouble.code in {"people.bad-name", "people.bad-pin"}:
                self.show_step(PERSON)
        self.say(said, trouble=True)

    def _lacks(self, key: str, field: QWidget) -> None:
        self.say(self.words(key), trouble=True)
        field.setFocus()

    def _find(self) -> None:
        address = self.address.text().strip()
        if address and "://" not in address and not Path(address).expanduser().is_absolute():
            self._lacks("gui.setup.whole-path", self.address)
            return
        self._ask("where", partial(_empty_door, self._ways, address), self._found)

    def _found(self, found: tuple[Door, bool]) -> None:
        self._door, is_there = found
        if is_there:
            self.set_busy(busy=False)
            self._lacks("gui.setup.there", self.address)
            return
        self.show_step(PASSPHRASE)

    def _begin(self) -> None:
        if self.passphrase.text() != self.again.text():
            self._lacks("gui.setup.not-same", self.again)
            return
        assert self._door is not None
        self._ask("keys", partial(self._door.begin, self.passphrase.text()), self._have_keys)

    def _have_keys(self, begun: Begun) -> None:
        self._begun = begun
        shown = self.words("gui.setup.recovery")
        self.slip.show_text("labelapp-recovery-key", shown, f"{shown}:\n\n{begun.recovery}")
        self.typed_back.clear()
        self.show_step(RECOVERY)

    def _keep_key(self) -> None:
        self.show_step(TYPED_BACK)

    def _compare(self) -> None:
        assert self._begun is not None
        if _plainly(self.typed_back.text()) != _plainly(self._begun.recovery):
            self._lacks("store.recovery-mistyped", self.typed_back)
            return
        self.show_step(PERSON)

    def _meet(self) -> None:
        for field in (self.name, self.initials, self.pin):
            if not field.text().strip():
                self._lacks("gui.setup.lacks", field)
                return
        if not self.role.currentData():
            self._lacks("gui.setup.lacks", self.role)
        elif self.pin.text() != self.pin_again.text():
            self._lacks("gui.setup.not-same", self.pin_again)
        else:
            self.show_step(PHARMACY)

    def _finish(self) -> None:
        assert self._door is not None
        assert self._begun is not None
        house = {path: field.text().strip() for path, field in self.house.items()}
        first = partial(
            _first,
            self.name.text(),
            self.initials.text(),
            Role(self.role.currentData()),
            self.pin.text(),
            works_alone=self.alone.box.isChecked(),
            pharmacy={path: text for path, text in house.items() if text},
        )
        job = partial(_set_up, self._door, self._begun, self.typed_back.text(), first)
        self._ask("finish", job, self._done)

    def _done(self, made: Made) -> None:
        self.accept()
        self.made.emit(made)


def _hidden(parent: QWidget) -> Line:
    made = Line(parent)
    made.setEchoMode(Line.EchoMode.Password)
    return made


def _plainly(key: str) -> str:
    return "".join(each for each in key.upper() if each.isalnum())


def _empty_door(ways: Ways, address: str) -> tuple[Door, bool]:
    """Find the door at an address, and tell whether there are records behind it."""
    door = ways.door(address)
    return door, door.is_set_up()


def _first(
    name: str,
    initials: str,
    role: Role,
    pin: str,
    *,
    works_alone: bool,
    pharmacy: Mapping[str, str],
) -> FirstPerson:
    from labelapp.dispensing.office.door import FirstPerson  # noqa: PLC0415 - it loads the store

    return FirstPerson(name, initials, role, pin, works_alone, pharmacy)


def _set_up(door: Door, begun: Begun, typed_back: str, first: partial[FirstPerson]) -> Made:
    return Made(door, door.finish(begun, typed_back, first()))
