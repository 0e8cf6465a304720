"""Every row says where it is from; a new compound, state or warning is one more file."""

from __future__ import annotations

import ast
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from labelapp import resources
from labelapp.resources import typed
from labelapp.rules.assess import assess
from labelapp.rx.compound import Compound, Form, Ingredient, Part
from labelapp.rx.errors import BadResource
from tests.rules.cases import FILL, TODAY, directed, mg, step

ROOT = Path(__file__).parents[2]
FILES = sorted(
    [ROOT / "resources" / f"{name}.toml" for name in ("bud", "settings", "syringes")]
    + [each for name in ("law", "auxiliary", "compounds") for each in (ROOT / "resources" / name).glob("*.toml")]
)  # fmt: skip
BARE = {"first", "refill"}
"""Tables that are a part of their row."""


def rows_of(table: dict[str, Any], name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table of a file, with its name: each row, and the file itself where it has a source."""
    for key, value in table.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict) and key not in BARE:
                yield f"{name}.{key}", each
                yield from rows_of(each, f"{name}.{key}")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_row_has_a_source_and_room_for_an_approval(file):
    table = tomllib.loads(file.read_text("utf-8"))
    found = list(rows_of(table))
    if "id" in table:
        found.append((file.stem, table))
    assert found
    for name, row in found:
        assert row["source"].strip(), name
        assert isinstance(row["verified"], bool), name
        assert row["approved_by"] == row["approved_on"] == "", f"{name}: shipped as approved"


def test_what_is_from_memory_is_not_called_verified():
    """A house proposal cannot have been read anywhere."""
    for file in FILES:
        for name, row in rows_of(tomllib.loads(file.read_text("utf-8"))):
            if row["source"].startswith("House proposal"):
                assert not row["verified"], f"{file.name}{name}"


def test_no_code_of_the_rules_knows_a_drug_by_name():
    for file in (ROOT / "labelapp/rules").glob("*.py"):
        assert "naltrexone" not in file.read_text("utf-8").lower(), file.name
        assert "ldn" not in file.read_text("utf-8").lower().split(), file.name


@pytest.fixture
def own(tmp_path):
    """A folder of rows of one's own, beginning with the shipped ones."""
    for name in ("law", "auxiliary", "compounds"):
        shutil.copytree(ROOT / "resources" / name, tmp_path / name)
    for name in ("bud.toml", "settings.toml", "syringes.toml"):
        shutil.copy(ROOT / "resources" / name, tmp_path)
    return tmp_path


STANDING = 'source = "ours"\nverified = false\napproved_by = ""\napproved_on = ""\n'
KETOTIFEN = f"""
id = "ketotifen"
name = "ketotifen"
synonyms = ["ketotifen fumarate"]
warnings = ["sleepy"]
{STANDING}
[[daily]]
forms = ["capsule"]
over_mg = 4
raises = "ASK clinical"
{STANDING}
[[formulary]]
forms = ["capsule"]
basis = "per unit"
mg = [0.5, 1]
{STANDING}
"""
SLEEPY = f"""
[[warnings]]
id = "SLEEP"
text = "May make you sleepy."
default = "on"
order = 11
{STANDING}
"""


def test_a_new_compound_is_only_new_files(own):
    (own / "compounds/ketotifen.toml").write_text(KETOTIFEN)
    (own / "auxiliary/sleepy.toml").write_text(SLEEPY)
    tables = typed.tables(own)
    compound = Compound(Form.CAPSULE, (Ingredient("Ketotifen fumarate", Part.ACTIVE, mg("1")),))

    def found(capsules: str) -> tuple[set[str], set[str]]:
        fill = directed(step(dose=capsules), compound=compound, days_supply=None)
        seen = assess(fill, tables, TODAY)
        warnings = {each.id for each in seen.auxiliary}
        return {each.code for each in seen.findings if each.code.startswith("dose.")}, warnings

    assert found("4") == (set(), {"SLEEP", "LITE", "CHLD", "CMP"})
    assert found("5")[0] == {"dose.daily-ask"}
    assert len(assess(FILL, tables, TODAY).findings) == 0


def test_a_new_state_is_only_a_new_file(own):
    (own / "law/ut.toml").write_text(
        'jurisdiction = "UT"\nname = "Utah"\n'
        f'[[elements]]\nkey = "refills"\nrequired = true\nzone = "facts"\n{STANDING}'
    )
    law = typed.tables(own).laws["UT"]
    refills, patient = law.element("refills"), law.element("patient")
    assert refills is not None
    assert patient is not None
    assert refills.required


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("bud.toml", "days = 14", "days = 0", "days"),
        ("bud.toml", 'source = "USP', 'sauce = "USP', "sauce"),
        ("bud.toml", 'preparation = "preserved aqueous"', 'preparation = "wet"', "preparation"),
        ("syringes.toml", "marks = 0.01", "marks = 0", "marks"),
        ("syringes.toml", "marks = 0.01", "marks = 2", "marks"),
        ("settings.toml", "value = 3 ", 'value = "3" ', "value"),
        ("settings.toml", "value = true", "value = 1", "value"),
        ("compounds/naltrexone.toml", "over_mg = 5", "above_mg = 5", "above_mg"),
        ("compounds/naltrexone.toml", "over_mg = 5", 'over_mg = "5"', "over_mg"),
        ("compounds/naltrexone.toml", '"NOTE anyone"', '"HINT anyone"', "raises"),
        ("compounds/naltrexone.toml", 'why = "decimal"', 'why = "typo"', "why"),
        ("compounds/naltrexone.toml", 'yes = "STOP pharmacist"', 'yes = "STOP"', "yes"),
        ("compounds/naltrexone.toml", 'source = "House', 'source = "" # House', "source"),
    ],
)  # fmt: skip
def test_a_damaged_row_is_refused_naming_file_and_key(own, file, old, new, key):
    text = (own / file).read_text("utf-8")
    assert old in text
    (own / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BadResource) as refused:
        typed.tables(own)
    assert refused.value.values["name"] == file
    assert refused.value.values["key"] == key


