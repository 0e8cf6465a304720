"""How the counter stands: who is at it, under which state's law, and how old the backup is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from labelapp.dispensing.office.access import Act
from labelapp.gui.settings import Words

if TYPE_CHECKING:
    from labelapp.dispensing.office.office import Office
    from labelapp.dispensing.office.shown import ShownPerson

TOO_OLD = timedelta(days=3)
"""A newest backup older than this is told in the colour of STOP."""


@dataclass(frozen=True)
class Standing:
    """How the counter stands now; `doubts` counts prints nobody knows the end of."""

    person: ShownPerson | None
    state: str
    is_training: bool
    is_sample: bool
    newest: datetime | None
    doubts: int


def standing_of(office: Office, *, ask_doubts: bool) -> Standing:
    """Ask the records how this counter stands."""
    state = office.rules.now().pharmacy.get("pharmacy.address.state", "").strip().upper()
    newest = office.keeping.state().newest
    away = office.signing.is_away
    doubts = ask_doubts and not away and office.may(Act.PRINT)
    return Standing(
        None if away else office.signing.person,
        state,
        office.is_training,
        office.is_sample(state),
        newest.at if newest else None,
        len(office.prints.in_doubt()) if doubts else 0,
    )


def who(standing: Standing, words: Words) -> str:
    """Say who is at the counter, in which role and under which state's law."""
    person = standing.person
    if person is None:
        return words("gui.who.nobody")
    role = words(f"gui.role.{person.role.value}")
    key = "gui.who" if standing.state else "gui.who.no-state"
    return words(key, name=person.name, role=role, state=standing.state)


def age_said(newest: datetime | None, now: datetime, words: Words) -> tuple[str, bool]:
    """Say how old the newest backup is, and whether that is too old."""
    if newest is None:
        return words("gui.backup.none"), True
    age = max(now - newest, timedelta(0))
    if age >= TOO_OLD:
        return words("gui.backup.old", days=str(age.days)), True
    for unit, size in (("days", timedelta(days=1)), ("hours", timedelta(hours=1))):
        if age >= size:
            return words(f"gui.backup.{unit}", many=str(age // size)), False
    return words("gui.backup.minutes", many=str(age // timedelta(minutes=1))), False
