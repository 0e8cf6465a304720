"""Every finding and refusal of intake has its sentence, in both languages of the screen."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest

from labelapp.rx.errors import UnreadableFile

ROOT = Path(__file__).parents[2]
CODE = re.compile(r'"((?:file|text|own|fhir)\.[a-z0-9-]+)"')
GIVEN = {
    code
    for module in (ROOT / "labelapp" / "intake").glob("*.py")
    for code in CODE.findall(module.read_text("utf-8"))
} | {UnreadableFile.code}


def rows(language: str) -> dict[str, dict[str, str]]:
    return tomllib.loads(
        (ROOT / "resources" / "screen" / language / "intake.toml").read_text("utf-8")
    )


def slots(row: dict[str, str]) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(row["says"] + row["way"])} - {None}


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_code_has_a_sentence_and_no_sentence_is_left_over(language):
    assert set(rows(language)) == GIVEN


def test_both_languages_say_the_same_values():
    english, spanish = rows("en"), rows("es")
    assert {code: slots(row) for code, row in english.items()} == {
        code: slots(row) for code, row in spanish.items()
    }