@pytest.mark.parametrize(
    ("copied", "to"),
    [
        ("law/ca.toml", "law/cal.toml"),
        ("compounds/naltrexone.toml", "compounds/other.toml"),
        ("auxiliary/ldn.toml", "auxiliary/other.toml"),
    ],
)
def test_the_same_row_twice_is_refused(own, copied, to):
    shutil.copy(own / copied, own / to)
    with pytest.raises(BadResource):
        typed.tables(own)


@pytest.mark.parametrize("gone", ["law/us.toml", "auxiliary/ldn.toml", "bud.toml"])
def test_a_missing_file_is_refused(own, gone):
    (own / gone).unlink()
    with pytest.raises(BadResource):
        typed.tables(own)


def spoken() -> Iterator[Any]:
    """Every code the rules can give with the names of its values, as the source says it."""
    for file in sorted((ROOT / "labelapp/rules").glob("*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            codes = [
                arg.value
                for arg in call.args
                if isinstance(arg, ast.Constant)
                and isinstance(arg.value, str)
                and arg.value.count(".") == 1
                and " " not in arg.value
                and not arg.value.endswith(".toml")
                and arg.value.split(".")[0] not in {"lots", "quantity", "fill", "compound"}
            ]
            names = {each.arg for each in call.keywords}
            for code in codes[:1]:
                yield pytest.param(code, names, id=code)


@pytest.mark.parametrize(("code", "names"), [*spoken()])
def test_every_finding_has_a_sentence_of_the_values_it_carries(code, names):
    says, way = resources.sentences("en")[code]
    wanted = {name for text in (says, way) for _, name, _, _ in Formatter().parse(text) if name}
    if None in names or code.startswith("bud."):
        return  # given on by a dict: the sentences below are said with real values
    assert wanted <= names | {"field"}, code


def test_every_code_a_row_can_make_has_a_sentence():
    made = [f"dose.daily-{each}" for each in ("note", "ask", "stop")]
    made += [f"dose.strength-{each}" for each in ("decimal", "commercial")]
    made += ["safety.yes", "safety.unknown", "safety.unanswered"]
    made += ["safety.yes-among", "safety.unknown-among"]
    assert [each for each in made if each not in resources.sentences("en")] == []


def test_spanish_says_what_english_says_with_the_same_values():
    english, spanish = (resources.rows(f"screen/{each}/rules.toml") for each in ("en", "es"))
    assert set(spanish) == set(english)
    for code, row in english.items():
        assert set(spanish[code]) == set(row), code
        for part, text in row.items():
            named, meant = (
                {name for _, name, _, _ in Formatter().parse(each) if name}
                for each in (spanish[code][part], text)
            )
            assert named == meant, code
