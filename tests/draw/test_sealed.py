"""Nothing lying about on a machine steers what is drawn: no variable, no settings file."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from labelapp.draw.sealed import PINNED, is_sealed
from tests.draw.test_page import DRAW_ONE, digest_elsewhere

ROOT = Path(__file__).parents[2]
TRAP = """
from pathlib import Path
Path({tripped!r}).write_text("ran")
invariant = 0
pageCompression = 0
"""


def test_variables_and_settings_files_have_no_say(tmp_path):
    tripped = tmp_path / "tripped"
    trap = TRAP.format(tripped=str(tripped))
    for name in (
        "reportlab_settings.py",
        "reportlab_mods.py",
        ".reportlab_settings",
        ".reportlab_mods",
    ):
        (tmp_path / name).write_text(trap)
    hostile = {
        "PATH": os.defpath,
        "HOME": str(tmp_path),
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)]),
        "RL_invariant": "0",
        "RL_useA85": "1",
        "RL_pageCompression": "0",
        "RL_toColorCanUse": "rl_safe_eval",
        "RL_ttfAsciiReadable": "0",
        "RL_pdfComments": "1",
    }
    found = subprocess.run(
        [sys.executable, "-c", DRAW_ONE],
        cwd=tmp_path,
        env=hostile,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not tripped.exists()
    assert found.stdout.strip() == digest_elsewhere()


def test_the_trap_would_have_sprung_without_the_seal(tmp_path):
    tripped = tmp_path / "tripped"
    (tmp_path / "reportlab_settings.py").write_text(TRAP.format(tripped=str(tripped)))
    subprocess.run([sys.executable, "-c", "import reportlab.rl_config"], cwd=tmp_path, check=True)
    assert tripped.exists()


def test_the_settings_that_matter_are_pinned():
    assert is_sealed()
    assert (PINNED["invariant"], PINNED["toColorCanUse"], PINNED["trustedSchemes"]) == (1, None, [])


@pytest.mark.parametrize(
    "path", sorted((ROOT / "labelapp").rglob("*.py")), ids=lambda path: path.stem
)
def test_reportlab_is_imported_in_one_place(path):
    if path.name == "sealed.py":
        return
    imported = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert "reportlab" not in imported
