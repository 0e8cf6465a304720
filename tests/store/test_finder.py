"""A patient is found by any of their names' beginnings, by three letters within, date and phone."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.store import charts, finder
from labelapp.store.finder import PAGE, Found, folded
from tests.store.vaults import ME

NAMES = [
    ("Núñez", "María José"), ("Łukasiewicz", "Kazimierz"), ("Søren-Ørsted", "Åse"), ("Weiß", "Jörg"),
    ("Иванов", "Пётр"), ("Ковальчук", "Анна"), ("O'Brien", "Seán"), ("İnanç", "Ayşe"), ("Đặng", "Văn"),
    ("陳", "大文大文"), ("de la Cruz y Santos de Todos los", "Jane Alexandra"), ("X", "Y"),
    ("Ann", "Annann"), ("Hannah", "Ann"), ("nirmal", "Rām"),
]  # fmt: skip


def paged(look: Callable[..., tuple[Found, ...]], *wanted: str) -> list[int]:
    """Give everybody on every page, and hold each page but the last to be full."""
    found: list[int] = []
    after = None
    while True:
        page = look(*wanted, after) if after is not None else look(*wanted)
        found += [each.patient for each in page]
        if len(page) < PAGE:
            return found
        assert len(page) == PAGE
        after = page[-1].after


@pytest.fixture
def clinic(vault):
    """Some hundred patients by their ids; many of one name, more than a page holds."""
    chance, who = random.Random(6), {}
    syllables = ["an", "na", "ann", "jo", "son", "ma", "ri", "ков", "ни", "é"]
    names = NAMES + [
        ("".join(chance.choices(syllables, k=3)), "".join(chance.choices(syllables, k=2)))
        for _ in range(260)
    ]
    with vault.change(ME) as change:
        for number, (family, given_name) in enumerate(names):
            says = {
                "family": family, "given": given_name,
                "born": f"19{number % 2 + 80}-01-01", "phone": f"(555) 12{number % 3}-{number:04}",
            }  # fmt: skip
            who[charts.add_patient(change, says).id] = folded(f"{family} {given_name}")
    return vault, who


def test_everybody_is_found_once_by_three_letters(clinic):
    vault, who = clinic
    threes = {
        word[at : at + 3]
        for name in who.values()
        for word in name.split()
        for at in range(len(word) - 2)
    }
    assert len(threes) > 100
    with vault.look() as connection:
        for three in sorted(threes):
            wanted = {
                patient
                for patient, name in who.items()
                if any(three in word for word in name.split())
            }
            found = paged(lambda *args: finder.by_name(connection, *args), three)
            assert len(found) == len(set(found)), three
            assert wanted <= set(found), three


def test_everybody_is_found_by_any_beginning(clinic):
    vault, who = clinic
    with vault.look() as connection:
        for start in {
            word[:length] for name in who.values() for word in name.split() for length in (1, 2)
        }:
            found = paged(lambda *args: finder.by_name(connection, *args), start)
            wanted = {
                patient
                for patient, name in who.items()
                if any(word.startswith(start) for word in name.split())
            }
            assert sorted(found) == sorted(wanted), start


def test_beginnings_come_before_what_is_within(clinic):
    vault, who = clinic
    with vault.look() as connection:
        found = paged(lambda *args: finder.by_name(connection, *args), "ann")
    is_within = [not any(w.startswith("ann") for w in who[each].split()) for each in found]
    assert is_within == sorted(is_within)
    assert len(found) > PAGE
    assert set(is_within) == {False, True}


TYPED = (
    ("nunez", "Núñez"), ("NÚÑ", "Núñez"), ("nun\u0303ez", "Núñez"), ("jose", "Núñez"),
    ("maria jose", "Núñez"), ("nunez maria", "Núñez"), ("lukas", "Łukasiewicz"),
    ("ŁUKAS", "Łukasiewicz"), ("orsted", "Søren-Ørsted"), ("weiss", "Weiß"), ("WEISS", "Weiß"),
    ("ива", "Иванов"), ("вано".upper(), "Иванов"), ("петр", "Иванов"), ("O’BRIEN", "O'Brien"),
    ("brien", "O'Brien"), ("inanc", "İnanç"), ("dang", "Đặng"), ("陳", "陳"), ("大文", "陳"),
    ("jane", "de la Cruz y Santos de Todos los"), ("  ANN   annann ", "Ann"),
)  # fmt: skip


def test_accents_scripts_and_capitals_do_not_matter(clinic):
    vault, _ = clinic
    with vault.look() as connection:
        for typed, family in TYPED:
            found = paged(lambda *args: finder.by_name(connection, *args), typed)
            names = [charts.patient(connection, each).get("family") for each in found]
            assert family in names, typed


def test_signs_that_search_means_nothing_to_find_nobody(clinic):
    vault, _ = clinic
    with vault.look() as connection:
        for typed in ("", " ", "%", "_", "'", "%%%", "zzz", "\u0301", "\0", "' OR 1=1"):
            assert finder.by_name(connection, typed) == ()
            assert finder.by_phone(connection, typed + "-") == () or "1" in typed


def test_a_phone_is_found_with_and_without_its_area_code(clinic):
    vault, who = clinic
    ids = sorted(who)
    with vault.look() as connection:
        for number in range(0, len(ids), 17):
            whole = f"(555) 12{number % 3}-{number:04}"
            for typed in (whole, whole[6:], whole[-4:], finder.digits(whole)):
                found = [each.patient for each in finder.by_phone(connection, typed)]
                assert ids[number] in found
        found = paged(lambda *args: finder.by_phone(connection, *args), "555")
    assert sorted(found) == ids


def test_a_birth_date_is_found_page_by_page(clinic):
    vault, who = clinic
    found: list[int] = []
    after = 0
    with vault.look() as connection:
        while page := finder.by_birth(connection, "1981-01-01", after):
            found += page
            after = page[-1]
    assert sorted(found) == sorted(who)[1::2]
    assert [who[each] for each in found] == sorted(who[each] for each in found)
    assert len(found) == len(set(found)) > PAGE


def test_another_name_takes_the_place_of_the_first(clinic):
    vault, _ = clinic
    with vault.change(ME) as change:
        chart = charts.add_patient(change, {"family": "Quigley", "phone": "5559876543"})
        charts.alter_patient(change, chart, {"family": "Zimmer"})
    with vault.look() as connection:
        assert finder.by_name(connection, "quig") == ()
        assert finder.by_phone(connection, "9876543") == ()
        assert [each.patient for each in finder.by_name(connection, "imm")] == [chart.id]
        same = charts.same_patient(
            connection, {"family": "núñez", "given": "maria jose", "born": "1980-01-01"}
        )
        assert same
        assert same.get("family") == "Núñez"


@given(st.text(max_size=40))
def test_a_folded_name_stays_as_it_is(text):
    once = folded(text)
    assert folded(once) == once
    assert folded(text.upper().lower()) == folded(text.lower().upper().lower())
    assert all(len(token) <= finder.LONGEST and token for _, token in finder.tokens(text, "", ""))
