"""Prints: every label's serial and picture, reserved before the first byte leaves, settled after."""

from __future__ import annotations

import enum
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from labelapp.rx.paper import Paper
from labelapp.store.guards import STEPS
from labelapp.store.tables import JOB_LABELS, JOBS, LABELS
from labelapp.store.trouble import Conflict, StoreTrouble
from labelapp.store.vault import Change


class JobState(enum.StrEnum):
    """Where a print job is. Whoever finds one still `sending` cannot know: it becomes unknown."""

    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    CONFIRMED = "confirmed"
    VOID = "void"


@dataclass(frozen=True)
class Sheet:
    """One label to be printed, as it is kept for ever.

    `paper` is the paper of the fill it belongs to. `pages` is its layout (JSON), `bitmap` every dot of its pictures, packed; `made_with` names the
    versions of program, fonts and rows.
    """

    serial: str
    label: int
    copy: int
    pages: str
    bitmap: bytes
    pdf_sha256: str
    made_with: str
    reason: str = ""
    paper: str = Paper.LABEL


@dataclass(frozen=True)
class Printed:
    """A label on record, without its picture."""

    id: int
    fill: int
    serial: str
    label: int
    copy: int
    at: str
    person: str
    reason: str
    pdf_sha256: str
    made_with: str
    paper: str


@dataclass(frozen=True)
class PrintJob:
    """A print job on record."""

    id: int
    fill: int
    printer: str
    state: JobState
    at: str
    person: str
    station: str
    queue_job: str


def next_copy(connection: Connection, fill: int, paper: str = Paper.LABEL) -> int:
    """Give the number of the next copy of a paper of a fill: 1 when none was ever reserved."""
    of_paper = (LABELS.c.fill == fill) & (LABELS.c.paper == paper)
    last = connection.scalar(select(func.max(LABELS.c.copy)).where(of_paper))
    return int(last or 0) + 1


def reserve(change: Change, fill: int, printer: str, sheets: Iterable[Sheet]) -> int:
    """Commit the serials of labels and that they are being sent, before any byte leaves; give the job.

    Raises Taken when a serial, or that copy of that label, was reserved before.
    """
    connection = change.connection
    made = connection.execute(
        insert(JOBS).values(
            fill=fill,
            printer=printer,
            state=JobState.SENDING.value,
            at=change.at,
            person=change.doer.initials,
            station=change.station,
            queue_job="",
        )
    )
    assert made.inserted_primary_key is not None
    job, serials = int(made.inserted_primary_key[0]), []
    for each in sheets:
        kept = connection.execute(
            insert(LABELS).values(
                fill=fill,
                at=change.at,
                person=change.doer.initials,
                **{
                    **vars(each),
                    "bitmap": zlib.compress(each.bitmap, 9),
                    "paper": str(each.paper),
                },
            )
        )
        assert kept.inserted_primary_key is not None
        connection.execute(insert(JOB_LABELS).values(job=job, label=kept.inserted_primary_key[0]))
        serials.append({"serial": each.serial, "pdf": each.pdf_sha256, "reason": each.reason})
    assert serials, "a print job without a label"
    act = "reprint" if any(each["reason"] for each in serials) else "print"
    change.record(act, "fills", fill, job=job, printer=printer, labels=serials)
    return job


def settle(
    change: Change, job: int, state: JobState, *, queue_job: str = "", why: str = ""
) -> None:
    """Record what came of a job: the queue took it, refused it, or nobody knows; or who resolved it.

    Raises Conflict when somebody resolved it before.
    """
    known = find(change.connection, job)
    if (known.state.value, state.value) not in STEPS:
        raise Conflict(kind="jobs", by=known.person, at=known.at, station=known.station)
    done = change.connection.execute(
        update(JOBS)
        .where(JOBS.c.id == job, JOBS.c.state == known.state.value)
        .values(state=state.value, queue_job=queue_job or known.queue_job)
    )
    if done.rowcount != 1:
        raise Conflict(kind="jobs", by=known.person, at=known.at, station=known.station)
    values = {"before": known.state.value, "state": state.value, "queue_job": queue_job, "why": why}
    change.record("print.settled", "fills", known.fill, job=job, **values)


def find(connection: Connection, job: int) -> PrintJob:
    """Give a job. Raises StoreTrouble when there is none."""
    row = connection.execute(select(JOBS).where(JOBS.c.id == job)).first()
    if row is None:
        raise StoreTrouble("store.no-such", kind="jobs")
    return _job(row)


def in_doubt(connection: Connection, station: str) -> tuple[PrintJob, ...]:
    """Give the jobs nobody knows the end of: unknown ones, and this computer's left in sending."""
    query = select(JOBS).where(
        (JOBS.c.state == JobState.UNKNOWN.value)
        | ((JOBS.c.state == JobState.SENDING.value) & (JOBS.c.station == station))
    )
    return tuple(_job(row) for row in connection.execute(query.order_by(JOBS.c.id)))


def jobs_of(connection: Connection, fill: int, paper: str = "") -> tuple[PrintJob, ...]:
    """Give the print jobs of a fill, the first one first; those of one paper where it is named."""
    query = select(JOBS).where(JOBS.c.fill == fill).order_by(JOBS.c.id)
    if paper:
        of_paper = select(JOB_LABELS.c.job).join(LABELS, JOB_LABELS.c.label == LABELS.c.id)
        query = query.where(
            JOBS.c.id.in_(of_paper.where((LABELS.c.fill == fill) & (LABELS.c.paper == paper)))
        )
    return tuple(_job(row) for row in connection.execute(query))


def labels_of(connection: Connection, fill: int) -> tuple[Printed, ...]:
    """Give the labels of a fill, every copy of them, and after them its other papers."""
    found = [
        _printed(row) for row in connection.execute(select(LABELS).where(LABELS.c.fill == fill))
    ]
    return tuple(sorted(found, key=_in_order))


def _in_order(printed: Printed) -> tuple[bool, str, int, int]:
    return printed.paper != Paper.LABEL, printed.paper, printed.copy, printed.label


def labels_of_job(connection: Connection, job: int) -> tuple[Printed, ...]:
    """Give the labels of a print job."""
    query = (
        select(LABELS)
        .join(JOB_LABELS, JOB_LABELS.c.label == LABELS.c.id)
        .where(JOB_LABELS.c.job == job)
        .order_by(LABELS.c.label)
    )
    return tuple(_printed(row) for row in connection.execute(query))


def by_serial(connection: Connection, serial: str) -> Printed | None:
    """Find a label by the serial its mark says."""
    row = connection.execute(select(LABELS).where(LABELS.c.serial == serial)).first()
    return _printed(row) if row else None


def picture(connection: Connection, label: int) -> tuple[str, bytes]:
    """Give a label's layout and every dot of its pictures, as they were reserved."""
    row = connection.execute(
        select(LABELS.c.pages, LABELS.c.bitmap).where(LABELS.c.id == label)
    ).one()
    return str(row.pages), zlib.decompress(row.bitmap)


def _job(row: Row[Any]) -> PrintJob:
    return PrintJob(
        row.id,
        row.fill,
        row.printer,
        JobState(row.state),
        row.at,
        row.person,
        row.station,
        row.queue_job,
    )


def _printed(row: Row[Any]) -> Printed:
    return Printed(**{each.name: getattr(row, each.name) for each in fields(Printed)})
