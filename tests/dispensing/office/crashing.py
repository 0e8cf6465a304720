"""A counter that is killed while a label is on its way: after its serial, before what came of it.

python -m tests.dispensing.office.crashing ADDRESS FOLDER RECOVERY
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from labelapp.dispensing.office.door import Door
from labelapp.dispensing.office.prints import sent_once
from labelapp.rx.receipt import Receipt
from tests.dispensing.office.busy import made
from tests.dispensing.office.offices import PIN, Clock, fittings
from tests.given import draft


def main(address: str, folder: str, recovery: str) -> None:
    """Open the records, reserve a label, and be killed while it is sent."""
    office = Door(address, fittings(Path(folder), Clock())).open(recovery=recovery)
    office.signing.sign_in("TT", PIN)
    reserved = office.prints.reserve(*made(draft()), "zebra")
    sent_once(office.prints, reserved, _killed)


def _killed() -> Receipt:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("somebody lives on")


if __name__ == "__main__":
    main(*sys.argv[1:])
