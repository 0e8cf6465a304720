"""What the front ends see of the records: frozen values, every one of them already asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from labelapp.rx.finding import Finding
from labelapp.rx.history import FillState, Standing
from labelapp.rx.people import Role


@dataclass(frozen=True)
class ShownPerson:
    """Somebody with an account."""

    id: int
    name: str
    initials: str
    role: Role
    active: bool = True
    has_badge: bool = False
    version: int = 0
    pin_length: int = 0


@dataclass(frozen=True)
class ShownPatient:
    """A patient on record; `born` is ISO 8601, `says` every field by its name."""

    id: int
    version: int
    name: str
    born: str
    phone: str
    says: Mapping[str, object]


@dataclass(frozen=True)
class ShownHit:
    """One line of what a search found: `kind` is patient, order, lot or fill; `key` opens it.

    `code` is what a scanner reads on its label, where that is not the key.
    """

    kind: str
    key: str
    text: str
    beside: str
    code: str = ""


@dataclass(frozen=True)
class ShownHits:
    """A page of what a search found, and where the next one goes on; `after` is empty at the end."""

    hits: tuple[ShownHit, ...]
    after: str = ""


@dataclass(frozen=True)
class ShownPrint:
    """A label on record."""

    id: int
    serial: str
    at: str
    by: str
    reason: str
    copy: int


@dataclass(frozen=True)
class ShownFill:
    """A fill on record, with its labels.

    `to_scan` are the labels that must every one be scanned at the check; none where one will do.
    """

    id: int
    number: int
    filled_on: str
    quantity: str
    days: int
    state: FillState
    lots: tuple[str, ...]
    labels: tuple[ShownPrint, ...]
    to_scan: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownOrder:
    """A prescription on record with its fills and how it stands.

    `remaining` is how many units may still be dispensed, exact; `received` is the id of the order
    as received, 0 where none was kept.
    """

    id: int
    version: int
    number: str
    patient: ShownPatient
    prescriber: str
    drug: str
    sig: str
    written: str
    standing: Standing
    reviewed_by: str
    refills: int
    refills_left: int
    remaining: str
    received: int
    fills: tuple[ShownFill, ...]


@dataclass(frozen=True)
class ShownAnswer:
    """Somebody's answer to a finding, kept beside a fill; `is_open` until a pharmacist accepts it."""

    finding: Finding
    choice: str
    by: str
    role: Role
    at: str
    reason: str
    is_open: bool


@dataclass(frozen=True)
class ShownCheck:
    """A pharmacist's check: `what` is review or verification, `fill` None for a whole order's."""

    what: str
    fill: int | None
    by: str
    at: str
    says: Mapping[str, object]


@dataclass(frozen=True)
class ShownLot:
    """A lot on record; `released_by` is empty before a pharmacist released it."""

    id: int
    version: int
    number: str
    name: str
    made_on: str
    bud: str
    left: str
    released_by: str
    says: Mapping[str, object]


@dataclass(frozen=True)
class ShownFormula:
    """A formula on record."""

    id: int
    version: int
    name: str
    says: Mapping[str, object]


@dataclass(frozen=True)
class ShownReached:
    """Somebody a lot reached."""

    patient: str
    born: str
    phone: str
    rx_number: str
    fill: int
    filled_on: str
    quantity: str
    state: str


@dataclass(frozen=True)
class ShownJob:
    """A print job nobody knows the end of."""

    id: int
    rx: str
    patient: str
    printer: str
    at: str
    by: str
    serials: tuple[str, ...]


@dataclass(frozen=True)
class ShownAudit:
    """A row of the audit in words."""

    seq: int
    at: str
    person: str
    role: str
    station: str
    act: str
    kind: str
    subject: str
    detail: str


@dataclass(frozen=True)
class ShownBackup:
    """A backup that counts."""

    file: Path
    at: datetime
    rows: int
    seq: int


@dataclass(frozen=True)
class ShownKeeping:
    """How the records are kept: where, how old the newest backup is, how many rows the audit has."""

    address: str
    backups: Path
    age: timedelta | None
    newest: ShownBackup | None


@dataclass(frozen=True)
class ShownRow:
    """A row that waits for the signature of the pharmacist-in-charge, or has it.

    `sha256` is the hash of its content: one letter more and it waits again. `changed_since` is when
    another content of this row was last approved, empty for one never signed; `withdrawn` the
    reason why the approval of this very content was taken back.
    """

    kind: str
    id: str
    text: str
    source: str
    is_verified: bool
    sha256: str
    approved_by: str = ""
    approved_on: str = ""
    changed_since: str = ""
    withdrawn: str = ""
