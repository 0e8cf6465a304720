"""Records on a disk that refuses a writing call, each in its turn: what came of it each time.

Run as a program of its own with `failing.c` preloaded, which counts the writing calls of all its
children. Each child does the same day's work with another of its calls failing: that one, by the
count begun so many calls before the one that fails. It prints one JSON line for each call.
"""

from __future__ import annotations

import json
import mmap
import os
import resource
import shutil
import sys
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

from labelapp.rx.errors import LabelappError
from labelapp.store import anchors, audit, backup, guards, opening, orders
from labelapp.store.address import Embedded
from labelapp.store.keys import Keys, wrap
from labelapp.store.vault import Place
from tests.store.failing import TALLY
from tests.store.vaults import COST, ME, PASSPHRASE, enter, fill, reserve

AT = 1_000_000
"""The call that fails, as the shim was told; it counts from wherever it is told to."""
KEYS = Keys(b"k" * 32)
MEMORY = Path("/dev/shm" if os.access("/dev/shm", os.W_OK) else tempfile.gettempdir())
PREFIX = MEMORY / "labelapp-refused-"


def here() -> Place:
    return Place("counter-1", lambda: datetime.now(UTC))


def begun() -> opening.Begun:
    made = opening.begin(PASSPHRASE, COST)
    return opening.Begun(KEYS, wrap(KEYS, PASSPHRASE, made.recovery, COST), made.recovery)


def day(folder: Path, told: int) -> None:
    """Set records up where there are none, open them, change them once and back them up."""
    address = Embedded(folder / "records")
    if not address.folder.exists():
        new = begun()
        opening.set_up(address, new, new.recovery, here(), ME).close()
    opening.keys_of(address, passphrase=PASSPHRASE)
    vault = opening.open_vault(address, KEYS, here())
    try:
        with vault.change(ME) as change:
            known = enter(change)
            reserve(change, fill(change, known), f"S-{known.number}")
        os.write(told, f"{known.number}\n".encode())
        made = backup.make(vault, folder / "backups", "1")
        os.write(told, f"{made.file.name}\n".encode())
        anchors.keep(vault)
        for each in backup.rotate(folder / "backups"):
            os.write(told, f"gone {each.name}\n".encode())
    finally:
        vault.close()


def forked(folder: Path, limit: int = 0) -> tuple[str, list[str]]:
    """Let a child do a day's work: give how it ended, and what it said was kept."""
    reading, telling = os.pipe()
    child = os.fork()
    if child == 0:
        how = ""
        try:
            if limit:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            day(folder, telling)
        except LabelappError as trouble:
            how = trouble.code
        except BaseException:  # noqa: BLE001 - told to the test
            how = traceback.format_exc()
        os.write(telling, f"end {json.dumps(how)}\n".encode())
        os._exit(0)
    os.close(telling)
    with os.fdopen(reading) as said:
        lines = said.read().splitlines()
    os.waitpid(child, 0)
    return json.loads(lines[-1].removeprefix("end ")), lines[:-1]


def look_after(folder: Path, told: list[str]) -> list[str]:
    """Do the next day's work on what is left: give all that is not as it should be."""
    how, then = forked(folder)
    if how:
        return [f"the next run ended with {how}"]
    wrong = []
    vault = opening.open_vault(Embedded(folder / "records"), KEYS, here())
    with vault.look() as connection:
        backup.whole(connection)
        guards.check(connection)
        if not audit.verify_whole(connection, KEYS).is_whole:
            wrong.append("the audit is not whole")
        numbers = [each for each in (*told, *then) if each.isdecimal()]
        wrong += [each for each in numbers if orders.numbered(connection, each) is None]
    vault.close()
    counted = backup.listed(folder / "backups")
    for each in counted:
        backup.check(each, KEYS)
    names = {each.file.name for each in counted}
    gone = {each.removeprefix("gone ") for each in (*told, *then) if each.startswith("gone ")}
    made = {each for each in (*told, *then) if each.startswith("labelapp-")}
    return wrong + sorted(made - gone - names)


def sweep(first: int, every: int, last: int) -> None:
    """Let each so many-th writing call fail in its turn, until the last or none is left to fail."""
    with Path(os.environ["FAILING_COUNT"]).open("r+b") as file:
        tally = mmap.mmap(file.fileno(), TALLY.size)
    for number in range(first, last + 1, every):
        with tempfile.TemporaryDirectory(prefix="labelapp-refused-", dir=MEMORY) as name:
            folder = Path(name)
            TALLY.pack_into(tally, 0, 1, AT - number, 0)
            how, told = forked(folder)
            _, _, failed = TALLY.unpack(tally)
            TALLY.pack_into(tally, 0, 1, 0, 0)
            try:
                wrong = look_after(folder, told)
            except Exception:  # noqa: BLE001 - told to the test
                wrong = [traceback.format_exc()]
        print(
            json.dumps({"call": number, "how": how, "failed": failed, "wrong": wrong}), flush=True
        )
        if not failed:
            return


def limits() -> None:
    """Let no file grow beyond some sizes; the records were set up before, or not."""
    for limit in (1, 4096, 50_000, 300_000, 420_000, 500_000):
        for is_set_up in (False, True):
            folder = Path(tempfile.mkdtemp(prefix="labelapp-refused-", dir=MEMORY))
            if is_set_up:
                forked(folder)
            how, told = forked(folder, limit)
            try:
                wrong = look_after(folder, told)
            except Exception:  # noqa: BLE001 - told to the test
                wrong = [traceback.format_exc()]
            shutil.rmtree(folder)
            print(json.dumps({"call": limit, "how": how, "failed": 1, "wrong": wrong}), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "limits":
        limits()
    else:
        sweep(*map(int, sys.argv[1:]))
