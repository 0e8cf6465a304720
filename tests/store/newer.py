"""A program one step newer than this one, whose step builds a table anew that others point to."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from labelapp.store import migrate

if TYPE_CHECKING:
    from collections.abc import Iterator

NEXT = "9999"
STEP = f'''
import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{migrate.NEWEST}"


def upgrade():
    for table in ("patients", "audit", "versions", "labels"):
        with op.batch_alter_table(table, recreate="always" if {{always}} else "auto") as batch:
            batch.add_column(sa.Column("remark", sa.String()))
        {{after}}
'''
FAILS = 'op.execute("SELECT 1 FROM no_such_table")'


@contextmanager
def newer_program(folder: Path, *, fails: bool = False, on_server: bool = False) -> Iterator[None]:
    """Be the newer program for a while; `folder` takes its steps. One that `fails` does half-way."""
    ours, newest = migrate.__file__, migrate.NEWEST
    steps = folder / "schema"
    shutil.rmtree(steps, ignore_errors=True)
    shutil.copytree(Path(ours).parent / "schema", steps, ignore=shutil.ignore_patterns("__py*"))
    step = STEP.format(always=not on_server, after=FAILS if fails else "")
    (steps / "versions" / f"{NEXT}_next.py").write_text(step)
    migrate.__file__, migrate.NEWEST = str(folder / "migrate.py"), NEXT
    try:
        yield
    finally:
        migrate.__file__, migrate.NEWEST = ours, newest
