"""The tables of the records, the same on both databases.

What a record says stands in `versions`, whole and for ever; the other tables hold what is searched,
counted or may exist only once, as the newest version says it. Numbers of medicine are text (exact),
times are UTC in ISO 8601, days ISO 8601.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

BOOK = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_NUMBER = BigInteger().with_variant(Integer, "sqlite")
_WORD = String(collation="C").with_variant(String(), "sqlite")
"""A text that is compared letter by letter, as it is written, on both databases."""


def _id() -> Column[int]:
    return Column("id", _NUMBER, primary_key=True, autoincrement=True)


def _version() -> Column[int]:
    return Column("version", Integer, nullable=False)


def _word(name: str, *, required: bool = True) -> Column[str]:
    return Column(name, _WORD, nullable=not required)


def _of(table: str, name: str = "", *, required: bool = True) -> Column[int]:
    return Column(name or table, _NUMBER, ForeignKey(f"{table}.id"), nullable=not required)


STORE = Table("store", BOOK, Column("name", String, primary_key=True), Column("value", Text))
"""What the records say of themselves: their id, and on a server the wrapped keys."""

AUDIT = Table(
    "audit",
    BOOK,
    Column("seq", _NUMBER, primary_key=True, autoincrement=False),
    _word("at"),
    _word("person"),
    _word("role"),
    _word("station"),
    _word("act"),
    _word("kind"),
    _word("subject"),
    Column("detail", Text, nullable=False),
    _word("mac"),
    Index("ix_audit_subject", "kind", "subject", "seq"),
)

ANCHORS = Table(
    "anchors",
    BOOK,
    _id(),
    Column("seq", _NUMBER, nullable=False),
    _word("mac"),
    _word("at"),
    _word("why"),
    _word("seal"),
)
"""Heads of the audit up to which every row was verified, sealed."""

VERSIONS = Table(
    "versions",
    BOOK,
    Column("kind", _WORD, primary_key=True),
    Column("subject", _NUMBER, primary_key=True),
    Column("version", Integer, primary_key=True),
    _word("at"),
    _word("person"),
    _word("station"),
    Column("body", Text, nullable=False),
    _word("seal"),
)

PEOPLE = Table(
    "people",
    BOOK,
    _id(),
    _version(),
    _word("name"),
    _word("initials"),
    _word("role"),
    Column("active", Integer, nullable=False),
    _word("pin"),
    Column("pin_length", Integer, nullable=False),
    _word("badge", required=False),
    Column("failed", Integer, nullable=False),
    _word("waits_until", required=False),
    UniqueConstraint("initials"),
    UniqueConstraint("badge"),
)

PATIENTS = Table(
    "patients",
    BOOK,
    _id(),
    _version(),
    _word("sort_name"),
    _word("born", required=False),
    _word("phone", required=False),
    Index("ix_patients_sort_name", "sort_name", "id"),
    Index("ix_patients_born", "born", "sort_name", "id"),
)

PRESCRIBERS = Table(
    "prescribers",
    BOOK,
    _id(),
    _version(),
    _word("sort_name"),
    _word("npi", required=False),
    Index("ix_prescribers_sort_name", "sort_name", "id"),
    Index("ix_prescribers_npi", "npi"),
)

RECEIVED = Table(
    "received",
    BOOK,
    _id(),
    _word("at"),
    _word("person"),
    _word("kind"),
    _word("sha256"),
    Column("data", LargeBinary, nullable=False),
    Index("ix_received_sha256", "sha256"),
)
"""Orders as they were received: a message's bytes, a fax, a scan."""

PRESCRIPTIONS = Table(
    "prescriptions",
    BOOK,
    _id(),
    _version(),
    _word("number"),
    _of("patients", "patient"),
    _of("prescribers", "prescriber"),
    _of("received", "received", required=False),
    _word("written"),
    _word("standing"),
    _word("reviewed_by", required=False),
    UniqueConstraint("number"),
    Index("ix_prescriptions_patient", "patient", "id"),
)

FORMULAS = Table(
    "formulas",
    BOOK,
    _id(),
    _version(),
    _word("name"),
    UniqueConstraint("name"),
)

LOTS = Table(
    "lots",
    BOOK,
    _id(),
    _version(),
    _word("number"),
    _of("formulas", "formula", required=False),
    _word("made_on"),
    _word("bud"),
    _word("left", required=False),
    _word("released_by", required=False),
    UniqueConstraint("number"),
    Index("ix_lots_made_on", "made_on", "id"),
)

