"""A label has its paper beside it: what is made of the same fill is numbered on its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

WORD = sa.String(collation="C").with_variant(sa.String(), "sqlite")


def upgrade() -> None:
    """Give every label its paper; all there are so far are the labels themselves."""
    with op.batch_alter_table("labels") as batch:
        batch.add_column(sa.Column("paper", WORD, nullable=False, server_default="label"))
        batch.drop_constraint(op.f("uq_labels_fill_label_copy"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_labels_fill_paper_label_copy"), ["fill", "paper", "label", "copy"]
        )
    with op.batch_alter_table("labels") as batch:
        batch.alter_column("paper", server_default=None)
