"""A table of another language is whole and keeps to its English, or it is damage."""

# ruff: noqa: RUF001 - the letters of other scripts are meant

from __future__ import annotations

import copy
from typing import Any

import pytest

from labelapp.resources import folder, rows, typed
from labelapp.rx.amount import NBSP
from labelapp.rx.directions import Said
from labelapp.rx.errors import BadResource
from labelapp.sig.language.tongues import read_tongue
from labelapp.sig.language.translate import in_tongue


def table(language: str = "ru") -> dict[str, Any]:
    return copy.deepcopy(rows(f"directions/{language}.toml"))


BEDTIME = "Take {dose} at bedtime"
DAMAGE: list[tuple[str, str, object]] = [
    ("sentence", BEDTIME, "Принимайте 1 капсулу перед сном"),
    ("sentence", BEDTIME, "Принимайте {dose} {dose} перед сном"),
    ("sentence", BEDTIME, "Принимайте {dose_2} перед сном"),
    ("sentence", BEDTIME, "Принимайте {dose:with} перед сном"),
    ("sentence", BEDTIME, "Принимайте {dose} в 9 перед сном"),
    ("sentence", BEDTIME, "Принимайте {dose} половину перед сном"),
    ("sentence", BEDTIME, "Принимайте {dose} перед <b>сном</b>"),
    ("sentence", BEDTIME, "Принимайте {dose} перед \u202eсном"),
    ("sentence", BEDTIME, "Принимайте {dose} перед\nсном"),
    ("sentence", BEDTIME, "Принимайте {dose} перед сном}"),
    ("sentence", BEDTIME, "Принимайте {dose} " + "перед сном " * 40),
    ("sentence", BEDTIME, ""),
    ("sentence", BEDTIME, {"text": "Принимайте {dose}", "way": "?"}),
    ("sentence", BEDTIME, ["Принимайте {dose}"]),
    ("sentence", "Take {dose_2} at bedtime", "Принимайте {dose_2}"),
    ("sentence", "Take {what} at bedtime", "Принимайте {what}"),
    ("sentence", "Take 1 capsule at bedtime", "Принимайте 2 капсулы перед сном"),
    ("sentence", "Take 1 capsule every {hours}", "Принимайте 1 капсулу {hours:every}"),
    ("sentence", "Take {dose} every {minutes}", "Принимайте {dose} {minutes:every}"),
    ("lead", "Day {day}", "{day:of}-й день"),
    ("dose", "capsule", {"one": "{n} капсулу", "few": "{n} капсулы", "other": "{n} капсулы"}),
    ("dose", "capsule", {**dict.fromkeys(("one", "few", "many", "other"), "капсула")}),
    ("dose", "spoon", dict.fromkeys(("one", "few", "many", "other"), "{n}")),
    ("part", "half", "половину"),
    ("part", "third", ["треть"]),
    ("weekdays", "Monday", "понедельникам 1"),
    ("clock", "at", {str(hour): "в 9 часов" for hour in range(24)}),
    ("clock", "by", {}),
    ("date", "pattern", "{day} {month} 2027 г."),
    ("date", "months", ["января"] * 12),
    ("date", "months", [*map(str, range(12, 0, -1))]),
]


@pytest.mark.parametrize(("part", "key", "value"), DAMAGE)
def test_a_row_that_cannot_be_used_is_damage(part, key, value):
    damaged = table()
    damaged[part][key] = value
    with pytest.raises(BadResource):
        read_tongue(damaged, "ru.toml")


@pytest.mark.parametrize("part", ["half", "range", "and-half"])
def test_a_form_for_parts_holds_the_word_for_that_part(part):
    damaged = table()
    tablet = damaged["dose"]["tablet"]
    tablet[part] = "таблетку" if part == "half" else dict.fromkeys(tablet["range"], "{n} таблеток")
    with pytest.raises(BadResource):
        read_tongue(damaged, "ru.toml")


@pytest.mark.parametrize("key", ["language", "name", "status", "source", "colon", "sentence"])
def test_a_table_says_what_it_is(key):
    damaged = table()
    del damaged[key]
    with pytest.raises(BadResource):
        read_tongue(damaged, "ru.toml")
    with pytest.raises(BadResource):
        read_tongue({**table(), "language": "la"}, "ru.toml")
    with pytest.raises(BadResource):
        read_tongue({**table(), "wording": {}}, "ru.toml")


@pytest.mark.parametrize("language", sorted(typed.tongues()))
def test_no_two_english_lines_share_a_sentence(language):
    """Were two lines said alike, what tells them apart would be lost on the patient."""
    tongue = typed.tongues()[language]
    texts = [row.text for row in (*tongue.sentences.values(), *tongue.leads.values())]
    assert sorted({each for each in texts if texts.count(each) > 1}) == []


def test_words_that_meet_and_make_another_number_are_not_said():
    """Three and quarters: each harmless in its own place, three-quarters side by side."""
    joined = table()
    joined["sentence"][BEDTIME] = "Принимайте три {dose:of} перед сном"
    read = read_tongue(joined, "ru.toml")
    assert in_tongue(Said(f"Take 2{NBSP}tablets at bedtime"), read) is not None
    assert in_tongue(Said(f"Take one-quarter{NBSP}tablet at bedtime"), read) is None


def test_a_sentence_for_its_own_numbers_comes_before_the_one_for_all():
    official = {**table("es"), "sentence": {"Take 1 capsule at bedtime": "Tome 1 pastilla"}}
    read = read_tongue(official, "es.toml")
    found = in_tongue(Said(f"Take 1{NBSP}capsule at bedtime"), read)
    assert found is not None
    assert found.text == "Tome 1 pastilla"
    assert in_tongue(Said(f"Take 2{NBSP}capsules at bedtime"), read) is None


def test_the_files_are_the_tables():
    files = sorted(each.stem for each in (folder() / "directions").glob("*.toml"))
    assert files == sorted(typed.tongues())
