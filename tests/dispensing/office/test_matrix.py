"""Who may do what: every public call of the office and the desk, tried by everybody and by nobody.

The table is not read from the rows the program reads. A call the table does not name fails here:
whoever adds one says who may make it, or why all.
"""

from __future__ import annotations

import inspect
import typing
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select

from labelapp.dispensing.desk import Desk
from labelapp.dispensing.office.access import Act, NotAllowed, NotSignedIn
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.rules import HouseRules
from labelapp.dispensing.office.signing import Signing
from labelapp.dispensing.shown import Wanted
from labelapp.store.tables import AUDIT, BOOK
from tests.dispensing.office.busy import Busy, Known, busy
from tests.dispensing.office.offices import PIN, STAFF, Counter
from tests.dispensing.office.who import ABSENT, ASKED, CARE, FREE, PHARMACISTS, Call

DESK = {"save", "send", "save_all", "keep"}
"""What the desk does with records beyond looking, which needs nobody: a look shows a sample then."""


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Busy:
    return busy(tmp_path_factory.mktemp("busy"))


def public(kind: type) -> set[str]:
    return {name for name in vars(kind) if not name.startswith("_")}


def test_every_public_call_is_in_the_table() -> None:
    parts = {**typing.get_type_hints(Office), "signing": Signing}
    known = {f"{part}.{name}" for part, kind in parts.items() for name in public(kind)}
    known |= {f"desk.{name}" for name in DESK}
    free = {each for each in FREE if not each.startswith("desk.")}
    assert known - free - set(ASKED) == set(), "say who may make these calls"
    assert (free | set(ASKED)) - known == set(), "there are no such calls"
    assert set(ASKED) & free == set()
    assert {act for _, act, _ in ASKED.values() if act} | ABSENT == set(Act)


def test_what_the_desk_writes_goes_through_these_calls() -> None:
    """Every other call of the desk is a look; these alone come to a reservation or an entry."""
    writes = ("self._reserved", "self._out(", "orders.keep(")
    texts = {name: inspect.getsource(getattr(Desk, name)) for name in public(Desk)}
    assert {name for name, text in texts.items() if any(e in text for e in writes)} == DESK


def test_training_alone_trusts_somebody_without_a_pin() -> None:
    room = Path(inspect.getfile(Office)).parents[2]
    callers = [each.name for each in room.rglob("*.py") if "signing.trust(" in each.read_text()]
    assert callers == ["door.py"]


def content(at: Counter) -> dict[str, str]:
    """Give a hash of every table but the audit, and of every file beside the records."""
    found = {}
    with at.office.ledger.vault.look() as connection:
        for table in BOOK.sorted_tables:
            if table is not AUDIT:
                rows = connection.execute(select(table).order_by(*table.primary_key)).all()
                found[table.name] = sha256(repr(rows).encode()).hexdigest()
    files = (each for each in at.folder.rglob("*") if each.is_file())
    return found | {str(each): "" for each in files if each.parent.name != "records"}


def audit_of(at: Counter) -> list[tuple[str, str, str]]:
    with at.office.ledger.vault.look() as connection:
        rows = connection.execute(select(AUDIT.c.act, AUDIT.c.role, AUDIT.c.detail))
        return [(row.act, row.role, row.detail) for row in rows]


@pytest.mark.parametrize("name", sorted(ASKED))
def test_who_may_not_is_refused_and_nothing_is_changed(
    name: str, there: Busy, tmp_path: Path
) -> None:
    may, act, call = ASKED[name]
    at = there.copied(tmp_path / "records")
    for initials in sorted(set(STAFF) - may):
        at.sign_in(initials)
        before, said = content(at), audit_of(at)
        with pytest.raises(NotAllowed) as refused:
            call(at, there.known)
        assert content(at) == before
        assert act is not None
        assert refused.value.values == {"act": act.value, "role": STAFF[initials].value}
        ((denied, role, detail),) = audit_of(at)[len(said) :]
        assert (denied, role) == ("denied", STAFF[initials].value)
        assert act.value in detail
    at.sign_in("PC")
    at.office.signing.lock()
    refused_at_all(at, there.known, call)
    at.office.signing.sign_out()
    refused_at_all(at, there.known, call)
    at.office.close()


def refused_at_all(at: Counter, known: Known, call: Call) -> None:
    """See that a call is refused while nobody is there, whose name could be written down."""
    before, said = content(at), audit_of(at)
    with pytest.raises(NotSignedIn):
        call(at, known)
    assert (content(at), audit_of(at)) == (before, said)


@pytest.mark.parametrize("name", sorted(ASKED))
def test_who_may_can(name: str, there: Busy, tmp_path: Path) -> None:
    may, _act, call = ASKED[name]
    for initials in sorted(may):
        at = there.copied(tmp_path / initials)
        if name == "orders.give_number":
            at.sign_in("PC")
            at.office.rules.change(HouseRules(gives_numbers=True))
        at.sign_in(initials)
        call(at, there.known)
        assert "denied" not in {act for act, _, _ in audit_of(at)}
        at.office.close()


def test_another_copy_is_for_whoever_prints(there: Busy, tmp_path: Path) -> None:
    at = there.copied(tmp_path / "records")
    for place, initials in enumerate(sorted(CARE), 2):
        at.sign_in(initials)
        desk, wanted = at.desk(), Wanted(reason="torn")
        shown = desk.look(there.known.drawn, wanted)
        assert shown.label is not None
        assert shown.label.serial.endswith(f"-{place}")
        desk.save(shown, str(tmp_path / "l.pdf"))
    at.office.close()


@pytest.mark.parametrize("initials", sorted(STAFF))
def test_only_a_pharmacist_vouches_and_a_refused_one_is_written_down(
    initials: str, there: Busy, tmp_path: Path
) -> None:
    at = there.copied(tmp_path / "records")
    at.sign_in("TT")
    before = content(at)
    if initials in PHARMACISTS:
        doer = at.office.signing.vouch(initials, PIN)
        at.office.orders.void(there.known.fill, "spilt", doer)
    else:
        with pytest.raises(NotAllowed):
            at.office.signing.vouch(initials, PIN)
        assert content(at) == before
        assert audit_of(at)[-1][:2] == ("denied", STAFF[initials].value)
    assert at.office.signing.doer().initials == "TT"
    at.office.close()