FILLS = Table(
    "fills",
    BOOK,
    _id(),
    _version(),
    _of("prescriptions", "prescription"),
    Column("number", Integer, nullable=False),
    _word("filled_on"),
    _word("quantity"),
    Column("days", Integer, nullable=False),
    Column("first_day", Integer, nullable=False),
    _word("state"),
    UniqueConstraint("prescription", "number"),
    Index("ix_fills_filled_on", "filled_on", "id"),
)

FILL_LOTS = Table(
    "fill_lots",
    BOOK,
    _id(),
    _of("fills", "fill"),
    _of("lots", "lot"),
    UniqueConstraint("fill", "lot"),
    Index("ix_fill_lots_lot", "lot", "fill"),
)

LABELS = Table(
    "labels",
    BOOK,
    _id(),
    _of("fills", "fill"),
    _word("serial"),
    Column("label", Integer, nullable=False),
    Column("copy", Integer, nullable=False),
    _word("at"),
    _word("person"),
    _word("reason"),
    Column("pages", Text, nullable=False),
    Column("bitmap", LargeBinary, nullable=False),
    _word("pdf_sha256"),
    Column("made_with", Text, nullable=False),
    _word("paper"),
    UniqueConstraint("serial"),
    UniqueConstraint("fill", "paper", "label", "copy"),
)

JOBS = Table(
    "jobs",
    BOOK,
    _id(),
    _of("fills", "fill"),
    _word("printer"),
    _word("state"),
    _word("at"),
    _word("person"),
    _word("station"),
    _word("queue_job"),
    CheckConstraint(
        "state IN ('sending', 'sent', 'refused', 'unknown', 'confirmed', 'void')", name="state"
    ),
    Index("ix_jobs_state", "state", "id"),
    Index("ix_jobs_fill", "fill", "id"),
)

JOB_LABELS = Table(
    "job_labels",
    BOOK,
    _id(),
    _of("jobs", "job"),
    _of("labels", "label"),
    UniqueConstraint("job", "label"),
)

DECISIONS = Table(
    "decisions",
    BOOK,
    _id(),
    _of("fills", "fill"),
    _word("code"),
    _word("field"),
    Column("said", Text, nullable=False),
    _word("choice"),
    _word("person"),
    _word("role"),
    _word("at"),
    Column("reason", Text, nullable=False),
    Index("ix_decisions_fill", "fill", "id"),
)

CHECKS = Table(
    "checks",
    BOOK,
    _id(),
    _of("prescriptions", "prescription"),
    _of("fills", "fill", required=False),
    _word("what"),
    _word("person"),
    _word("role"),
    _word("at"),
    Column("said", Text, nullable=False),
    Index("ix_checks_fill", "fill", "id"),
)
"""Order reviews and final verifications: who, when, over what, and whether alone."""

APPROVALS = Table(
    "approvals",
    BOOK,
    _id(),
    _word("kind"),
    _word("row"),
    _word("sha256"),
    _word("state"),
    _word("person"),
    _word("at"),
    Column("said", Text, nullable=False),
    Index("ix_approvals_row", "kind", "row", "id"),
)
"""What a pharmacist-in-charge approved, by the row and a hash of its content; the newest holds."""

SETTINGS = Table("settings", BOOK, _id(), _version(), _word("name"), UniqueConstraint("name"))
"""Settings and the pharmacy's own rows by their name; what they say is in `versions`."""

FINDER = Table(
    "finder",
    BOOK,
    _id(),
    _word("kind"),
    _word("token"),
    _of("patients", "patient"),
    Index("ix_finder_token", "kind", "token", "patient"),
    Index("ix_finder_patient", "patient", "kind", "token"),
)
"""The beginnings a patient is found by: of each name, of each three letters in it, of the phone."""

NUMBERS = Table(
    "numbers",
    BOOK,
    Column("name", _WORD, primary_key=True),
    Column("next", _NUMBER, nullable=False),
)
"""The next number of a kind, where this program gives them out."""

APPEND_ONLY = (
    AUDIT, ANCHORS, VERSIONS, RECEIVED, FILL_LOTS, LABELS, JOB_LABELS, DECISIONS, CHECKS, APPROVALS,
)  # fmt: skip
"""Tables of which no row is ever changed or taken away."""

KEPT = (PEOPLE, PATIENTS, PRESCRIBERS, PRESCRIPTIONS, FORMULAS, LOTS, FILLS, JOBS, SETTINGS)
"""Tables of which a row changes with its next version and is never taken away."""
