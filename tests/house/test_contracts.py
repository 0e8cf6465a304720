"""The house stands as it was drawn: floors, names, faces, and no clock but the one handed in."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "labelapp").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
DRAWERS = {"base", "common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
READS_THE_CLOCK = {"__main__.py", "bootstrap.py", "cli.py"}
CLOCKS = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time"}
PATCH = re.compile(r"\bmonkeypatch\.(set|del)(attr|item)\b|\bmock\.patch\b|\bmocker\.|\bMock\(")
TEST = re.compile(r"^\s*def test_", re.MULTILINE)

each_module = pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)


def calls(tree: ast.AST) -> set[str]:
    """Name every call by its last two words: ``datetime.date.today()`` is ``date.today``."""
    named = (ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {".".join(name.split(".")[-2:]) for name in named}


def test_a_room_knows_only_the_rooms_below_it(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    outcome = lint_imports(no_cache=True)
    assert outcome == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_there_is_no_drawer_for_odds_and_ends():
    names = {path: {path.stem, *path.relative_to(ROOT).parts} for path in [*MODULES, *TESTS]}
    assert [path for path, parts in names.items() if parts & DRAWERS] == []


@each_module
def test_a_module_says_in_its_first_sentence_what_it_is(module):
    told = ast.get_docstring(ast.parse(module.read_text("utf-8")))
    assert told, "it has no docstring"
    assert told.splitlines()[0].rstrip().endswith((".", "!", "?")), "its first line is no sentence"


@each_module
def test_time_is_an_argument(module):
    room = module.relative_to(ROOT / "labelapp").parts[0]
    if room in READS_THE_CLOCK or room == "gui":
        return
    assert not calls(ast.parse(module.read_text("utf-8"))) & CLOCKS


@each_module
def test_no_markup_is_set_on_a_label(module):
    assert "platypus" not in module.read_text("utf-8")


def test_tests_use_real_things():
    """A patch in a test hides the code it stands in for: at most one for every twenty tests."""
    text = "\n".join(path.read_text("utf-8") for path in TESTS if path != Path(__file__))
    assert len(PATCH.findall(text)) <= max(2, len(TEST.findall(text)) // 20)
