"""Programs whose disk fails: runs one with `failing.c` preloaded, which makes a writing call fail."""

from __future__ import annotations

import errno
import os
import struct
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SOURCE = Path(__file__).with_name("failing.c")
TALLY = struct.Struct("3l")
"""As in failing.c: whether it was loaded, the calls counted, the calls that failed."""
PATIENCE = 60.0


@dataclass(frozen=True)
class Result:
    """What came of a run: `calls` writing calls were counted, `failed` of them were made to fail."""

    returncode: int
    stdout: str
    stderr: str
    calls: int
    failed: int


def build(folder: Path, find: Callable[..., str]) -> Path:
    """Compile the shim into a folder; `find` is the fixture `need`."""
    shim = folder / "failing.so"
    command = [find("cc", "gcc libc6-dev"), "-O2", "-Wall", "-Wextra", "-shared", "-fPIC"]
    done = subprocess.run([*command, "-o", shim, SOURCE], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return shim


def run_failing(
    shim: Path,
    args: Sequence[str | Path],
    *,
    prefix: Path,
    at: int = 0,
    number: int = errno.ENOSPC,
    mode: Literal["once", "from", "torn"] = "once",
    environment: dict[str, str] | None = None,
) -> Result:
    """Run a program while its `at`-th writing call on what begins with `prefix` fails; 0: none does.

    `number` is the error it meets. `mode` says whether that call alone fails, all `from` it on, or
    that call alone but `torn`: half of its bytes are written. `prefix` is a folder or the begin of
    a file's path (a database's names its journals too). Children of the program count with it.
    """
    with tempfile.NamedTemporaryFile(prefix="labelapp-failing-") as tally:
        tally.write(TALLY.pack(0, 0, 0))
        tally.flush()
        said = {
            "LD_PRELOAD": str(shim),
            "FAILING_PREFIX": str(prefix.resolve()),
            "FAILING_AT": str(at),
            "FAILING_ERRNO": str(number),
            "FAILING_MODE": mode,
            "FAILING_COUNT": tally.name,
        }
        done = subprocess.run(
            [str(each) for each in args],
            env={**os.environ, **(environment or {}), **said},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        tally.seek(0)
        loaded, calls, failed = TALLY.unpack(tally.read(TALLY.size))
    assert loaded, f"the shim was not loaded\n{done.stderr}"
    return Result(done.returncode, done.stdout, done.stderr, calls, failed)
