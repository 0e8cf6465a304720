"""A day of a patient named ZZCANARY: everything that can go wrong goes wrong, and all of it is told.

    python -m tests.house.somebody office|window|crash ADDRESS FOLDER [RECOVERY]

`office` prints each error that was met as a log would have it: its text, its chain, its traceback.
"""

from __future__ import annotations

import shutil
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import insert

from labelapp.bootstrap.built import desk
from labelapp.bootstrap.journal import LOG, hook_crashes, keep_log
from labelapp.bootstrap.machine import Machine, keep_machine, log_folder
from labelapp.bootstrap.words import Words
from labelapp.dispensing import send
from labelapp.dispensing.office.door import Door
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.shown import Shown, Wanted
from labelapp.intake import own
from labelapp.rx.draft import Draft
from labelapp.rx.errors import LabelappError
from labelapp.store.tables import PATIENTS
from tests.dispensing.office.busy import NO_QUEUE, made
from tests.dispensing.office.offices import (
    LOT,
    PASSPHRASE,
    PIN,
    Clock,
    Counter,
    counter,
    fittings,
)
from tests.draw import faxes
from tests.given import draft

if TYPE_CHECKING:
    from labelapp.gui.settings import Settings
    from labelapp.gui.window import Window

FAMILY, BORN, PHONE = "ZZCANARY", "1947-03-19", "(931) 777-4242"
SIG = "1 CaP pO QhS x7d then 2 CaPs pO QhS x7d then 3 CaPs pO QhS"
NOTE, REASON = "zzcanarynote: call the daughter", "zzcanaryreason dropped"
MARKS = ("zzcanary", "1947-03-19", "19-mar-1947", "9317774242", "777-4242", "cap po qhs x7d then")
"""What nobody may find, in small letters: name, note and reason, birth date, phone, directions."""


def now() -> datetime:
    """Give the time: the command line has no other clock."""
    return datetime.now(UTC).astimezone()


def fields() -> dict[str, str]:
    """Give the prescription of ZZCANARY, written two days ago, when its lot was made."""
    before = (now().date() - timedelta(days=2)).isoformat()
    return dict(
        draft(
            patient__family=FAMILY,
            patient__given="Zzcanary-Ann",
            patient__born=BORN,
            patient__phone=PHONE,
            sig=SIG,
            note=NOTE,
            written=before,
            lots__0__made_on=before,
            lots__0__components__0__expires=(now().date() + timedelta(days=400)).isoformat(),
            fill__date=now().date().isoformat(),
        ).written
    )


def caught(act: Callable[[], object]) -> None:
    """Do what must fail, and print all that is ever written of an error."""
    try:
        act()
    except LabelappError as failed:
        error: BaseException | None = failed
        print("caught", type(failed).__name__)
        traceback.print_exception(failed, file=sys.stdout)
        seen: list[BaseException] = []
        while error is not None and error not in seen:
            print(str(error), repr(error), error.args, getattr(error, "__notes__", ""))
            seen.append(error)
            error = error.__cause__ or error.__context__
        LOG.error("%s", failed, exc_info=failed)
    else:
        raise AssertionError("nothing went wrong")


