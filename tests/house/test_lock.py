"""The lock and the licences: every runtime part is pinned by hash and named with its licence."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def pinned() -> dict[str, str]:
    """The version of each locked package."""
    rows = re.findall(r"^([A-Za-z0-9._-]+)==([^ \\;]+)", LOCK, re.MULTILINE)
    return {canonicalize_name(name): version for name, version in rows}


def wanted() -> list[Requirement]:
    """What pyproject.toml asks for, runtime and development alike."""
    groups = PROJECT["dependency-groups"].values()
    named = [*PROJECT["project"]["dependencies"], *(row for rows in groups for row in rows)]
    return [Requirement(row) for row in named]


@pytest.mark.parametrize("part", wanted(), ids=lambda part: part.name)
def test_every_part_is_locked_at_a_version_it_allows(part):
    assert part.specifier.contains(pinned()[canonicalize_name(part.name)])


def test_the_lock_carries_hashes_and_no_address():
    assert "://" not in LOCK
    rows = re.split(r"\n(?=\S)", LOCK)
    assert [row for row in rows if "==" in row and "--hash=sha256:" not in row] == []


def test_the_lock_holds_for_windows_too():
    assert re.search(r"^colorama==\S+ ; sys_platform == 'win32'", LOCK, re.MULTILINE)


def test_the_licences_are_those_of_the_lock():
    """`make licences` has been run since the lock last changed."""
    made = runpy.run_path(str(ROOT / "resources/licences.py"))["table"]()
    assert (ROOT / "resources/licences.txt").read_text("utf-8") == made


def test_no_licence_is_unknown_and_every_runtime_part_has_one():
    rows = [
        line.split("\t")
        for line in (ROOT / "resources/licences.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    named = {canonicalize_name(name): (version, licence) for name, version, licence, *_ in rows}
    for part in PROJECT["project"]["dependencies"]:
        name = canonicalize_name(Requirement(part).name)
        assert named[name][0] == pinned()[name]
        assert named[name][1]
