"""A table is closed until somebody stood for exactly its content, and closes when that changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from labelapp.resources import rows, typed
from labelapp.rx.errors import UnreadableFile
from labelapp.sig.language.approvals import Approvals, read_approvals
from labelapp.sig.language.tongues import digest, read_tongue

TODAY = date(2026, 11, 22)


def entry(language: str = "es", **other: Any) -> dict[str, Any]:
    given = {
        "table": language,
        "sha256": typed.tongues()[language].sha256,
        "translated_by": "Ana Prueba",
        "verified_by": "Luis Ejemplo",
        "competence": "pharmacist, native speaker, court-certified translator",
        "approved_by": "Pat Sample, PharmD",
        "approved_on": date(2026, 11, 20),
    }
    return {**given, **other}


def approvals(*entries: object) -> Approvals:
    return read_approvals({"approval": list(entries)}, "approvals.toml", TODAY)


def test_no_shipped_table_is_open_by_itself():
    assert not any(Approvals().open(each) for each in typed.tongues().values())


def test_an_approval_opens_its_own_table_alone():
    given = approvals(entry("es"))
    assert [name for name, each in typed.tongues().items() if given.open(each)] == ["es"]
    assert given.of(typed.tongues()["es"]) == given.entries[0]
    assert given.entries[0].approved_on == date(2026, 11, 20)


def test_a_table_that_changed_is_closed_again():
    given, table = approvals(entry("es")), rows("directions/es.toml")
    assert given.open(read_tongue(table, "es.toml"))
    changed = {**table, "sentence": {**table["sentence"], "Then stop": "Luego pare"}}
    assert not given.open(read_tongue(changed, "es.toml"))
    noun = {**table["dose"]["capsule"], "other": "{n} cápsula"}
    changed = {**table, "dose": {**table["dose"], "capsule": noun}}
    assert not given.open(read_tongue(changed, "es.toml"))
    assert not given.open(read_tongue({**table, "status": "OFFICIAL"}, "es.toml"))


def test_the_digest_is_of_the_content_and_not_of_its_order():
    table = rows("directions/es.toml")
    turned = dict(reversed(table.items()))
    turned["sentence"] = dict(reversed(table["sentence"].items()))
    assert digest(turned) == digest(table)


def test_the_digest_of_one_language_does_not_open_another():
    crossed = entry("zh-Hans", sha256=typed.tongues()["zh-Hant"].sha256)
    given = approvals(crossed)
    assert not any(given.open(each) for each in typed.tongues().values())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("sha256", "0" * 63),
        ("sha256", "A" * 64),
        ("sha256", 7),
        ("translated_by", " "),
        ("verified_by", ""),
        ("verified_by", "ANA PRUEBA"),
        ("competence", ""),
        ("approved_by", ""),
        ("approved_by", "Pat\u202eSample"),
        ("approved_by", "x" * 201),
        ("approved_on", "today"),
        ("approved_on", date(2026, 11, 23)),
        ("table", ["es"]),
        ("note", "anything"),
    ],
)
def test_an_approval_by_nobody_for_nothing_or_tomorrow_is_none(key, value):
    with pytest.raises(UnreadableFile) as refused:
        approvals(entry(), entry(**{key: value}))
    assert refused.value.code == "approvals.bad-entry"
    assert dict(refused.value.values) == {"name": "approvals.toml", "entry": "2", "key": key}


@pytest.mark.parametrize(
    "table",
    [{"approval": "es"}, {"approval": ["es"]}, {"approvals": []}, {"approval": [{}] * 501}],
)
def test_what_is_no_list_of_approvals_is_refused(table):
    with pytest.raises(UnreadableFile):
        read_approvals(table, "approvals.toml", TODAY)


@pytest.mark.parametrize("lacking", sorted(entry()))
def test_an_approval_lacks_nothing(lacking):
    given = entry()
    del given[lacking]
    with pytest.raises(UnreadableFile):
        approvals(given)
