"""The command line over records of a test's own: typed in this process, or run as a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from labelapp import cli
from labelapp.bootstrap import built, commands
from labelapp.bootstrap.machine import Machine
from labelapp.dispensing.office.door import Door, training
from labelapp.intake import own
from labelapp.rx.draft import Draft
from tests.dispensing.office.offices import PASSPHRASE, PIN, Clock, counter, fittings
from tests.given import PHARMACY, draft

SECRET = "a passphrase of the process"
CODE = Path(cli.__file__).parents[2]


@dataclass
class Till:
    """A folder with or without records in it, and the command line over them."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    recovery: str = ""

    @property
    def store(self) -> Path:
        return self.folder / "records"

    def typed(self, *words: str | Path, lines: tuple[str, ...] = ()) -> tuple[int, str, str]:
        """Run a command with lines on stdin; gives exit code, stdout and stderr."""
        ended = CliRunner().invoke(
            cli.command,
            [str(word) for word in words],
            obj=self.means(),
            input="".join(f"{line}\n" for line in lines),
        )
        if ended.exception is not None and not isinstance(ended.exception, SystemExit):
            raise ended.exception
        return ended.exit_code, ended.stdout, ended.stderr

    def by(self, who: str, *words: str | Path, lines: tuple[str, ...] = ()) -> tuple[int, str, str]:
        """Run a command as a person, the secrets on stdin."""
        said = ("--store", self.store, "--user", who, "--passphrase-stdin", "--pin-stdin")
        return self.typed(*words, *said, lines=(PASSPHRASE, PIN, *lines))

    def told(self, who: str, *words: str | Path) -> Any:
        """Run a command as a person and read its JSON document."""
        code, out, err = self.by(who, *words, "--json")
        assert code == 0, err
        return json.loads(out)

    def means(self) -> cli.Means:
        given = fittings(self.folder, self.clock)
        return replace(
            commands.means(Machine(pharmacy=PHARMACY)),
            desk=self._desk,
            door=lambda store: Door(store or str(self.store), given),
            training=lambda: training(given, PHARMACY),
        )

    def _desk(
        self, today: date | None, approvals: Any = None, table: Any = None, office: Any = None
    ) -> Any:
        day = today or self.clock.now.date()
        return built.desk(Machine(pharmacy=PHARMACY), day, approvals, table, office)

    def prescription(self, name: str = "rx", given: Draft | None = None, **changes: Any) -> Path:
        """Write a prescription of the own format into a file."""
        path = self.folder / f"{name}.json"
        path.write_bytes(own.write(given or draft(**changes)))
        return path


def till(folder: Path, *, works_alone: bool = False) -> Till:
    """Set records up with somebody of every role, the list of California signed, and close them."""
    made = counter(folder, works_alone=works_alone)
    made.office.close()
    return Till(folder, made.clock, made.recovery)


def with_released_lot(at: Till) -> Path:
    """Record and release the lot of the usual prescription; give its file."""
    file = at.prescription()
    assert at.by("PH", "lots", "add", file)[0] == 0
    assert at.by("PH", "lots", "release", "26-118")[0] == 0
    return file


def environment(home: Path) -> dict[str, str]:
    """Give an environment in which nothing of this person's own folders is touched."""
    return {
        **os.environ,
        "PYTHONPATH": str(CODE),
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_STATE_HOME": str(home / ".state"),
        "XDG_DATA_HOME": str(home / ".data"),
        "QT_QPA_PLATFORM": "offscreen",
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
    }


def process(
    home: Path, *words: str | Path, lines: tuple[str, ...] = (), **more: str
) -> subprocess.CompletedProcess[str]:
    """Run labelapp on its own, with lines on its stdin."""
    return subprocess.run(
        [sys.executable, "-m", "labelapp", *(str(word) for word in words)],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        env={**environment(home), **more},
        cwd=home,
        check=False,
    )


def set_up(home: Path, store: str | Path, **more: str) -> str:
    """Set records up as a process, typing back what stands in the recovery file; give that key."""
    page = home / "recovery.txt"
    words = [
        sys.executable, "-m", "labelapp", "setup", "--store", str(store),
        "--name", "Pat Charge", "--initials", "PC", "--works-alone", "--passphrase-stdin",
        "--pin-stdin", "--recovery-file", str(page), "--typed-back-stdin",
    ]  # fmt: skip
    run = subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**environment(home), **more},
    )
    assert run.stdin is not None
    run.stdin.write(f"{SECRET}\n{PIN}\n")
    run.stdin.flush()
    while not (page.exists() and page.read_text("utf-8").count("\n") > 2) and run.poll() is None:
        time.sleep(0.05)
    recovery = page.read_text("utf-8").splitlines()[0]
    out, err = run.communicate(f"{recovery}\n")
    assert run.returncode == 0, err
    for secret in (SECRET, recovery):
        assert secret not in out + err
    return recovery
