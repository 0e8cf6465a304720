"""The guards: triggers and rights by which the database itself refuses to change what was written."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from labelapp.store.tables import APPEND_ONLY, BOOK, KEPT
from labelapp.store.trouble import Damaged

COUNTER = "labelapp_counter"
"""The PostgreSQL role every counter works as: it may not change or delete what is written once."""

STEPS = (
    ("sending", "sent"),
    ("sending", "refused"),
    ("sending", "unknown"),
    ("unknown", "confirmed"),
    ("unknown", "void"),
    ("sent", "confirmed"),
    ("sent", "void"),
)
"""How a print job goes on; every other step is refused (design: at most once, a person decides)."""

_STANDING = """
SELECT t.tgname::text || ' ' || c.relname,
       p.prosrc || t.tgenabled::text || t.tgtype::text || coalesce(t.tgqual::text, '')
       || t.tgattr::text
  FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_class c ON c.oid = t.tgrelid
 WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
 UNION ALL
SELECT r.rulename::text || ' ' || c.relname, 'a rule'
  FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
 WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
"""
"""Each trigger of a server with its table: what it does, whether it acts, when, under which
condition, for which columns; and the rules, of which there should be none."""


def install(connection: Connection) -> None:
    """Put every guard in its place anew; a rebuilt table has lost its own."""
    if connection.dialect.name == "sqlite":
        for name, statement in _sqlite():
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
            connection.execute(text(statement))
        return
    for statement in _postgresql():
        connection.execute(text(statement))


def check(connection: Connection) -> None:
    """Hold the guards that stand in the database against the ones that should. Raises Damaged."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        )
        wanted = dict(_sqlite())
    else:
        rows = connection.execute(text(_STANDING))
        wanted = dict(_wanted_postgresql())
    standing = {str(name): str(said) for name, said in rows}
    # one too many is as bad: it may swallow what should be written
    names = sorted(name for name in {*wanted, *standing} if standing.get(name) != wanted.get(name))
    missing = [name.split(" ")[0] for name in names]
    if missing:
        raise Damaged("store.guards-missing", guards=", ".join(missing[:5]), many=str(len(missing)))


def _sqlite() -> Iterator[tuple[str, str]]:
    """Give each guard of the embedded database with the statement that makes it."""
    for table in APPEND_ONLY:
        for act in ("UPDATE", "DELETE"):
            name = f"guard_{table.name}_{act.lower()}"
            yield (
                name,
                (
                    f"CREATE TRIGGER {name} BEFORE {act} ON {table.name}"
                    f" BEGIN SELECT RAISE(ABORT, '{table.name} is written once'); END"
                ),
            )
    for table in KEPT:
        name = f"guard_{table.name}_delete"
        yield (
            name,
            (
                f"CREATE TRIGGER {name} BEFORE DELETE ON {table.name}"
                f" BEGIN SELECT RAISE(ABORT, '{table.name} are kept'); END"
            ),
        )
    yield (
        "guard_audit_order",
        (
            "CREATE TRIGGER guard_audit_order BEFORE INSERT ON audit"
            " WHEN NEW.seq != (SELECT coalesce(max(seq), 0) + 1 FROM audit)"
            " BEGIN SELECT RAISE(ABORT, 'audit has no gap'); END"
        ),
    )
    yield (
        "guard_jobs_step",
        (
            "CREATE TRIGGER guard_jobs_step BEFORE UPDATE ON jobs"
            f" WHEN OLD.state != NEW.state AND OLD.state || '>' || NEW.state NOT IN ({_steps()})"
            " BEGIN SELECT RAISE(ABORT, 'a print job goes no such way'); END"
        ),
    )


def _steps() -> str:
    return ", ".join(f"'{before}>{after}'" for before, after in STEPS)


_REFUSE = "BEGIN RAISE EXCEPTION 'this is written once and kept'; END"
_ORDER = (
    "BEGIN IF NEW.seq != (SELECT coalesce(max(seq), 0) + 1 FROM audit) THEN"
    " RAISE EXCEPTION 'audit has no gap'; END IF; RETURN NEW; END"
)


def _step() -> str:
    return (
        f"BEGIN IF OLD.state != NEW.state AND OLD.state || '>' || NEW.state NOT IN ({_steps()})"
        " THEN RAISE EXCEPTION 'a print job goes no such way'; END IF; RETURN NEW; END"
    )


def _bodies() -> tuple[tuple[str, str], ...]:
    return (("guard_refuse", _REFUSE), ("guard_order", _ORDER), ("guard_step", _step()))


def _triggers() -> Iterator[tuple[str, str, str]]:
    """Give each guard of the server: its name, when it acts, its table, its function."""
    for table in (*APPEND_ONLY, *KEPT):
        acts = "UPDATE OR DELETE" if table in APPEND_ONLY else "DELETE"
        name = f"guard_{table.name}"
        yield f"{name}_change", f"BEFORE {acts} ON {table.name} FOR EACH ROW", "guard_refuse"
        yield (
            f"{name}_truncate",
            f"BEFORE TRUNCATE ON {table.name} FOR EACH STATEMENT",
            "guard_refuse",
        )
    yield "guard_audit_order", "BEFORE INSERT ON audit FOR EACH ROW", "guard_order"
    yield "guard_jobs_step", "BEFORE UPDATE ON jobs FOR EACH ROW", "guard_step"


def _postgresql() -> Iterator[str]:
    for name, body in _bodies():
        yield f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
    for name, when, function in _triggers():
        table = when.split(" ON ")[1].split()[0]
        yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
        yield f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {function}()"
    once = ", ".join(table.name for table in APPEND_ONLY)
    kept = ", ".join(table.name for table in KEPT)
    tables = ", ".join(table.name for table in BOOK.sorted_tables)
    yield f"REVOKE ALL ON {tables} FROM PUBLIC, {COUNTER}"
    yield f"GRANT SELECT ON {tables}, alembic_version TO {COUNTER}"
    yield f"GRANT INSERT ON {once} TO {COUNTER}"
    yield f"GRANT INSERT, UPDATE ON {kept}, numbers TO {COUNTER}"
    yield f"GRANT INSERT, DELETE ON finder TO {COUNTER}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {COUNTER}"


_ROW, _BEFORE, _INSERT, _DELETE, _UPDATE, _TRUNCATE = 1, 2, 4, 8, 16, 32


def _wanted_postgresql() -> Iterator[tuple[str, str]]:
    """Give what each guard must look like in the server's own books: its body, on, and when."""
    bodies = dict(_bodies())
    for name, when, function in _triggers():
        said = when.split(" ON ")[0]
        kind = _BEFORE | (_ROW if "FOR EACH ROW" in when else 0)
        for word, bit in (
            ("INSERT", _INSERT),
            ("DELETE", _DELETE),
            ("UPDATE", _UPDATE),
            ("TRUNCATE", _TRUNCATE),
        ):
            kind |= bit if word in said else 0
        yield f"{name} {when.split(' ON ')[1].split()[0]}", f"{bodies[function]}O{kind}"
