"""A patient named ZZCANARY goes all the way, and is found nowhere but where records belong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.dispensing.office.offices import PASSPHRASE, PIN
from tests.house.somebody import FAMILY, MARKS, NOTE
from tests.store.postgres import Server, postgres

ROOT = Path(__file__).parents[2]
FOLDERS = {
    "HOME": "home",
    "XDG_CONFIG_HOME": "config",
    "XDG_STATE_HOME": "state",
    "XDG_DATA_HOME": "data",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "runtime",
    "TMPDIR": "temp",
}
WENT_WRONG = {
    "BadChart", "CannotWrite", "Conflict", "Damaged", "LabelChanged", "NoSuchOrder", "NotAllowed",
    "NotSignedIn", "OtherPatient", "PrintedBefore", "PrinterFailed", "StoreTrouble", "Taken",
    "UnreadableFile", "WrongKey",
}  # fmt: skip
SAVED = {"out", "in"}
"""Folders of what was saved on purpose and of what came in: the patient is there by intent."""


@dataclass
class Home:
    """A computer of the test's own: all its folders, and all that its programs said."""

    root: Path
    address: str
    variables: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for variable, name in FOLDERS.items():
            (self.root / name).mkdir(mode=0o700)
            self.variables[variable] = str(self.root / name)
        for name in ("out", "in", "desk"):
            (self.root / name).mkdir()
        self.variables |= {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)]),
            "PYTHONFAULTHANDLER": "1",
            "QT_QPA_PLATFORM": "offscreen",
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "LANG": "C.UTF-8",
        }

    def run(self, name: str, *words: str, stdin: str = "", answer: str = "") -> int:
        """Run a program and keep what it says, without the `answer` that was asked for.

        An answer on stdout may be anywhere in it; a finding on stderr is left out by itself.
        """
        done = subprocess.run(
            [sys.executable, "-m", *words],
            input=stdin,
            capture_output=True,
            text=True,
            env=self.variables,
            cwd=self.root / "desk",
            check=False,
        )
        assert answer in done.stdout + done.stderr
        stdout = "" if answer and answer in done.stdout else done.stdout
        self.said[name] = stdout + (done.stderr.replace(answer, "") if answer else done.stderr)
        return done.returncode

    def part(self, what: str, *more: str) -> int:
        """Run a part of the day."""
        words = ("tests.house.somebody", what, self.address, str(self.root), *more)
        return self.run(what, *words)

    def command(self, name: str, *words: str, answer: str = "") -> int:
        """Run a command of the command line with a technician signed in."""
        url = urlsplit(self.address)
        shown = self.address.replace(f":{url.password}@", "@") if url.password else self.address
        means = ("--store", shown, "--user", "TT", "--passphrase-stdin", "--pin-stdin")
        stdin = f"{PASSPHRASE}\n{PIN}\n"
        return self.run(name, "labelapp", *means, *words, stdin=stdin, answer=answer)

    def trust_server(self) -> None:
        """Let the password of the server be found where PostgreSQL looks for it."""
        url = urlsplit(self.address)
        passes = self.root / "home" / "passes"
        line = f"{url.hostname}:{url.port}:{url.path[1:]}:{url.username}:{url.password}"
        passes.write_text(line)
        passes.chmod(0o600)
        self.variables["PGPASSFILE"] = str(passes)


@pytest.fixture
def own_server(need: Callable[..., str]) -> Iterator[Server]:
    with postgres(need) as running:
        yield running


@pytest.fixture(params=["embedded", "server"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    if request.param == "embedded":
        return Home(tmp_path, str(tmp_path / "records"))
    made = Home(tmp_path, request.getfixturevalue("own_server").new_database("desk"))
    made.trust_server()
    return made


def found_in(data: bytes) -> list[str]:
    """Name the marks of the patient in some bytes, in any of the ways a program writes text."""
    plain = data.lower()
    forms = {each: (each.encode(), each.encode("utf-16-le")) for each in MARKS}
    return [mark for mark, ways in forms.items() if any(way in plain for way in ways)]


def the_day(home: Home) -> None:
    """Go all the way: office, command line, window, crash."""
    assert home.part("office") == 0, home.said["office"]
    order, out = str(home.root / "in" / "order.json"), home.root / "out"
    broken = home.root / "in" / "broken.json"
    broken.write_text(f'{{"format": "labelapp/1", "patient": {{"family": "{FAMILY}"')
    wrong = home.root / "in" / "wrong.json"
    wrong.write_text(f'{{"format": "labelapp/1", "patient": ["{FAMILY}"]}}')
    assert home.command("find", "find", FAMILY, "--json", answer=FAMILY) == 0
    assert home.command("find nobody", "find", f"{FAMILY}x") in {0, 1, 2, 3}
    again = ("--reason", "torn at the counter")
    words = ("render", order, "-o", str(out / "cli.pdf"), *again)
    done = home.command("render", *words, answer=NOTE)  # the note to the pharmacist is always told
    assert done == 0, home.said["render"]
    assert home.command("render twice", "render", order, "-o", str(out / "no.pdf")) != 0
    missing = home.root / "no such folder" / "cli.pdf"
    assert home.command("no folder", "render", order, "-o", str(missing), *again) != 0
    for name, file in (("broken", broken), ("wrong", wrong)):
        assert home.command(name, "render", str(file), "-o", str(out / "no.pdf")) != 0
        assert home.run(f"read {name}", "labelapp", "read", str(file)) != 0
    assert home.command("export", "audit", "export", str(out / "audit.csv")) != 0
    assert home.command("no order", "order", "9999999") != 0
    recovery = (home.root / "recovery").read_text()
    assert home.part("window", recovery) == 0, home.said["window"]
    assert home.part("crash") != 0


def test_the_patient_is_found_nowhere_but_in_the_records(
    home: Home, request: pytest.FixtureRequest
) -> None:
    the_day(home)
    went = {line.split()[1] for line in home.said["office"].splitlines() if line[:7] == "caught "}
    assert went >= WENT_WRONG, WENT_WRONG - went
    assert "typed into" in home.said["window"]
    assert "the window is closed" in home.said["window"]
    assert FAMILY in (home.root / "out" / "recall.csv").read_text("utf-8-sig")
    said = {name: found_in(text.encode("utf-8", "replace")) for name, text in home.said.items()}
    assert {name: home.said[name] for name, marks in said.items() if marks} == {}
    files = {
        path.relative_to(home.root): path.read_bytes()
        for path in home.root.rglob("*")
        if path.is_file() and path.relative_to(home.root).parts[0] not in SAVED
    }
    names = {str(path) for path in files}
    assert any(name.endswith("labelapp.log") for name in names)
    assert any(name.endswith("machine.toml") for name in names)
    assert "report.txt" in names
    assert any(name.startswith("backups") for name in names)
    assert {path: found_in(data) for path, data in files.items() if found_in(data)} == {}
    assert [name for name in names if found_in(name.encode())] == []
    if "own_server" in request.fixturenames:
        log = request.getfixturevalue("own_server").log.read_bytes()
        assert b"ERROR" in log  # it did say that something went wrong
        assert found_in(log) == []


def test_the_search_would_find_the_patient() -> None:
    """A search that finds nothing anywhere proves nothing."""
    assert found_in(b"... zzCanary, Ann ...") == ["zzcanary"]
    assert found_in("call (931) 777-4242".encode("utf-16-le")) == ["777-4242"]
    assert found_in(b"1 CAP PO QHS x7d then 2") == ["cap po qhs x7d then"]
    assert found_in(b"nothing") == []
