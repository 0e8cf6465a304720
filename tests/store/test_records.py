"""What is kept of prescriptions, lots, labels and settings, and given back as it was."""

from __future__ import annotations

import pytest

from labelapp.rx.history import FillState, Standing
from labelapp.store import charts, checks, fills, orders, prints, rows, shelf, versions
from labelapp.store.prints import JobState
from labelapp.store.trouble import Conflict, StoreTrouble, Taken
from tests.store.vaults import ME, enter, fill, reserve


def test_every_version_of_a_record_is_kept_with_who_wrote_it(vault):
    with vault.change(ME) as change:
        first = charts.add_patient(change, {"family": "Doe", "allergies": ["penicillin"]})
    with vault.change(ME) as change:
        charts.alter_patient(change, first, {"family": "Doe-Smith", "allergies": []})
    with vault.look() as connection:
        one, two = versions.history(connection, "patients", first.id)
        assert (one.version, two.version) == (1, 2)
        assert one.says == {"family": "Doe", "allergies": ["penicillin"]}
        assert two.says == {"family": "Doe-Smith", "allergies": []}
        assert (two.person, two.station) == ("AW", "counter-1")
        assert one.at < two.at
        assert charts.patient(connection, first.id).version == 2
        assert versions.history(connection, "patients", 99) == ()


def test_a_recall_reaches_everybody_a_lot_reached(vault):
    with vault.change(ME) as change:
        good, bad = (shelf.add(change, name, {}, "2026-11-01", "2027-05-01") for name in "GB")
        shelf.release(change, bad)
        for number in range(120):
            lots = ((bad.id,), (good.id,), (good.id, bad.id))[number % 3]
            fill(change, enter(change, f"Doe {number:03}"), lots=lots)
        twice = enter(change, "Twice")
        fill(change, twice, 0, (bad.id,))
        voided = fill(change, twice, 1, (bad.id,))
        fills.set_state(change, voided, FillState.VOID, why="spilled")
    with pytest.raises(Taken), vault.change(ME) as change:
        shelf.add(change, "B", {}, "2026-11-01", "2027-05-01")
    with vault.look() as connection:
        reached = shelf.reached(connection, bad.id)
        names = [charts.patient(connection, each.patient).get("family") for each in reached]
        wanted = [f"Doe {number:03}" for number in range(120) if number % 3 != 1]
        assert names == [*wanted, "Twice", "Twice"]
        assert [each.state for each in reached[-2:]] == ["entered", "void"]
        assert len(shelf.reached(connection, good.id)) == 80
        known = shelf.numbered(connection, "B")
        assert known
        assert known.released_by == "AW"


def test_a_prescription_goes_its_way(vault):
    with vault.change(ME) as change:
        order = orders.review(change, enter(change), {"alone": True})
        assert order.reviewed_by == "AW"
        order = orders.alter(change, order, {"drug": "naltrexone", "refills": 3})
        assert order.reviewed_by == ""
        order = orders.stand(change, order, Standing.DISCONTINUED, "asked for")
        filled = fills.verify(change, fill(change, order), {"scanned": "S-1"})
        assert filled.state is FillState.VERIFIED
        known = fills.set_state(change, filled, FillState.PRINTED)
    with pytest.raises(Conflict), vault.change(ME) as change:
        fills.set_state(change, filled, FillState.VOID)
    with vault.look() as connection:
        assert orders.order(connection, order.id).standing is Standing.DISCONTINUED
        assert fills.fill(connection, filled.id) == known
        assert [each["what"] for each in checks.of_prescription(connection, order.id)] == [
            "review",
            "verification",
        ]


def test_pages_of_prescriptions_leave_nobody_out(vault):
    with vault.change(ME) as change:
        first = enter(change)
        who = (first.patient, first.prescriber)
        for number in range(2, 2 * orders.PAGE + 8):
            orders.add(change, str(number), who, "2026-11-20", {})
    with vault.look() as connection:
        numbers, after = [], ""
        while page := orders.beginning(connection, "1", after):
            numbers += [each.number for each in page]
            after = page[-1].number
        assert numbers == sorted(str(n) for n in range(1, 108) if str(n).startswith("1"))
        seen, before = [], 0
        while found := orders.of_patient(connection, first.patient, before):
            seen += [each.number for each in found]
            before = found[-1].id
        assert seen == [str(n) for n in range(107, 0, -1)]


def test_the_same_message_is_kept_once(vault):
    data = bytes(range(256)) * 40
    with vault.change(ME) as change:
        one, two = (orders.keep_received(change, "fax", data) for _ in range(2))
        other = orders.keep_received(change, "fax", data[1:])
        change.record("done")
    assert one == two != other
    with vault.look() as connection:
        assert orders.received(connection, one).data == data


STEPS = [
    (state, then)
    for state in (JobState.SENT, JobState.REFUSED, JobState.UNKNOWN)
    for then in JobState
]


@pytest.mark.parametrize(("state", "then"), STEPS)
def test_a_print_job_goes_no_other_way(vault, state, then):
    with vault.change(ME) as change:
        job = reserve(change, fill(change, enter(change)), "S-1")
        prints.settle(change, job, state, queue_job="zebra-7")
    may_be = state is not JobState.REFUSED and then in {JobState.CONFIRMED, JobState.VOID}
    if may_be:
        with vault.change(ME) as change:
            prints.settle(change, job, then, why="seen")
    else:
        with pytest.raises(Conflict), vault.change(ME) as change:
            prints.settle(change, job, then)
    with vault.look() as connection:
        known = prints.find(connection, job)
        assert known.state is (then if may_be else state)
        assert known.queue_job == "zebra-7"


def test_a_label_is_kept_dot_by_dot(vault):
    with vault.change(ME) as change:
        filled = fill(change, enter(change))
        reserve(change, filled, "S-1")
        reserve(change, filled, "S-2", "smudged")
    with vault.look() as connection:
        one, two = prints.labels_of(connection, filled.id)
        assert (one.copy, two.copy, two.reason) == (1, 2, "smudged")
        assert prints.picture(connection, one.id) == ("{}", b"\x00\xff" * 40)
        assert prints.by_serial(connection, "S-3") is None
        assert prints.next_copy(connection, filled.id) == 3


def test_settings_and_approvals_give_the_newest_word(vault):
    with vault.change(ME) as change:
        kept = rows.put(change, "code/q", {"says": "one"})
        for name in ("code/ü", "codex", "code", "stock/a"):
            rows.put(change, name, {})
        rows.put(change, "code/q", {"says": "two"}, kept.version)
        rows.approve(change, "stock", {"a": "0" * 64, "b": "1" * 64}, {"words": "yes"})
        rows.withdraw(change, "stock", "a", "0" * 64, "wrong")
    with pytest.raises(Conflict), vault.change(ME) as change:
        rows.put(change, "code/q", {"says": "three"}, kept.version)
    with vault.look() as connection:
        assert [each.name for each in rows.settings(connection, "code/")] == ["code/q", "code/ü"]
        said = rows.setting(connection, "code/q")
        assert said
        assert said.says == {"says": "two"}
        states = {each.row: each.state for each in rows.approvals(connection, "stock")}
        assert states == {"a": rows.WITHDRAWN, "b": rows.APPROVED}


MISSING = (
    charts.patient, charts.prescriber, orders.order, fills.fill, orders.received, shelf.lot,
    shelf.formula, prints.find,
)  # fmt: skip


@pytest.mark.parametrize("look", MISSING, ids=lambda each: each.__name__)
def test_what_is_not_there_is_told(vault, look):
    with pytest.raises(StoreTrouble), vault.look() as connection:
        look(connection, 99)
