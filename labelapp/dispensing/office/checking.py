"""Checking: what a pharmacist sees before signing a fill, and the answers signing accepts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from labelapp.dispensing.office.entry import document_of, lots_of
from labelapp.dispensing.office.lotscan import number_of
from labelapp.dispensing.office.rules import settings_of
from labelapp.dispensing.office.shown import ShownAnswer, ShownCheck
from labelapp.intake import own
from labelapp.rx.decision import Decision
from labelapp.rx.errors import LabelappError
from labelapp.rx.finding import Finding, Settler, Severity
from labelapp.rx.history import FillState
from labelapp.rx.paper import Paper
from labelapp.store import checks as kept
from labelapp.store import decisions, fills, orders, prints, versions
from labelapp.store.fills import Filled
from labelapp.store.orders import Order
from labelapp.store.prints import JobState, Printed
from labelapp.store.vault import Change, Look


class NotThis(LabelappError):
    """What was scanned is not the label or lot of this fill: nobody overrides that."""

    code = "check.other"


class OwnWork(LabelappError):
    """A pharmacist may not check their own work here: set-up did not say that one works alone."""

    code = "check.own-work"


def review(change: Change, known: Order, confirmed: Mapping[str, str]) -> Order:
    """Record a review of an order, and whether whoever entered it reviewed it too.

    Raises OwnWork, Conflict.
    """
    alone = _entered_by(change.connection, known) == change.doer.initials
    _may_alone(change.connection, alone=alone)
    return orders.review(change, known, {**confirmed, "alone": alone})


def verify(change: Change, known: Filled, labels: tuple[str, ...], lots: set[str]) -> None:
    """Record the final verification of a fill; it accepts every answer that was only proposed.

    Raises NotThis, TwoLots, OwnWork, Conflict.
    """
    connection = change.connection
    odd = odd_labels(connection, known, labels)
    odd = odd or odd_lots(connection, known, lots, whole=True)
    if odd is not None:
        raise odd
    alone = _printed_by(connection, known.id) == change.doer.initials
    _may_alone(connection, alone=alone)
    said = {"label": ", ".join(labels), "lots": sorted(set(lots_of(known))), "alone": alone}
    fills.verify(change, known, {**said, "accepted": accept(change, known.id)})


def odd_label(connection: Look, known: Filled, label: str) -> NotThis | None:
    """Tell that a scanned label is not the newest one of a fill that waits for its verification."""
    if label in _newest(connection, known.id) and known.state is FillState.PRINTED:
        return None
    return NotThis("check.other-label", label=label[:60])


def odd_labels(connection: Look, known: Filled, labels: tuple[str, ...]) -> NotThis | None:
    """Tell that scanned labels are not the newest of a fill, or not one of each of its containers."""
    for label in labels or ("",):
        if (odd := odd_label(connection, known, label)) is not None:
            return odd
    unseen = [each for each in each_to_scan(connection, known) if each not in labels]
    return NotThis("check.label-unseen", labels=", ".join(unseen)[:80]) if unseen else None


def each_to_scan(connection: Look, known: Filled) -> tuple[str, ...]:
    """Give the serials that must every one be scanned: those of a fill in several containers.

    None for any other: one of its labels tells whose it is.
    """
    several = own.read(document_of(known.says)).count("fill.vials") > 1
    return tuple(_newest(connection, known.id)) if several else ()


def _newest(connection: Look, fill: int) -> list[str]:
    """Give the serials of the newest labels of a fill, in the order they came out."""
    last = _on_paper(connection, fill)
    copy = max((each.copy for each in last), default=0)
    return [each.serial for each in last if each.copy == copy]


def _on_paper(connection: Look, fill: int) -> tuple[Printed, ...]:
    """Give the labels of a fill that came out or may have: none a queue refused, none voided."""
    never = {JobState.REFUSED, JobState.VOID}
    of_fill = prints.jobs_of(connection, fill, Paper.LABEL)
    jobs = (each for each in of_fill if each.state not in never)
    return tuple(e for job in jobs for e in prints.labels_of_job(connection, job.id))


def odd_lots(connection: Look, known: Filled, lots: set[str], *, whole: bool) -> NotThis | None:
    """Tell that scanned lots are not those of a fill; a `whole` scan has every one of them.

    A scan is a lot's number or the code on its label. Raises TwoLots where it may be either.
    """
    wanted, seen = set(lots_of(known)), {number_of(connection, each) for each in lots}
    odd = sorted(seen ^ wanted if whole else seen - wanted)
    return NotThis("check.other-lot", lot=", ".join(odd)[:80]) if odd else None


def answers(connection: Look, fill: int) -> tuple[ShownAnswer, ...]:
    """List the answers that stand beside a fill, the open ones first."""
    made = decisions.of_fill(connection, fill)
    open_ones = proposed(made)
    shown = [_shown(each, is_open=each in open_ones) for each in made]
    return tuple(sorted(shown, key=lambda each: not each.is_open))


def proposed(made: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """Give the answers of those who are no pharmacists and that no pharmacist gave as well."""
    accepted = {_same(each) for each in made if each.role.is_pharmacist}
    return tuple(e for e in made if not e.role.is_pharmacist and _same(e) not in accepted)


def accept(change: Change, fill: int) -> list[str]:
    """Record that the pharmacist who acts accepts every answer that was only proposed."""
    doer = change.doer
    open_ones = proposed(decisions.of_fill(change.connection, fill))
    for each in open_ones:
        at = datetime.fromisoformat(change.at)
        decisions.keep(change, fill, replace(each, by=doer.initials, role=doer.role, at=at))
    return [each.code for each in open_ones]


def checks(connection: Look, prescription: int) -> tuple[ShownCheck, ...]:
    """List the checks of a prescription, the oldest first."""
    numbers = {each.id: each.number for each in fills.of_prescription(connection, prescription)}
    return tuple(
        ShownCheck(
            row["what"], numbers.get(row["fill"]), row["person"], row["at"], json.loads(row["said"])
        )
        for row in kept.of_prescription(connection, prescription)
    )


def _entered_by(connection: Look, known: Order) -> str:
    """Name who last changed what the prescription says; a review or a standing changes nothing."""
    by, said = "", dict[str, object]()
    for each in versions.history(connection, "prescriptions", known.id):
        if document_of(each.says) != said:
            by, said = each.person, document_of(each.says)
    return by


def _may_alone(connection: Look, *, alone: bool) -> None:
    """Let a pharmacist check their own work only where set-up said that one works alone."""
    if alone and not settings_of(connection).works_alone:
        raise OwnWork


def _printed_by(connection: Look, fill: int) -> str:
    labels = prints.labels_of(connection, fill)
    return [each for each in labels if each.paper == Paper.LABEL][-1].person


def _same(made: Decision) -> tuple[object, ...]:
    return made.code, made.field, made.values, made.choice


def _shown(made: Decision, *, is_open: bool) -> ShownAnswer:
    finding = Finding(made.code, Severity.ASK, Settler.CLINICAL, made.field, made.values)
    at = made.at.isoformat()
    return ShownAnswer(finding, made.choice, made.by, made.role, at, made.reason, is_open)
