"""The reader of faxes and scans can do nothing but read: no file, no network, no secret, no trace."""

from __future__ import annotations

import ctypes
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from labelapp.draw.received import START, pages_of
from labelapp.draw.received_confine import JobLimits
from labelapp.rx.errors import UnreadableFile
from tests.draw import faxes

ROOT = Path(__file__).parents[2]
CONFINED = """
import ctypes, os, resource, socket, sys
from labelapp.draw.received_confine import confine
open_before = os.open(os.devnull, os.O_RDWR)
confine(1, 400_000_000)
tries = {
    "read": lambda: open(sys.executable),
    "write": lambda: open("found", "w"),
    "network": lambda: socket.socket(),
    "pipe": os.pipe,
    "still open": lambda: os.fstat(open_before),
    "memory": lambda: bytearray(500_000_000),
    "back": lambda: resource.setrlimit(resource.RLIMIT_CPU, (9, 9)),
    "processes": lambda: 1 / resource.getrlimit(resource.RLIMIT_NPROC)[1],
    "dump": lambda: 1 / ctypes.pythonapi.prctl(3, 0, 0, 0, 0),
}
for name, attempt in tries.items():
    try:
        attempt()
    except (OSError, ValueError, MemoryError, ZeroDivisionError):
        continue
    os.write(2, name.encode() + b" ")
"""
ON_PAPER = "\nos.write(1, b'a patient on disk')\n"
ONE_PAGE = r"RP\0\0\0\1\0\0\0\1."
FOR_EVER = "\nwhile True: pass\n"
PACKAGED = """
import sys
from pathlib import Path
from labelapp.draw.received import pages_of
from labelapp.rx.errors import UnreadableFile
sys.frozen, sys.executable = True, sys.argv[1]
try:
    print(len(pages_of(Path(sys.argv[2]).read_bytes()).pages))
except UnreadableFile as no:
    print(no.code)
"""
NOTHING_LEFT = """
import sys
from pathlib import Path
from labelapp.draw.received import pages_of
from labelapp.rx.errors import UnreadableFile
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        print(len(pages_of(path.read_bytes()).pages))
    except UnreadableFile as no:
        print(no.code)
"""
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows confines by a job instead")


def run(script: str, *words: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a script that knows this checkout."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    given = {"env": environment, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    command = [sys.executable, "-c", script, *words]
    return subprocess.run(command, text=True, check=False, **given)  # type: ignore[call-overload, no-any-return]


@pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel")
def test_a_confined_process_can_open_nothing_take_nothing_and_not_go_back(tmp_path):
    done = run(CONFINED, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_confined_process_cannot_write_even_to_a_file_it_was_given(tmp_path):
    with (tmp_path / "given").open("wb") as given:
        done = run(CONFINED + ON_PAPER, stdout=given)
    assert "File too large" in done.stderr
    assert (tmp_path / "given").read_bytes() == b""


@posix
def test_a_confined_process_ends_with_its_time():
    assert run(CONFINED + FOR_EVER).returncode == -signal.SIGXCPU


def test_windows_is_told_the_limits_in_the_shape_it_expects():
    if ctypes.sizeof(ctypes.c_void_p) != 8:
        pytest.skip("the sizes are those of 64 bits")
    assert ctypes.sizeof(JobLimits) == 144
    places = {"flags": 16, "processes": 40, "process_memory": 112}
    assert {name: getattr(JobLimits, name).offset for name in places} == places


def test_the_reader_loads_nothing_else_of_the_program():
    listing = "import sys; import labelapp.draw.received_child; print(*sys.modules)"
    loaded = run(listing).stdout.split()
    mine = {name for name in loaded if name.partition(".")[0] == "labelapp"}
    modules = {"labelapp.draw.received_child", "labelapp.draw.received_confine"}
    assert mine == {"labelapp", "labelapp.draw", *modules}
    assert not {"PySide6", "reportlab", "sqlalchemy", "zxingcpp", "numpy"} & set(loaded)


def test_reading_leaves_no_file_anywhere(tmp_path):
    files, home = tmp_path / "files", tmp_path / "home"
    files.mkdir()
    home.mkdir()
    given = (faxes.pdf(2), faxes.fax(3), faxes.fax(3)[:900], faxes.swelling())
    for number, data in enumerate(given):
        (files / str(number)).write_bytes(data)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    for name in ("HOME", "TMPDIR", "TMP", "TEMP"):
        environment[name] = str(home)
    top = sorted(Path(home.anchor).iterdir())
    done = run(NOTHING_LEFT, files, cwd=home, env=environment)
    assert done.stdout.split() == ["2", "3", "received.damaged", "received.too-large"]
    assert list(home.iterdir()) == []
    assert sorted(Path(home.anchor).iterdir()) == top


@posix
def test_a_package_brings_a_reader_of_its_own_that_learns_no_secret(tmp_path):
    program, order = tmp_path / "labelapp", tmp_path / "order.pdf"
    order.write_bytes(faxes.pdf(2))
    assert run(PACKAGED, program, order).stdout.split() == ["received.no-reader"]

    reader = tmp_path / "labelapp-received"
    me = shlex.join([sys.executable, "-I", "-B", "-c", START, str(ROOT)])
    reader.write_text(f'#!/bin/sh\nexport -p > {tmp_path}/told; pwd >> {tmp_path}/told; {me} "$@"')
    reader.chmod(0o700)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PGPASSWORD": "secret"}
    assert run(PACKAGED, program, order, env=environment).stdout.split() == ["2"]
    told = (tmp_path / "told").read_text().splitlines()
    assert told[-1] == "/"
    assert not [line for line in told if "PGPASSWORD" in line or "HOME" in line]


@posix
def test_a_reader_that_does_not_answer_as_one_is_told_apart(tmp_path):
    program, order = tmp_path / "labelapp", tmp_path / "order.pdf"
    order.write_bytes(faxes.pdf())
    reader = tmp_path / "labelapp-received"
    reader.touch(0o700)
    for does, ending in {
        "exit 1": "received.no-reader",
        "printf R": "received.damaged",
        "printf R; kill -s KILL $$": "received.too-large",
        "printf R; kill -s SEGV $$": "received.damaged",
        f"printf '{ONE_PAGE}E'": "1",
        f"printf '{ONE_PAGE}E'; exit 3": "received.damaged",
        f"printf '{ONE_PAGE}'": "received.damaged",
        "while :; do echo RRRRRRRR; done": "received.damaged",
    }.items():
        reader.write_text(f"#!/bin/sh\n{does}\n")
        assert run(PACKAGED, program, order).stdout.split() == [ending], does


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_nothing_stays_open_in_the_program():
    held = Path("/proc/self/fd")
    before = len(list(held.iterdir()))
    for data in (faxes.pdf(), faxes.pdf()[:200], faxes.swelling()):
        try:
            pages_of(data)
        except UnreadableFile:
            continue
    assert len(list(held.iterdir())) == before
