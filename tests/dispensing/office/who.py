"""Who may make which call of the office and the desk, written by hand from how the pharmacy works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from labelapp.dispensing.lot_label import LotWish
from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.entry import Entry
from labelapp.dispensing.office.rules import HouseRules
from labelapp.rx.draft import Draft
from labelapp.rx.people import Role
from tests.dispensing.office.busy import (
    APPROVAL,
    NOTHING_FITS,
    OWN_CODE,
    OWN_STOCK,
    Known,
    made,
    save_all,
    send,
    send_lot,
)
from tests.dispensing.office.offices import LOT, PIN, STAFF, Counter

Call = Callable[[Counter, Known], object]
CARE = frozenset({"TT", "IN", "PH", "PC"})
"""Whoever cares for patients; an administrator has no clinical rights."""
PHARMACISTS = frozenset({"PH", "PC"})
IN_CHARGE = frozenset({"PC"})
KEEPERS = frozenset({"PC", "AD"})
AUDITORS = frozenset({"PH", "PC", "AD"})
ALL = frozenset(STAFF)

ASKED: dict[str, tuple[frozenset[str], Act | None, Call]] = {
    "signing.doer": (ALL, None, lambda at, _: at.office.signing.doer()),
    "signing.change_pin": (ALL, None, lambda at, _: at.office.signing.change_pin(PIN, "9135")),
    "signing.vouch": (ALL, None, lambda at, _: at.office.signing.vouch("PH", PIN)),
    "staff.listed": (KEEPERS, Act.PEOPLE, lambda at, _: at.office.staff.listed()),
    "staff.add": (
        KEEPERS,
        Act.PEOPLE,
        lambda at, _: at.office.staff.add("New One", "NO", Role.PHARMACIST, PIN),
    ),
    "staff.alter": (
        KEEPERS,
        Act.PEOPLE,
        lambda at, k: at.office.staff.alter(k.person, "New Name", Role.PHARMACIST, active=True),
    ),
    "staff.set_pin": (
        KEEPERS,
        Act.PEOPLE,
        lambda at, k: at.office.staff.set_pin(k.person.id, "9135"),
    ),
    "staff.set_badge": (
        KEEPERS,
        Act.PEOPLE,
        lambda at, k: at.office.staff.set_badge(k.person.id, "B1"),
    ),
    "charts.open": (CARE, Act.VIEW, lambda at, k: at.office.charts.open(k.patient.id)),
    "charts.add": (CARE, Act.ENTER, lambda at, _: at.office.charts.add({"family": "Roe"})),
    "charts.alter": (
        CARE,
        Act.ENTER,
        lambda at, k: at.office.charts.alter(k.patient, {**k.patient.says, "phone": "5550100"}),
    ),
    "orders.open": (CARE, Act.VIEW, lambda at, k: at.office.orders.open(k.order.number)),
    "orders.draft": (CARE, Act.VIEW, lambda at, k: at.office.orders.draft(k.order.number)),
    "orders.refill": (CARE, Act.VIEW, lambda at, k: at.office.orders.refill(k.order.number)),
    "orders.received": (CARE, Act.VIEW, lambda at, k: at.office.orders.received(k.order.number)),
    "orders.draft_of_fill": (CARE, Act.VIEW, lambda at, k: at.office.orders.draft_of_fill(k.fill)),
    "orders.of_patient": (CARE, Act.VIEW, lambda at, k: at.office.orders.of_patient(k.patient.id)),
    "orders.number_of_label": (
        CARE,
        Act.VIEW,
        lambda at, k: at.office.orders.number_of_label(k.label),
    ),
    "orders.answers": (CARE, Act.VIEW, lambda at, k: at.office.orders.answers(k.fill)),
    "orders.checks": (CARE, Act.VIEW, lambda at, k: at.office.orders.checks(k.order)),
    "orders.scanned": (CARE, Act.VIEW, lambda at, k: at.office.orders.scanned(k.fill, k.label)),
    "orders.keep": (CARE, Act.ENTER, lambda at, k: at.office.orders.keep(made(k.fresh)[0])),
    "orders.give_number": (CARE, Act.ENTER, lambda at, _: at.office.orders.give_number()),
    "orders.on_record": (
        CARE,
        Act.ENTER,
        lambda at, k: at.office.orders.on_record(Entry(made(k.drawn)[0].fill, k.drawn)),
    ),
    "orders.discontinue": (
        PHARMACISTS,
        Act.STAND,
        lambda at, k: at.office.orders.discontinue(k.order, "a reaction"),
    ),
    "orders.transfer": (
        PHARMACISTS,
        Act.STAND,
        lambda at, k: at.office.orders.transfer(k.order, "to another"),
    ),
    "orders.resume": (
        PHARMACISTS,
        Act.STAND,
        lambda at, k: at.office.orders.resume(k.order, "a mistake"),
    ),
    "orders.review": (PHARMACISTS, Act.REVIEW, lambda at, k: at.office.orders.review(k.order, {})),
    "orders.verify": (
        PHARMACISTS,
        Act.VERIFY,
        lambda at, k: at.office.orders.verify(k.fill, k.label, ("26-118",)),
    ),
    "orders.void": (PHARMACISTS, Act.VOID, lambda at, k: at.office.orders.void(k.fill, "spilt")),
    "prints.reserve": (
        CARE,
        Act.PRINT,
        lambda at, k: at.office.prints.reserve(*made(k.fresh), "zebra"),
    ),
    "prints.in_doubt": (CARE, Act.PRINT, lambda at, _: at.office.prints.in_doubt()),
    "prints.it_printed": (CARE, Act.PRINT, lambda at, k: at.office.prints.it_printed(k.doubt.id)),
    "prints.it_did_not": (CARE, Act.PRINT, lambda at, k: at.office.prints.it_did_not(k.doubt.id)),
    "prints.void": (
        PHARMACISTS,
        Act.VOID,
        lambda at, k: at.office.prints.void(k.doubt.id, "head broke"),
    ),
    "prints.picture": (
        CARE,
        Act.VIEW,
        lambda at, k: at.office.prints.picture(k.order.fills[0].labels[0].id),
    ),
    "lots.listed": (CARE, Act.VIEW, lambda at, _: at.office.lots.listed()),
    "lots.open": (CARE, Act.VIEW, lambda at, _: at.office.lots.open("26-118")),
    "lots.formulas": (CARE, Act.VIEW, lambda at, _: at.office.lots.formulas()),
    "lots.on_record": (CARE, Act.ENTER, lambda at, k: at.office.lots.on_record(k.drawn)),
    "lots.record": (
        CARE,
        Act.RECORD_LOT,
        lambda at, _: at.office.lots.record({**LOT, "number": "26-300"}),
    ),
    "lots.record_from": (
        CARE,
        Act.RECORD_LOT,
        lambda at, k: at.office.lots.record_from(_with_lot(k, "26-301")),
    ),
    "lots.alter": (
        CARE,
        Act.RECORD_LOT,
        lambda at, k: at.office.lots.alter(k.waiting, {**k.waiting.says, "name": "LDN"}),
    ),
    "lots.count": (CARE, Act.RECORD_LOT, lambda at, k: at.office.lots.count(k.released, "100")),
    "lots.record_formula": (
        CARE,
        Act.RECORD_LOT,
        lambda at, _: at.office.lots.record_formula("LDN 3 mg", {}),
    ),
    "lots.release": (
        PHARMACISTS,
        Act.RELEASE_LOT,
        lambda at, k: at.office.lots.release(k.waiting),
    ),
    "lots.recall": (CARE, Act.RECALL, lambda at, _: at.office.lots.recall("26-118")),
    "lots.recall_csv": (CARE, Act.RECALL, lambda at, _: at.office.lots.recall_csv("26-118")),
    "lot_labels.stocks": (CARE, Act.VIEW, lambda at, _: at.office.lot_labels.stocks()),
    "lot_labels.printers": (CARE, Act.VIEW, lambda at, _: at.office.lot_labels.printers()),
    "lot_labels.look": (
        CARE,
        Act.RECORD_LOT,
        lambda at, k: at.office.lot_labels.look(k.released, LotWish()),
    ),
    "lot_labels.save": (
        CARE,
        Act.RECORD_LOT,
        lambda at, k: at.office.lot_labels.save(k.released, LotWish(), str(at.folder / "lot.pdf")),
    ),
    "lot_labels.send": (
        CARE,
        Act.RECORD_LOT,
        lambda at, k: send_lot(at.office, k.released),
    ),
    "search.find": (CARE, Act.VIEW, lambda at, _: at.office.search.find("doe")),
    "rules.change": (
        KEEPERS,
        Act.SETTINGS,
        lambda at, _: at.office.rules.change(HouseRules(lock_minutes=3)),
    ),
    "approving.listed": (CARE, Act.VIEW, lambda at, _: at.office.approving.listed("CA")),
    "approving.sign": (
        IN_CHARGE,
        Act.APPROVE,
        lambda at, k: at.office.approving.sign("CA", k.rows),
    ),
    "approving.withdraw": (
        IN_CHARGE,
        Act.APPROVE,
        lambda at, k: at.office.approving.withdraw(k.rows[0], "not ours"),
    ),
    "approving.approve_phrases": (
        IN_CHARGE,
        Act.APPROVE,
        lambda at, k: at.office.approving.approve_phrases({**APPROVAL, "sha256": k.table.sha256}),
    ),
    "approving.withdraw_phrases": (
        IN_CHARGE,
        Act.APPROVE,
        lambda at, k: at.office.approving.withdraw_phrases(k.table, "not ours"),
    ),
    "stocks.add": (
        KEEPERS,
        Act.STOCKS,
        lambda at, _: at.office.stocks.add(
            replace(OWN_STOCK, id="own-other", name="Other"), NOTHING_FITS
        ),
    ),
    "stocks.count": (
        KEEPERS,
        Act.STOCKS,
        lambda at, _: at.office.stocks.count(at.office.stocks.listed()[0], NOTHING_FITS),
    ),
    "stocks.remove": (
        KEEPERS,
        Act.STOCKS,
        lambda at, _: at.office.stocks.remove(OWN_STOCK.id),
    ),
    "codes.keep": (CARE, Act.ENTER, lambda at, _: at.office.codes.keep(())),
    "codes.approve": (IN_CHARGE, Act.APPROVE, lambda at, _: at.office.codes.approve(OWN_CODE.code)),
    "keeping.back_up": (ALL, Act.BACKUP, lambda at, _: at.office.keeping.back_up()),
    "keeping.listed": (ALL, Act.BACKUP, lambda at, _: at.office.keeping.listed()),
    "keeping.drill": (
        ALL,
        Act.BACKUP,
        lambda at, k: at.office.keeping.drill(at.folder / "backups" / k.backup.file.name),
    ),
    "keeping.day_end": (ALL, Act.BACKUP, lambda at, _: at.office.keeping.day_end()),
    "keeping.verify_audit": (AUDITORS, Act.AUDIT, lambda at, _: at.office.keeping.verify_audit()),
    "keeping.audit_page": (AUDITORS, Act.AUDIT, lambda at, _: at.office.keeping.audit_page()),
    "keeping.export_audit": (
        KEEPERS,
        Act.EXPORT,
        lambda at, _: at.office.keeping.export_audit(at.folder / "audit.csv"),
    ),
    "desk.save": (
        CARE,
        Act.PRINT,
        lambda at, k: at.desk().save(k.looked_at, str(at.folder / "l.pdf")),
    ),
    "desk.send": (CARE, Act.PRINT, lambda at, k: send(at.desk(), k.looked_at)),
    "desk.keep": (CARE, Act.ENTER, lambda at, k: at.desk().keep(k.looked_at)),
    "desk.save_all": (
        CARE,
        Act.PRINT,
        lambda at, k: save_all(at.desk(), k.together, at.folder / "all.pdf"),
    ),
}
"""Every call that is asked for: who may make it, as what it is denied, and the call itself."""

FREE = {
    "signing.person": "the window shows who is signed in",
    "signing.is_away": "a counter knows that it is locked",
    "signing.is_locked": "a counter knows that it is locked",
    "signing.whoever": "the end of a print is written in the name of who began it",
    "signing.touch": "whoever is there is there",
    "signing.lock": "anybody may lock a counter",
    "signing.pin_length": "the window knows when a PIN is whole before anybody is signed in",
    "signing.sign_in": "it is how one comes to be signed in",
    "signing.badge": "it is how one comes to be signed in",
    "signing.is_badge": "a badge is scanned before anybody is signed in; it gives initials alone",
    "signing.unlock": "it is how one comes to be signed in again; it asks for the PIN",
    "signing.sign_out": "anybody may leave",
    "signing.allow": "it is the gate",
    "signing.trust": "training alone calls it, which is tested below",
    "staff.names": "names to choose from at the sign-in; nothing of a patient",
    "prints.settle": "what came of a print is written even when the counter locked meanwhile",
    "rules.now": "the settings are nobody's secret",
    "approving.states": "rows, not records",
    "approving.is_signed": "whether labels are samples is shown to everybody",
    "approving.tables": "rows, not records",
    "approving.phrases": "which tables are open is read before anybody is signed in",
    "stocks.listed": "the sizes of labels are nobody's secret",
    "codes.listed": "codes are read with the directions, before anybody is signed in",
    "codes.waiting": "codes are read with the directions, before anybody is signed in",
    "keeping.folder": "where backups go is nobody's secret",
    "keeping.state": "that the last backup is old is shown to everybody",
    "keeping.hourly": "the program makes it by itself, in its own name",
    "keeping.close": "anybody may close the window",
    "ledger.may": "it is the gate",
    "ledger.ask": "it is the gate",
    "ledger.change": "it is the gate",
    "ledger.look": "it is the gate",
    "ledger.today": "the day is nobody's secret",
    "ledger.locks_after": "it is set from the settings",
    "desk.office": "it is the office",
}
"""Every call that is free to all, and why."""
ABSENT = {Act.VOUCH, Act.RESTORE, Act.REPRINT}
"""Acts that no call is asked for by itself: tested by themselves, or offered before records are."""


def _with_lot(known: Known, number: str) -> Draft:
    return replace(known.drawn, written={**known.drawn.written, "lots.0.number": number})
