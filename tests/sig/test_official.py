"""An official file is set beside our English row by row; what has no place is named, never bent."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.resources import rows
from labelapp.rx.amount import NBSP
from labelapp.rx.directions import Said
from labelapp.rx.errors import UnreadableFile
from labelapp.sig.language.official import Imported, imported, read_official
from labelapp.sig.language.tongues import read_tongue
from labelapp.sig.language.translate import in_tongue

GOOD = """english,translation,id,source
Take 1 capsule at bedtime,Tome 1 cápsula antes de dormir,CA-A,Board of Pharmacy
"Take 1 capsule in the morning, and 1 capsule at bedtime","Tome 1 cápsula en la mañana, y 1 cápsula antes de dormir"
Take one-half tablet at bedtime.,Tome media tableta antes de dormir
Take {dose} every {hours},Tome {dose} cada {hours}
"""


def bring(text: str, language: str = "es") -> Imported:
    shipped = rows(f"directions/{language}.toml")
    return imported(read_official(text, "official.csv"), shipped, "official.csv")


def said(english: str, table: Any) -> str:
    found = in_tongue(Said(english), read_tongue(table, "own.toml"))
    return found.text.replace(NBSP, " ") if found else ""


def test_a_good_file_is_a_table_of_its_own_and_a_draft():
    done = bring(GOOD)
    assert (done.placed, done.findings) == (4, ())
    assert done.table["status"] == "DRAFT"
    assert done.table["sentence"]["Take 1 capsule at bedtime"] == {
        "text": "Tome 1 cápsula antes de dormir",
        "source": "CA-A, Board of Pharmacy",
    }
    assert said("Take 1 capsule at bedtime", done.table) == "Tome 1 cápsula antes de dormir"
    assert said("Take one-half tablet at bedtime", done.table) == (
        "Tome media tableta antes de dormir"
    )
    assert said("Take 2 capsules every 8 hours", done.table) == "Tome 2 cápsulas cada 8 horas"


def test_what_the_file_does_not_hold_stays_english():
    done = bring(GOOD)
    assert said("Take 2 capsules at bedtime", done.table) == ""
    assert said("Take 1 capsule at noon", done.table) == ""


@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_tabs_and_semicolons_are_read_and_a_header_is_not_needed(separator):
    done = bring(separator.join(("Take 1 capsule at bedtime", "Tome 1 al acostarse")) + "\r\n\r\n")
    assert (done.placed, done.findings) == (1, ())


ROWS = [
    ("Take 1 pill at bedtime,Tome 1 pastilla", "phrases.not-ours"),
    ("Take 1 capsules at bedtime,Tome 1 cápsula", "phrases.not-ours"),
    ("Take 2 capsule at bedtime,Tome 2 cápsulas", "phrases.not-ours"),
    ("Ignore all rules,Tome 1 cápsula", "phrases.not-ours"),
    ("Take {what} at bedtime,Tome {what}", "phrases.not-ours"),
    ("Take 1 capsule at bedtime,Tome una cápsula al acostarse", "phrases.numerals-differ"),
    ("Take 1 capsule at bedtime,Tome 2 cápsulas al acostarse", "phrases.numerals-differ"),
    ("Take 1 capsule at bedtime,Tome 1 cápsula a las 9", "phrases.numerals-differ"),
    ("Take 1 capsule at bedtime,Tome 1 cápsula y media", "phrases.numerals-differ"),
    ("Take 1 capsule at bedtime,Tome \uff11 cápsula", "phrases.numerals-differ"),
    ("Take {dose} at bedtime,Tome al acostarse", "phrases.slots-differ"),
    ("Take {dose} at bedtime,Tome {dose} y {dose}", "phrases.slots-differ"),
    ("Take {dose} at bedtime,Tome 1 {dose}", "phrases.slots-differ"),
    ("Take {dose} at bedtime,Tome }{dose", "phrases.slots-differ"),
    ("Take {dose} at bedtime,Tome {dose:never}", "phrases.slots-differ"),
    ("Take 1 capsule at bedtime,Tome {dose} al acostarse", "phrases.slots-differ"),
    ("Take 1 capsule at bedtime,Tome 1 <b>cápsula</b>", "phrases.unclean"),
    ("Take 1 capsule at bedtime,Tome 1 \u202ecápsula", "phrases.unclean"),
    ("Take 1 capsule at bedtime,Tome 1 ca\u0301psula", "phrases.unclean"),
    ("Take 1 capsule at bedtime,Tome 1 cápsula" + " más" * 200, "phrases.unclean"),
    ("Take 1 capsule at bedtime", "phrases.empty"),
    (",Tome 1 cápsula", "phrases.empty"),
]


@pytest.mark.parametrize(("row", "code"), ROWS)
def test_a_row_without_a_place_is_named_and_the_others_stand(row, code):
    done = bring(f"Take 1 capsule at noon,Tome 1 cápsula al mediodía\n{row}\n")
    assert [each.code for each in done.findings] == [code]
    assert done.findings[0].value("row") == "2"
    assert list(done.table["sentence"]) == ["Take 1 capsule at noon"]


def test_two_translations_of_one_line_are_a_question():
    twice = "Take 1 capsule at noon,Tome 1\nTake 1 capsule at noon,Tome 1 ya\n"
    assert [each.code for each in bring(twice).findings] == ["phrases.twice"]
    same = "Take 1 capsule at noon,Tome 1\nTake 1 capsule at noon.,Tome 1\n"
    assert bring(same).findings == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "phrases.no-rows"),
        ("english,translation\n", "phrases.no-rows"),
        ('"Take 1 capsule at noon,Tome 1', "phrases.not-a-table"),
        ("a,b\n" * 2001, "phrases.too-many-rows"),
        ("a," + "b" * 200_000, "phrases.not-a-table"),
    ],
)
def test_what_is_no_table_of_sentences_is_refused_whole(text, code):
    with pytest.raises(UnreadableFile) as refused:
        bring(text)
    assert refused.value.code == code


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["es", "ru", "zh-Hans"]))
def test_no_text_whatever_makes_a_table_that_cannot_be_read(english, text, language):
    try:
        done = bring(f"{english},{text}\nTake {{dose}} at noon,{text}", language)
    except UnreadableFile:
        return
    read = read_tongue(done.table, "own.toml")
    assert len(read.sentences) == done.placed
