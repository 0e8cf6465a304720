"""The first tables, as they were made: later tables are steps of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD = sa.String(collation="C").with_variant(sa.String(), "sqlite")


def upgrade() -> None:  # noqa: PLR0915 - a list of tables
    """Make the tables."""
    op.create_table(
        "anchors",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("mac", WORD, nullable=False),
        sa.Column("at", WORD, nullable=False),
        sa.Column("why", WORD, nullable=False),
        sa.Column("seal", WORD, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchors")),
    )
    op.create_table(
        "approvals",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("row", WORD, nullable=False),
        sa.Column("sha256", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("person", WORD, nullable=False),
        sa.Column("at", WORD, nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
    )
    op.create_index("ix_approvals_row", "approvals", ["kind", "row", "id"], unique=False)
    op.create_table(
        "audit",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", WORD, nullable=False),
        sa.Column("person", WORD, nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.Column("station", WORD, nullable=False),
        sa.Column("act", WORD, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("subject", WORD, nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("mac", WORD, nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_subject", "audit", ["kind", "subject", "seq"], unique=False)
    op.create_table(
        "formulas",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", WORD, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_formulas")),
        sa.UniqueConstraint("name", name=op.f("uq_formulas_name")),
    )
    op.create_table(
        "numbers",
        sa.Column("name", WORD, nullable=False),
        sa.Column("next", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_numbers")),
    )
    op.create_table(
        "patients",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sort_name", WORD, nullable=False),
        sa.Column("born", WORD, nullable=True),
        sa.Column("phone", WORD, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patients")),
    )
    op.create_index("ix_patients_born", "patients", ["born", "sort_name", "id"], unique=False)
    op.create_index("ix_patients_sort_name", "patients", ["sort_name", "id"], unique=False)
    op.create_table(
        "people",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", WORD, nullable=False),
        sa.Column("initials", WORD, nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.Column("pin", WORD, nullable=False),
        sa.Column("pin_length", sa.Integer(), nullable=False),
        sa.Column("badge", WORD, nullable=True),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("waits_until", WORD, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("badge", name=op.f("uq_people_badge")),
        sa.UniqueConstraint("initials", name=op.f("uq_people_initials")),
    )
    op.create_table(
        "prescribers",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sort_name", WORD, nullable=False),
        sa.Column("npi", WORD, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prescribers")),
    )
    op.create_index("ix_prescribers_npi", "prescribers", ["npi"], unique=False)
    op.create_index("ix_prescribers_sort_name", "prescribers", ["sort_name", "id"], unique=False)
    op.create_table(
        "received",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("at", WORD, nullable=False),
        sa.Column("person", WORD, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("sha256", WORD, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received")),
    )
    op.create_index("ix_received_sha256", "received", ["sha256"], unique=False)
    op.create_table(
        "settings",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", WORD, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settings")),
        sa.UniqueConstraint("name", name=op.f("uq_settings_name")),
    )
    op.create_table(
        "store",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_store")),
    )
    op.create_table(
        "versions",
        sa.Column("kind", WORD, nullable=False),
        sa.Column("subject", NUMBER, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", WORD, nullable=False),
        sa.Column("person", WORD, nullable=False),
        sa.Column("station", WORD, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("seal", WORD, nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", "version", name=op.f("pk_versions")),
    )
    op.create_table(
        "finder",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("token", WORD, nullable=False),
        sa.Column("patient", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["patient"], ["patients.id"], name=op.f("fk_finder_patient")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finder")),
    )
    op.create_index("ix_finder_patient", "finder", ["patient", "kind", "token"], unique=False)
    op.create_index("ix_finder_token", "finder", ["kind", "token", "patient"], unique=False)
    op.create_table(
        "lots",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", WORD, nullable=False),
        sa.Column("formula", NUMBER, nullable=True),
        sa.Column("made_on", WORD, nullable=False),
        sa.Column("bud", WORD, nullable=False),
        sa.Column("left", WORD, nullable=True),
        sa.Column("released_by", WORD, nullable=True),
        sa.ForeignKeyConstraint(["formula"], ["formulas.id"], name=op.f("fk_lots_formula")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lots")),
        sa.UniqueConstraint("number", name=op.f("uq_lots_number")),
    )
    op.create_index("ix_lots_made_on", "lots", ["made_on", "id"], unique=False)
    op.create_table(
        "prescriptions",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", WORD, nullable=False),
        sa.Column("patient", NUMBER, nullable=False),
        sa.Column("prescriber", NUMBER, nullable=False),
        sa.Column("received", NUMBER, nullable=True),
        sa.Column("written", WORD, nullable=False),
        sa.Column("standing", WORD, nullable=False),
        sa.Column("reviewed_by", WORD, nullable=True),
        sa.ForeignKeyConstraint(
            ["patient"], ["patients.id"], name=op.f("fk_prescriptions_patient")
        ),
        sa.ForeignKeyConstraint(
            ["prescriber"], ["prescribers.id"], name=op.f("fk_prescriptions_prescriber")
        ),
        sa.ForeignKeyConstraint(
            ["received"], ["received.id"], name=op.f("fk_prescriptions_received")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prescriptions")),
        sa.UniqueConstraint("number", name=op.f("uq_prescriptions_number")),
    )
    op.create_index("ix_prescriptions_patient", "prescriptions", ["patient", "id"], unique=False)
    op.create_table(
        "fills",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("prescription", NUMBER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("filled_on", WORD, nullable=False),
        sa.Column("quantity", WORD, nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.ForeignKeyConstraint(
            ["prescription"], ["prescriptions.id"], name=op.f("fk_fills_prescription")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fills")),
        sa.UniqueConstraint("prescription", "number", name=op.f("uq_fills_prescription_number")),
    )
    op.create_index("ix_fills_filled_on", "fills", ["filled_on", "id"], unique=False)
    op.create_table(
        "checks",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("prescription", NUMBER, nullable=False),
        sa.Column("fill", NUMBER, nullable=True),
        sa.Column("what", WORD, nullable=False),
        sa.Column("person", WORD, nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.Column("at", WORD, nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["fill"], ["fills.id"], name=op.f("fk_checks_fill")),
        sa.ForeignKeyConstraint(
            ["prescription"], ["prescriptions.id"], name=op.f("fk_checks_prescription")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checks")),
    )
    op.create_index("ix_checks_fill", "checks", ["fill", "id"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("fill", NUMBER, nullable=False),
        sa.Column("code", WORD, nullable=False),
        sa.Column("field", WORD, nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("choice", WORD, nullable=False),
        sa.Column("person", WORD, nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.Column("at", WORD, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["fill"], ["fills.id"], name=op.f("fk_decisions_fill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index("ix_decisions_fill", "decisions", ["fill", "id"], unique=False)
    op.create_table(
        "fill_lots",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("fill", NUMBER, nullable=False),
        sa.Column("lot", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["fill"], ["fills.id"], name=op.f("fk_fill_lots_fill")),
        sa.ForeignKeyConstraint(["lot"], ["lots.id"], name=op.f("fk_fill_lots_lot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fill_lots")),
        sa.UniqueConstraint("fill", "lot", name=op.f("uq_fill_lots_fill_lot")),
    )
    op.create_index("ix_fill_lots_lot", "fill_lots", ["lot", "fill"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("fill", NUMBER, nullable=False),
        sa.Column("printer", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("at", WORD, nullable=False),
        sa.Column("person", WORD, nullable=False),
        sa.Column("station", WORD, nullable=False),
        sa.Column("queue_job", WORD, nullable=False),
        sa.CheckConstraint(
            "state IN ('sending', 'sent', 'refused', 'unknown', 'confirmed', 'void')",
            name=op.f("ck_jobs_state"),
        ),
        sa.ForeignKeyConstraint(["fill"], ["fills.id"], name=op.f("fk_jobs_fill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    op.create_index("ix_jobs_fill", "jobs", ["fill", "id"], unique=False)
    op.create_index("ix_jobs_state", "jobs", ["state", "id"], unique=False)
    op.create_table(
        "labels",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("fill", NUMBER, nullable=False),
        sa.Column("serial", WORD, nullable=False),
        sa.Column("label", sa.Integer(), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("at", WORD, nullable=False),
        sa.Column("person", WORD, nullable=False),
        sa.Column("reason", WORD, nullable=False),
        sa.Column("pages", sa.Text(), nullable=False),
        sa.Column("bitmap", sa.LargeBinary(), nullable=False),
        sa.Column("pdf_sha256", WORD, nullable=False),
        sa.Column("made_with", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["fill"], ["fills.id"], name=op.f("fk_labels_fill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labels")),
        sa.UniqueConstraint("fill", "label", "copy", name=op.f("uq_labels_fill_label_copy")),
        sa.UniqueConstraint("serial", name=op.f("uq_labels_serial")),
    )
    op.create_table(
        "job_labels",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("job", NUMBER, nullable=False),
        sa.Column("label", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name=op.f("fk_job_labels_job")),
        sa.ForeignKeyConstraint(["label"], ["labels.id"], name=op.f("fk_job_labels_label")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_labels")),
        sa.UniqueConstraint("job", "label", name=op.f("uq_job_labels_job_label")),
    )
