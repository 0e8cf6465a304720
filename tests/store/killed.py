"""Programs that are killed at their work: what each said was kept has to be there afterwards.

Run as a program of its own, from whose warm process each one to be killed is forked. It prints one
JSON line for each kill; `lost` names what was not as it should be.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from labelapp.store import (
    anchors,
    audit,
    backup,
    charts,
    fills,
    guards,
    opening,
    orders,
    prints,
    restoring,
)
from labelapp.store.address import Embedded, Server, address_of
from labelapp.store.tables import JOBS
from labelapp.store.trouble import NotSetUp
from labelapp.store.vault import Place, Vault
from tests.store.newer import newer_program
from tests.store.vaults import COST, ME, PASSPHRASE, enter, fill, reserve

if TYPE_CHECKING:
    from collections.abc import Callable

    from labelapp.store.address import Address
    from labelapp.store.keys import Keys

WORK, MOVE, SET_UP = "work", "move", "set-up"
MOVED, RESTORED = "moved", "restored"
PATIENCE = 30.0


def here() -> Place:
    return Place("counter-1", lambda: datetime.now(UTC))


@dataclass
class Told:
    """What programs said was kept, in a file that outlives them."""

    path: Path
    line: int = field(init=False)

    def __post_init__(self) -> None:
        self.line = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def say(self, kind: str, *values: object) -> None:
        os.write(self.line, (json.dumps([kind, *values]) + "\n").encode())

    def all(self) -> list[list[Any]]:
        return [json.loads(line) for line in self.path.read_text().splitlines()]


@dataclass(frozen=True)
class Moment:
    """When a program is killed: once it said so much was kept, and so many seconds later."""

    seed: int
    lines: int
    seconds: float


@dataclass(frozen=True)
class Bench:
    """Records that programs work on, and where they tell what they did."""

    address: Address
    keys: Keys
    folder: Path
    told: Told

    @property
    def backups(self) -> Path:
        return self.folder / "backups"


def work(bench: Bench, chance: random.Random) -> None:
    """Enter, fill, print, settle, change and back up until the end comes."""
    vault = opening.open_vault(bench.address, bench.keys, here())
    while True:
        with vault.change(ME) as change:
            known = enter(change, f"Doe {chance.random()}")
        bench.told.say("prescription", known.number, known.patient)
        with vault.change(ME) as change:
            filled = fill(change, known)
        bench.told.say("fill", filled.id)
        _print(bench, vault, filled)
        with vault.change(ME) as change:
            chart = charts.patient(change.connection, known.patient)
            chart = charts.alter_patient(change, chart, {**chart.says, "phone": "555 000 1111"})
        bench.told.say("chart", chart.id, chart.version)
        if chance.random() < 0.3:
            made = backup.make(vault, bench.backups, "1")
            bench.told.say("backup", made.file.name)
        if chance.random() < 0.3:
            anchors.keep(vault)


def _print(bench: Bench, vault: Vault, filled: fills.Filled) -> None:
    serial = f"S-{filled.id}"
    with vault.change(ME) as change:
        job = reserve(change, filled, serial)
    bench.told.say("reserved", job, serial)
    with vault.change(ME) as change:
        prints.settle(change, job, prints.JobState.SENT)
    bench.told.say("settled", job)


def move(bench: Bench, _chance: random.Random) -> None:
    """Bring the records up to a newer program, with a backup before."""

    def back_up(old: Vault) -> None:
        backup.make(old, bench.backups, "1")

    opening.open_vault(bench.address, bench.keys, here(), back_up)
    bench.told.say(MOVED, 0)
    time.sleep(60)


def set_up(bench: Bench, _chance: random.Random) -> None:
    """Set up new records, then put a backup in place elsewhere."""
    begun = opening.begin(PASSPHRASE, COST)
    opening.set_up(Embedded(bench.folder / "new"), begun, begun.recovery, here(), ME)
    bench.told.say("set-up")
    (made, *_) = backup.listed(bench.backups)
    there = Embedded(bench.folder / "restored")
    restoring.restore(made, bench.keys, there, here(), ME)
    bench.told.say(RESTORED)
    time.sleep(60)


def look_after(bench: Bench) -> tuple[list[str], dict[str, int]]:
    """Open what a killed program has left: give what is wrong with it, and what was met."""
    told = [each for each in bench.told.all() if each[0] != MOVED]
    lost: list[str] = []
    vault = opening.open_vault(bench.address, bench.keys, here())
    try:
        with vault.look() as connection:
            backup.whole(connection)
            guards.check(connection)
            if not audit.verify_whole(connection, bench.keys).is_whole:
                lost.append("the audit is not whole")
            lost += [str(each) for each in told if not _is_there(connection, each, bench)]
            doubt = {each.id for each in prints.in_doubt(connection, "counter-1")}
            sending = set(connection.scalars(select(JOBS.c.id).where(JOBS.c.state == "sending")))
        if sending - doubt:
            lost.append("a job that was being sent is not in doubt")
        for job in sending:
            with vault.change(ME) as change:
                prints.settle(change, job, prints.JobState.UNKNOWN)
    finally:
        vault.close()
    for each in backup.listed(bench.backups)[:2]:
        backup.check(each, bench.keys)
    parts = list(bench.backups.glob(".*")) if bench.backups.exists() else []
    met = {"told": len(told), "in doubt": len(sending), "cut backups": len(parts)}
    for part in parts:
        part.unlink()
    return lost, met


def _is_there(connection: Any, told: list[Any], bench: Bench) -> bool:
    kind, first, *rest = told
    if kind == "prescription":
        known = orders.numbered(connection, first)
        return known is not None and known.patient == int(rest[0])
    if kind == "fill":
        return fills.fill(connection, first).number == 0
    if kind == "reserved":
        label = prints.by_serial(connection, rest[0])
        return label is not None and first in {
            each.id for each in prints.jobs_of(connection, label.fill)
        }
    if kind == "settled":
        return prints.find(connection, first).state is prints.JobState.SENT
    if kind == "chart":
        return charts.patient(connection, first).version >= int(rest[0])
    return first in {each.file.name for each in backup.listed(bench.backups)}


def look_after_set_up(bench: Bench) -> tuple[list[str], dict[str, int]]:
    """See that new and restored records are whole, or not there at all."""
    told, lost = [each[0] for each in bench.told.all()], []
    new, restored = (Embedded(bench.folder / name) for name in ("new", "restored"))
    try:
        keys = opening.keys_of(new, passphrase=PASSPHRASE)
        opening.open_vault(new, keys, here()).close()
    except NotSetUp:
        lost += ["set-up"] if "set-up" in told else []
    if restored.folder.exists():
        opening.open_vault(restored, bench.keys, here()).close()
    elif "restored" in told:
        lost.append("restored")
    left = len(list(bench.folder.glob("*.new-*")))
    for each in (new.folder, restored.folder, *bench.folder.glob("*.new-*")):
        shutil.rmtree(each, ignore_errors=True)
    bench.told.path.write_text("")
    return lost, {"told": len(told), "cut set-ups": left}


def kill(act: Callable[[Bench, random.Random], None], bench: Bench, moment: Moment) -> str:
    """Let a program work up to a moment, then kill it; give what went wrong before."""
    errors, before = bench.folder / "errors", len(bench.told.all())
    child = os.fork()
    if child == 0:
        try:
            act(bench, random.Random(moment.seed))
        except BaseException:  # noqa: BLE001 - told to who killed it
            errors.write_text(traceback.format_exc())
        finally:
            os._exit(1)
    until = time.monotonic() + PATIENCE
    while len(bench.told.all()) < before + moment.lines and not errors.exists():
        if time.monotonic() > until:
            break
        time.sleep(0.001)
    time.sleep(moment.seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return errors.read_text() if errors.exists() else ""


def bench_at(address: Address, folder: Path) -> Bench:
    begun = opening.begin(PASSPHRASE, COST)
    opening.set_up(address, begun, begun.recovery, here(), ME).close()
    return Bench(address, begun.keys, folder, Told(folder / "told"))


def _one(what: str, bench: Bench, moment: Moment) -> tuple[list[str], dict[str, int]]:
    if what == SET_UP:
        failed = kill(set_up, bench, moment)
        lost, met = look_after_set_up(bench)
    elif what == MOVE:
        with newer_program(bench.folder, on_server=isinstance(bench.address, Server)):
            failed = kill(move, bench, moment)
            lost, met = look_after(bench)
    else:
        failed = kill(work, bench, moment)
        lost, met = look_after(bench)
    return [*lost, failed] if failed else lost, met


def _moment(what: str, seed: int, longest: float) -> Moment:
    """Choose a moment by chance that is as good on a slow machine as on a fast one."""
    chance = random.Random(seed)
    if what == WORK and seed % 4:
        return Moment(seed, chance.randrange(1, 12), chance.uniform(0, 0.03))
    return Moment(seed, 0, chance.uniform(0, longest))


def _longest(what: str) -> float:
    """Let one program come to its end, and give how many seconds it took."""
    if what == WORK:
        return 0.1
    with tempfile.TemporaryDirectory(prefix="labelapp-killed-") as name:
        bench = bench_at(address_of(str(Path(name) / "records")), Path(name))
        _prepare(bench, what)
        act, lines = (move, 1) if what == MOVE else (set_up, 2)
        with newer_program(bench.folder):
            begun = time.monotonic()
            kill(act, bench, Moment(0, lines, 0))
            return time.monotonic() - begun


def run(what: str, kills: int, address: str = "") -> None:
    """Kill so many programs, on fresh records from time to time where they are in a folder."""
    longest = _longest(what)
    often = kills if address else 1 if what == MOVE else 25
    for first in range(0, kills, often):
        with tempfile.TemporaryDirectory(prefix="labelapp-killed-") as name:
            folder = Path(name)
            bench = bench_at(address_of(address or str(folder / "records")), folder)
            _prepare(bench, what)
            numbers = range(first, min(kills, first + often))
            _kill_each(bench, [(what, _moment(what, each, longest)) for each in numbers])


def _kill_each(bench: Bench, moments: list[tuple[str, Moment]]) -> None:
    for what, moment in moments:
        try:
            lost, met = _one(what, bench, moment)
        except Exception:  # noqa: BLE001 - told to the test
            lost, met = [traceback.format_exc()], {}
        print(json.dumps({"lost": lost, "met": met}), flush=True)


def _prepare(bench: Bench, what: str) -> None:
    if what == WORK:
        return
    vault = opening.open_vault(bench.address, bench.keys, here())
    with vault.change(ME) as change:
        for _ in range(20):
            reserve(change, fill(change, known := enter(change)), f"P-{known.number}")
            if what == MOVE:
                bench.told.say("prescription", known.number, known.patient)
    if what == SET_UP:
        backup.make(vault, bench.backups, "1")
    vault.close()


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
