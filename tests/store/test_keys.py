"""Keys: by passphrase or recovery key and by nothing else, and no file of keys does any harm."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.store import keys
from labelapp.store.trouble import Damaged, WrongKey
from tests.store.vaults import COST, PASSPHRASE

DATA, RECOVERY = keys.new_keys(), keys.new_recovery_key()
WRITTEN = keys.wrap(DATA, PASSPHRASE, RECOVERY, COST).written()


def with_(**change: object) -> str:
    return json.dumps({**json.loads(WRITTEN), **change})


def test_what_was_written_is_read():
    wrapped = keys.read_wrapped(WRITTEN)
    assert wrapped.written() == WRITTEN
    assert keys.by_passphrase(wrapped, PASSPHRASE) == DATA
    assert keys.by_recovery(wrapped, RECOVERY.lower().replace("-", " – ")) == DATA


@pytest.mark.parametrize("typed", ["e\u0301te\u0301 et hiver", "\u00e9t\u00e9 et hiver \n"])
def test_a_passphrase_is_the_same_from_every_keyboard(typed):
    assert unicodedata.normalize("NFC", typed).strip() == "\u00e9t\u00e9 et hiver"
    wrapped = keys.wrap(DATA, "\u00e9t\u00e9 et hiver", RECOVERY, COST)
    assert keys.by_passphrase(wrapped, typed) == DATA


@pytest.mark.parametrize("typed", ["", "\ud800", PASSPHRASE.upper(), PASSPHRASE + "x", "\0" * 20])
def test_another_passphrase_opens_nothing(typed):
    with pytest.raises(WrongKey):
        keys.by_passphrase(keys.read_wrapped(WRITTEN), typed)


@given(st.integers(0, len(RECOVERY) - 1), st.sampled_from("ABCDEFGHJKMNPQRSTVWXYZ23456789"))
def test_a_mistyped_letter_of_a_recovery_key_is_told(at, letter):
    typed = RECOVERY[:at] + letter + RECOVERY[at + 1 :]
    if RECOVERY[at] in {"-", letter}:
        return
    with pytest.raises(WrongKey, match="mistyped"):
        keys.by_recovery(keys.read_wrapped(WRITTEN), typed)


def test_the_recovery_key_of_other_records_opens_nothing():
    with pytest.raises(WrongKey, match="wrong-key"):
        keys.by_recovery(keys.read_wrapped(WRITTEN), keys.new_recovery_key())


COSTS = [
    {"memory_kib": 2**31, "rounds": 1, "lanes": 1}, {"memory_kib": 1024, "rounds": 10**9, "lanes": 1},
    {"memory_kib": 8, "rounds": 1, "lanes": 16}, {"memory_kib": 1024, "rounds": 0, "lanes": 1},
    {"memory_kib": -1, "rounds": 1, "lanes": 1}, {"memory_kib": "x", "rounds": 1, "lanes": 1},
    {"memory_kib": float("inf"), "rounds": 1, "lanes": 1}, {"memory_kib": 1024}, [], None, 5,
    {"memory_kib": "9" * 5000, "rounds": 1, "lanes": 1},
]  # fmt: skip


@pytest.mark.parametrize("cost", COSTS)
def test_a_hostile_cost_is_refused(cost):
    with pytest.raises(Damaged):
        keys.read_wrapped(with_(argon2id=cost))


@pytest.mark.parametrize(
    "text",
    [
        "", "{}", "[]", "null", "1", WRITTEN[:-9], "[" * 9000, '{"a":' * 1500, "\ud800",
        with_(format="labelapp-keys/2"), with_(salt=""), with_(salt="zz"), with_(salt=None),
        with_(salt="00" * 17), with_(by_passphrase=""), with_(by_recovery="00" * 61),
        with_(by_passphrase=[1]), with_(filler="x" * 20_000),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused(text):
    with pytest.raises(Damaged):
        keys.read_wrapped(text)


@pytest.mark.parametrize("name", ["salt", "by_passphrase", "by_recovery"])
def test_a_changed_file_opens_nothing(name):
    said = json.loads(WRITTEN)[name]
    wrapped = keys.read_wrapped(with_(**{name: said[:-1] + ("0" if said[-1] != "0" else "1")}))
    opened = []
    for unwrap, typed in ((keys.by_passphrase, PASSPHRASE), (keys.by_recovery, RECOVERY)):
        try:
            opened.append(unwrap(wrapped, typed))
        except WrongKey:
            continue
    assert opened == [] if name == "salt" else opened == [DATA]


def test_each_purpose_has_a_key_of_its_own():
    assert len({DATA.data, DATA.audit, bytes.fromhex(DATA.badge("")), DATA.seal().encode()}) == 4
    assert DATA.seal("a", "bc") != DATA.seal("ab", "c")
    assert DATA.badge("\ud800") != DATA.badge("?")
