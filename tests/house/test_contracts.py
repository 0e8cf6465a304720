"""The house stands as it was drawn: floors, names, faces, and no clock but the one handed in."""

from __future__ import annotations

import ast
import re
import socket
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "labelapp").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
DRAWERS = {"base", "common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
READS_THE_CLOCK = {"__main__.py", "bootstrap", "cli", "gui"}
CLOCKS = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time"}
SENTENCE = re.compile(r"[^\n]+[.!?]$", re.MULTILINE)
PATCH = re.compile(r"\bmonkeypatch\.(set|del)(attr|item)\b|\bmock\.patch\b|\bmocker\.|\bMock\(")
TEST = re.compile(r"^\s*def test_", re.MULTILINE)
TREES = {module: ast.parse(module.read_text("utf-8")) for module in MODULES}


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


def test_a_module_says_in_its_first_sentence_what_it_is():
    told = {module: ast.get_docstring(tree) or "" for module, tree in TREES.items()}
    assert [module for module, words in told.items() if not SENTENCE.match(words)] == []


def test_time_is_an_argument():
    silent = [
        module
        for module in MODULES
        if not READS_THE_CLOCK & set(module.relative_to(ROOT / "labelapp").parts)
    ]
    assert [module for module in silent if calls(TREES[module]) & CLOCKS] == []


def test_no_markup_is_set_on_a_label():
    assert [module for module in MODULES if "platypus" in module.read_text("utf-8")] == []


def test_tests_use_real_things():
    """A patch in a test hides the code it stands in for: at most one for every twenty tests."""
    text = "\n".join(path.read_text("utf-8") for path in TESTS if path != Path(__file__))
    assert len(PATCH.findall(text)) <= max(2, len(TEST.findall(text)) // 20)


def test_no_test_leaves_this_machine():
    with pytest.raises(RuntimeError, match="may not leave"):
        socket.getaddrinfo("pharmacy.invalid", 631)
