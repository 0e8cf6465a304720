"""Emergency access: with the recovery key alone, every prescription and label into plain files."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from labelapp.dispensing.office.door import Door
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.showing import shown
from labelapp.dispensing.office.shown import ShownFill, ShownOrder
from labelapp.dispensing.office.signing import NOBODY
from labelapp.dispensing.office.tabular import as_csv
from labelapp.rx.errors import CannotWrite
from labelapp.store import fills, orders, prints
from labelapp.store.trouble import Damaged
from labelapp.store.vault import Look

INDEX = "index.csv"
_HEAD = (
    "rx", "standing", "patient", "born", "phone", "drug", "directions", "prescriber", "written",
    "fill", "filled_on", "quantity", "days", "state", "lots", "labels", "prescription_file",
    "label_files",
)  # fmt: skip


@dataclass
class Exported:
    """What was written where; `is_audited` is false for damaged records, which are only read."""

    folder: Path
    is_audited: bool
    prescriptions: int = 0
    labels: int = 0
    lines: list[tuple[str, ...]] = field(default_factory=list, repr=False)


def opened(door: Door, recovery: str) -> Office:
    """Open the records with the recovery key, damaged ones to be read only.

    Raises WrongKey, NotSetUp, InUse, Gone.
    """
    try:
        return door.open(recovery=recovery)
    except Damaged:
        return door.open_damaged(recovery=recovery)


def export(office: Office, folder: Path, by: str = "", reason: str = "") -> Exported:
    """Write every prescription, its labels' pictures and an index into a new folder of one's own.

    Nobody signs in: whoever holds the recovery key stands in the audit by what they say. The
    pictures are PBM (P4), every dot as it was printed. Raises CannotWrite, also for a folder that
    is there.
    """
    vault = office.ledger.vault
    if vault.may_write:
        with vault.change(NOBODY) as change:
            change.record("emergency", by=by[:80], reason=reason[:400])
    done = Exported(folder, vault.may_write)
    try:
        folder.mkdir(mode=0o700)
        with vault.look() as connection:
            for known in _every(connection):
                _order(connection, known, done)
        _write(folder / INDEX, as_csv(_HEAD, done.lines))
    except OSError as failed:
        raise CannotWrite(name=folder.name, folder=str(folder.parent)) from failed
    if vault.may_write:
        with vault.change(NOBODY) as change:
            orders_written, labels = done.prescriptions, done.labels
            change.record("emergency.done", prescriptions=orders_written, labels=labels)
    return done


def _every(connection: Look) -> Iterator[orders.Order]:
    """Give every prescription on record, in the order of their numbers."""
    after = ""
    while page := orders.beginning(connection, "", after):
        for each in page:
            yield orders.order(connection, each.id)
        after = page[-1].number


def _order(connection: Look, known: orders.Order, done: Exported) -> None:
    view = shown(connection, known)
    says = {e.id: e.says for e in fills.of_prescription(connection, known.id)}
    done.prescriptions += 1
    for fill in view.fills:
        name = f"rx-{known.id}-fill-{fill.number}.json"
        _write_own(done.folder / name, says[fill.id])
        pictures = [_label(connection, each.id, done) for each in fill.labels]
        done.lines.append((*_of_order(view), *_of_fill(fill), name, " ".join(pictures)))
    if not view.fills:
        name = f"rx-{known.id}.json"
        _write_own(done.folder / name, known.says)
        done.lines.append((*_of_order(view), *[""] * 7, name, ""))


def _label(connection: Look, label: int, done: Exported) -> str:
    layout, dots = prints.picture(connection, label)
    page = json.loads(layout)["page"]
    name = f"label-{label}.pbm"
    _write(done.folder / name, f"P4\n{page['width']} {page['height']}\n".encode() + dots)
    done.labels += 1
    return name


def _of_order(view: ShownOrder) -> tuple[str, ...]:
    who = view.patient
    of_patient = (view.number, view.standing.value, who.name, who.born, who.phone)
    return (*of_patient, view.drug, view.sig, view.prescriber, view.written)


def _of_fill(fill: ShownFill) -> tuple[str, ...]:
    serials = " ".join(each.serial for each in fill.labels)
    counted = (str(fill.number), fill.filled_on, fill.quantity, str(fill.days))
    return (*counted, fill.state.value, " ".join(fill.lots), serials)


def _write_own(path: Path, says: Mapping[str, Any]) -> None:
    """Write the own format, without what the records keep beside it."""
    own = {k: said for k, said in says.items() if not k.startswith("standing") and k != "void"}
    _write(path, (json.dumps(own, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))


def _write(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
