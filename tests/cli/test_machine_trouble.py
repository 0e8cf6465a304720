"""What the machine can do to a command: a full disk, odd names, an installation that is damaged."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import labelapp
from labelapp.resources import folder
from tests.cli.typed import example

PACKAGE = Path(labelapp.__file__).parent
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="only there is it so")


def process(
    *words: bytes | str | Path, home: Path, code: Path = PACKAGE.parent, to: str = ""
) -> subprocess.CompletedProcess[bytes]:
    """Run labelapp on its own, from the code in a folder; `to` is where its stdout goes."""
    command = [sys.executable, "-m", "labelapp", *words]
    env = {
        **os.environ,
        "PYTHONPATH": str(code),
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_STATE_HOME": str(home / ".state"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    if not to:
        return subprocess.run(command, capture_output=True, env=env, cwd=home, check=False)
    with Path(to).open("wb") as out:
        return subprocess.run(
            command, stdout=out, stderr=subprocess.PIPE, env=env, cwd=home, check=False
        )


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """An installation of one's own, to damage."""
    shutil.copytree(
        PACKAGE, tmp_path / "own/labelapp", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(folder(), tmp_path / "own/resources")
    return tmp_path / "own"


@needs_linux
@pytest.mark.parametrize("words", [["schema"], ["--help"], ["read", example("01"), "--json"]])
def test_a_full_disk_is_told(tmp_path: Path, words: list[str | Path]) -> None:
    ended = process(*words, home=tmp_path, to="/dev/full")
    assert ended.returncode == 4
    assert b"no room" in ended.stderr
    assert b"Traceback" not in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


@needs_linux
def test_a_name_that_is_no_utf8_is_told_and_json_stays_json(tmp_path: Path) -> None:
    name = b"rx-\xff.json"
    path = os.fsencode(tmp_path) + b"/" + name
    Path(os.fsdecode(path)).write_bytes(example("01").read_bytes())
    for command in (["read"], ["check"]):
        ended = process(*command, path, "--json", home=tmp_path)
        assert ended.returncode in {0, 3}
        assert os.fsencode(json.loads(ended.stdout.decode("utf-8"))["file"]) == name
    ended = process("read", path, home=tmp_path)
    assert ended.returncode == 0
    ended = process("read", b"/" + name, "--json", home=tmp_path)
    assert ended.returncode == 2
    assert b"Traceback" not in ended.stderr


@pytest.mark.parametrize("words", [["schema"], ["stocks", "--json"], ["read", example("01")], []])
def test_without_its_rows_a_command_says_so(installed: Path, words: list[str | Path]) -> None:
    shutil.rmtree(installed / "resources")
    ended = process(*words, home=installed, code=installed)
    assert ended.returncode == 4
    assert b"Install it again" in ended.stderr
    assert b"Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("screen/en/gui.toml", "not toml ["),
        ("screen/en/cli.toml", "says = 1"),
        ("screen/en/cli.toml", '["cli.bud"]\nway = "x"'),
        ("screen/en/cli.toml", '["cli.bud"]\nsays = "{reason"'),
        ("screen/en/cli.toml", '["cli.bud"]\nsays = 3'),
        ("settings.toml", "x = 1e99999999999999999999"),
    ],
)
def test_a_damaged_row_file_is_named(installed: Path, file: str, text: str) -> None:
    (installed / "resources" / file).write_text(text)
    ended = process("check", example("01"), "--json", home=installed, code=installed)
    assert ended.returncode == 4
    assert file.encode() in ended.stderr
    assert b"Traceback" not in ended.stderr
    assert json.loads(ended.stdout)["findings"][0]["code"].startswith("resource.")


def test_a_self_test_without_its_prescription_is_the_machines_trouble(installed: Path) -> None:
    (installed / "resources/examples" / example("01").name).write_text("")
    ended = process("--self-test", home=installed, code=installed)
    assert ended.returncode == 4
    assert example("01").name.encode() in ended.stderr


def test_a_damaged_machine_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / ".config/labelapp/machine.toml"
    path.parent.mkdir(parents=True)
    path.write_text("[pharmacy]\nfax = '1'")
    ended = process("schema", home=tmp_path)
    assert ended.returncode == 4
    assert b"pharmacy.fax" in ended.stderr