@dataclass
class Day:
    """A counter on the day, the prescription, and where what is saved on purpose goes."""

    at: Counter
    given: Draft
    out: Path

    def look(self, reason: str = "") -> Shown:
        """Look at the label."""
        shown = self.at.desk().look(self.given, Wanted(reason=reason))
        assert shown.may_print, [each.finding.code for each in shown.open_findings]
        return shown

    def save(self, name: str, reason: str = "") -> None:
        """Save the label."""
        self.at.desk().save(self.look(reason), str(self.out / name))

    def prints(self) -> None:
        """Print into a file, into no folder, to no queue, again, and to somebody else's number."""
        missing = str(Path("no such folder") / "label.pdf")
        print(send._job(self.look(), self.at.clock.now.date()).title)
        caught(lambda: self.at.desk().save(self.look(), missing))
        caught(lambda: self.at.desk().send(self.look(), NO_QUEUE))
        self.save("label.pdf")
        stale = self.look(REASON)
        caught(lambda: self.at.desk().send(stale, NO_QUEUE))
        self.save("label-again.pdf", REASON)
        caught(lambda: self.at.desk().save(stale, str(self.out / "late.pdf")))
        caught(lambda: self.at.office.prints.reserve(*made(self.given), "zebra", REASON))
        other = draft(dict(self.given.written), patient__given="Zzcanary-Other")
        caught(lambda: self.at.office.prints.reserve(*made(other), "zebra", REASON))

    def finds(self) -> None:
        """Search by name, by three letters, by phone and birth date, and by no number at all."""
        for typed in (FAMILY, "zcana", f"{FAMILY}, z", "9317774242", "4242", "03/19/1947"):
            assert self.at.office.search.find(typed).hits, typed
        caught(lambda: self.at.office.orders.open(FAMILY))

    def conflicts(self) -> None:
        """Change a chart that changed, record a lot twice, and write what cannot be written."""
        office = self.at.office
        seen = office.orders.open("1234567").patient
        office.charts.alter(seen, {**seen.says, "address_line": "1 Zzcanary Way"})
        caught(lambda: office.charts.alter(seen, {**seen.says, "phone": PHONE}))
        caught(lambda: office.lots.record({**LOT, "name": FAMILY}))
        caught(lambda: office.lots.record({**LOT, "number": FAMILY + "\0"}))
        caught(lambda: office.charts.add({"family": FAMILY + "\ud800"}))
        caught(lambda: office.charts.add({"family": FAMILY * 500}))
        caught(self._broken_row)

    def _broken_row(self) -> None:
        vault = self.at.office.ledger.vault
        with vault.change(self.at.office.signing.doer()) as change:
            change.record("odd")
            change.connection.execute(insert(PATIENTS).values(sort_name=FAMILY, born=BORN))

    def scans(self, folder: Path) -> None:
        """Put a fax beside the order, and one that is broken."""
        (folder / "fax.pdf").write_bytes(faxes.pdf(dose=FAMILY))
        assert self.at.desk().attach(self.given, str(folder / "fax.pdf")).came is not None
        (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n" + FAMILY.encode() * 50)
        caught(lambda: self.at.desk().attach(self.given, str(folder / "broken.pdf")))

    def keeps(self) -> None:
        """Back up, meet a damaged backup, restore with a wrong key, export without the right."""
        office, folder = self.at.office, self.at.folder
        caught(lambda: office.keeping.export_audit(self.out / "audit.csv"))
        (self.out / "recall.csv").write_bytes(office.lots.recall_csv("26-118"))
        office.signing.lock()
        caught(lambda: office.search.find(FAMILY))
        self.at.sign_in("PC")
        caught(lambda: office.keeping.export_audit(Path("no such folder") / "audit.csv"))
        kept = office.keeping.back_up().file
        damaged = folder / "damaged" / kept.name
        damaged.parent.mkdir()
        data = kept.read_bytes()
        damaged.write_bytes(data[:5000] + bytes(100) + data[5100:])
        shutil.copy(kept.with_suffix(".json"), damaged.with_suffix(".json"))
        caught(lambda: office.keeping.drill(damaged))
        door = Door(str(folder / "elsewhere"), fittings(folder, self.at.clock))
        caught(lambda: door.restore(kept, passphrase="not the passphrase"))
        door.restore(kept, passphrase=PASSPHRASE).close()


def of_office(address: str, folder: Path) -> None:
    """Have the day, and leave the prescription as a file for whoever comes next."""
    at = counter(folder, address)
    at.clock.now = now()
    day = Day(at, Draft(fields(), "test"), folder / "out")
    at.sign_in("PH")
    at.office.lots.release(at.office.lots.record_from(day.given))
    at.sign_in("TT")
    day.prints()
    day.finds()
    day.conflicts()
    day.scans(folder / "in")
    day.keeps()
    (folder / "in" / "order.json").write_bytes(own.write(day.given))
    (folder / "recovery").write_text(at.recovery)
    at.office.close()


def of_window(address: str, folder: Path, recovery: str) -> None:
    """Open the prescription in the window, type into it, save the report for support, and leave."""
    from labelapp.bootstrap.report import save_report
    from labelapp.gui.settings import Start
    from labelapp.gui.window import run

    office = Door(address, fittings(folder, Clock(now()))).open(recovery=recovery)
    office.signing.sign_in("TT", PIN)

    def keep(settings: Settings) -> None:
        keep_machine(asdict(settings))

    start = Start(
        Words("en"),
        now,
        keep=keep,
        save_report=lambda path: save_report(Machine(), log_folder(), Path(path)),
        heard=LOG.warning,
        native_dialogs=False,
        painted=lambda: _work(start.save_report, folder / "report.txt"),
    )
    order = str(folder / "in" / "order.json")
    run(lambda: desk(Machine(), now().date(), office=office), [order], start)
    _closed(office)


def _closed(office: Office) -> None:
    office.close()
    print("the window is closed")


def _work(save_report: Callable[[str], None], report: Path) -> None:
    """Work in the window as soon as the label stands in it."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from labelapp.gui.theme import Look
    from labelapp.gui.window import Window

    window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, Window))
    timer = QTimer(window)
    left = [2_000]

    def look() -> None:
        left[0] -= 1
        assert left[0], "the label never came"
        if window.counter is None or window.counter.shown is None:
            return
        if window.counter.shown.label is None:
            return
        timer.stop()
        _typed(window)
        window.wear(Look.DARK, 120)
        save_report(str(report))
        QTimer.singleShot(500, window, window.leave)

    timer.timeout.connect(look)
    timer.start(10)


def _typed(window: Window) -> None:
    from PySide6.QtTest import QTest

    assert window.counter is not None
    window.counter.entry.go_to("purpose")
    QTest.keyClicks(window.focusWidget(), " zzcanarytyped")
    print("typed into", type(window.focusWidget()).__name__)


def of_crash(_address: str, _folder: Path) -> None:
    """Stop at an error nobody foresaw that holds the patient, as do its cause and a local."""
    patient = f"{FAMILY} {PHONE}"
    known: dict[str, str] = {}
    try:
        known[patient]
    except KeyError as first:
        raise ValueError(patient, BORN) from first


if __name__ == "__main__":
    keep_log(log_folder())
    hook_crashes()
    what, address, folder, *rest = sys.argv[1:]
    {"office": of_office, "window": of_window, "crash": of_crash}[what](  # type: ignore[operator]
        address, Path(folder), *rest
    )
