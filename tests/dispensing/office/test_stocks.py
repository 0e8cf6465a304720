"""The pharmacy's own stocks: chosen and printed like the shipped ones, kept by who may, never lost."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from labelapp.dispensing.office.access import NotAllowed
from labelapp.dispensing.office.stocks import NoSuchStock, OwnStocks, StockTaken
from labelapp.dispensing.ownstock import Asked, BadStock
from labelapp.dispensing.shown import ShownFit, Wanted
from labelapp.dispensing.stockroom import NoRecords
from labelapp.store import rows, versions
from labelapp.store.tables import AUDIT, SETTINGS
from labelapp.store.trouble import Conflict
from tests.dispensing.office.offices import Counter, counter, with_lot
from tests.given import draft

ROLL = Asked("Our roll", "4in", "2.5in", "2mm", (203, 300))


@pytest.fixture
def at(tmp_path: Path):
    made = counter(tmp_path)
    yield made
    made.office.close()


def own(at: Counter) -> list[str]:
    return [each.id for each in at.desk().stocks() if each.own]


def test_an_own_stock_is_chosen_and_printed_like_any_other(at: Counter) -> None:
    at.sign_in("AD")
    made = at.desk().room.add(ROLL)
    assert (made.id, made.name, made.own) == ("own-our-roll", "Our roll", True)
    assert made.fit("CA") == ShownFit("CA", 1, 1)
    given = with_lot(at)
    desk = at.desk()
    assert desk.stocks()[0] == made
    shown = desk.look(given, Wanted("own-our-roll"))
    assert shown.label is not None
    assert shown.label.stock.name == "Our roll"
    assert shown.may_print
    saved = at.folder / "label.pdf"
    desk.save(shown, str(saved))
    assert saved.read_bytes().startswith(b"%PDF-")
    assert (shown.label.pages[0].width, shown.label.dpi) == (812, 203)


def test_it_is_there_for_a_desk_that_was_open_before(at: Counter) -> None:
    before = at.desk()
    assert before.look(draft(), Wanted("own-our-roll")).label is None
    at.sign_in("PC")
    at.desk().room.add(ROLL)
    assert not [each for each in before.stocks() if each.own]
    assert [each.id for each in before.restocked() if each.own] == ["own-our-roll"]
    assert [each.id for each in before.stocks() if each.own] == ["own-our-roll"]
    assert before.look(draft(), Wanted("own-our-roll")).label is not None


@pytest.mark.parametrize("who", ["TT", "IN", "PH"])
def test_whoever_may_not_makes_none(at: Counter, who: str) -> None:
    at.sign_in(who)
    with pytest.raises(NotAllowed) as refused:
        at.desk().room.add(ROLL)
    assert refused.value.values["act"] == "stocks"
    assert own(at) == []


def test_a_name_stands_once_and_a_shipped_stock_is_never_taken_away(at: Counter) -> None:
    at.sign_in("PC")
    room = at.desk().room
    room.add(ROLL)
    with pytest.raises(StockTaken):
        room.add(Asked("our ROLL", "3in", "3in"))
    with pytest.raises(BadStock):
        room.add(Asked("", "3in", "3in"))
    with pytest.raises(NoSuchStock):
        room.remove("thermal-4x2")
    assert own(at) == ["own-our-roll"]


def test_one_taken_away_stays_on_record_and_may_come_again(at: Counter) -> None:
    at.sign_in("PC")
    room = at.desk().room
    room.add(ROLL)
    assert room.remove(" our roll ").id == "own-our-roll"
    assert own(at) == []
    with pytest.raises(NoSuchStock):
        room.remove("own-our-roll")
    room.add(Asked("Our roll", "4in", "3in"))
    assert [each.height_mm for each in at.desk().stocks() if each.own] == [Decimal("76.2")]
    with at.office.ledger.vault.look() as connection:
        kept = rows.setting(connection, "stock/own-our-roll")
        assert kept is not None
        past = versions.history(connection, SETTINGS.name, kept.id)
        says = [dict(each.says) for each in past]
        acts = connection.execute(select(AUDIT.c.act, AUDIT.c.subject)).all()
    assert sorted(each["height_mm"] for each in says) == ["63.50", "63.50", "76.20"]
    assert sorted(bool(each.get("gone")) for each in says) == [False, False, True]
    assert [act for act, _ in acts].count("change") >= 2


def test_an_id_is_meant_before_the_name_of_another(at: Counter) -> None:
    at.sign_in("AD")
    room = at.desk().room
    for name in ("own-our-roll", "Our roll"):
        room.add(replace(ROLL, name=name))
    assert room.remove("own-our-roll").name == "Our roll"
    assert room.remove("own-our-roll").name == "own-our-roll"


def test_a_label_of_a_stock_taken_away_asks_for_another(at: Counter) -> None:
    at.sign_in("PC")
    at.desk().room.add(ROLL)
    at.desk().room.remove("own-our-roll")
    shown = at.desk().look(draft(), Wanted("own-our-roll"))
    assert shown.label is None
    assert "stock.unknown" in {each.finding.code for each in shown.open_findings}


def test_what_was_counted_with_older_rows_is_not_told_until_it_is_counted_anew(at: Counter) -> None:
    at.sign_in("PC")
    room = at.desk().room
    made = room.add(ROLL)
    older = OwnStocks(at.office.ledger, "labelapp 0.0.1; rows 0")
    (known,) = older.listed()
    assert known.fits is None
    (kept,) = at.office.stocks.listed()
    assert kept.fits is not None
    older.count(kept, kept.fits)
    (shown,) = (each for each in at.desk().stocks() if each.own)
    assert (shown.fits, shown.fit("CA"), shown.bars) == ((), None, None)
    with pytest.raises(Conflict):
        at.office.stocks.count(kept, kept.fits)
    assert room.count() == 1
    assert room.count() == 0
    assert next(each for each in at.desk().stocks() if each.own) == made


def test_the_law_at_home_is_that_of_the_pharmacys_state(at: Counter) -> None:
    assert at.desk().home_law == "US"
    at.sign_in("PC")
    for state, law in ((" ny ", "NY"), ("ZZ", "US"), ("CA", "CA")):
        house = at.office.rules.now()
        at.office.rules.change(replace(house, pharmacy={"pharmacy.address.state": state}))
        assert at.desk().home_law == law


def test_without_records_there_are_only_the_shipped_ones() -> None:
    from labelapp.bootstrap.built import desk
    from labelapp.bootstrap.machine import Machine

    alone = desk(Machine())
    assert not [each for each in alone.stocks() if each.own]
    for call in (lambda: alone.room.add(ROLL), lambda: alone.room.remove("x"), alone.room.count):
        with pytest.raises(NoRecords):
            call()
