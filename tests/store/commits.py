"""Commits rows into an encrypted database one by one, and says each one that is in."""

from __future__ import annotations

import sys

from sqlcipher3 import dbapi2 as sqlite

ROWS = 3
KEY = "2b" * 32


def open_database(path: str) -> sqlite.Connection:
    """Open an encrypted database whose every transaction is begun and ended by hand."""
    line = sqlite.connect(path, isolation_level=None)
    line.execute(f"PRAGMA key = \"x'{KEY}'\"")
    line.execute("PRAGMA cipher_log_level = NONE")
    return line


def commit_rows(path: str) -> None:
    """Commit each row and say so; before the last bring the journal's content into the database."""
    line = open_database(path)
    # an answer that is not fetched hides the error it ends with
    assert line.execute("PRAGMA journal_mode = WAL").fetchall() == [("wal",)]
    line.execute("PRAGMA synchronous = FULL")
    line.execute("CREATE TABLE IF NOT EXISTS label (number INTEGER PRIMARY KEY, text TEXT)")
    for number in range(1, ROWS + 1):
        line.execute("BEGIN IMMEDIATE")
        line.execute("INSERT INTO label VALUES (?, ?)", (number, "one capsule at bedtime " * 100))
        line.execute("COMMIT")
        print(number, flush=True)
        if number == ROWS - 1:
            line.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    line.close()


if __name__ == "__main__":
    commit_rows(sys.argv[1])
