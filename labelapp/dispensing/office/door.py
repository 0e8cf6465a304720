"""The door of the office: setting the records up, opening them, restoring them, training."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from labelapp.dispensing.equipment import Equipment
from labelapp.dispensing.office.access import Access
from labelapp.dispensing.office.approving import Approvable, Approving
from labelapp.dispensing.office.charts import Charts
from labelapp.dispensing.office.codes import OwnBook
from labelapp.dispensing.office.keeping import Keeping
from labelapp.dispensing.office.ledger import Ledger
from labelapp.dispensing.office.lotlabels import LotLabels
from labelapp.dispensing.office.lots import Lots
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.orders import Orders
from labelapp.dispensing.office.prints import Prints
from labelapp.dispensing.office.rules import HouseRules, Rules, keep, settings_of
from labelapp.dispensing.office.search import Search
from labelapp.dispensing.office.shown import ShownBackup
from labelapp.dispensing.office.signing import NOBODY
from labelapp.dispensing.office.staff import Staff, checked_name
from labelapp.dispensing.office.stocks import OwnStocks
from labelapp.rx.people import Doer, Role
from labelapp.store import audit, backup, guards, keychain, migrate, opening, people, restoring
from labelapp.store.address import Address, Embedded, address_of
from labelapp.store.disk import disk_trouble
from labelapp.store.keys import Cost, Keys, Wrapped, by_passphrase, by_recovery
from labelapp.store.manifest import Backup, read_page
from labelapp.store.trouble import AlreadySetUp, Damaged, NotSetUp, WrongKey
from labelapp.store.vault import Place, Vault

TRAINING_PIN = "2580"
TRAINING_COST = Cost(8_192, 1, 1)
Begun = opening.Begun
"""Keys of records about to be set up."""


@dataclass(frozen=True)
class Fittings:
    """What an office is built with besides its records, the same for every address.

    `made_with` names the versions of program, fonts and rows; `backups` is where backups go unless
    the settings say otherwise; `approvable` is what there is to approve; `tools` gives what the
    label of a lot is made with.
    """

    place: Place
    access: Access
    program: str
    made_with: str
    backups: Path
    approvable: Approvable
    tools: Callable[[], Equipment]
    cost: Cost = field(default_factory=Cost)


@dataclass(frozen=True)
class FirstPerson:
    """Whoever sets the records up: the pharmacist-in-charge or an administrator."""

    name: str
    initials: str
    role: Role
    pin: str = field(repr=False)
    works_alone: bool = False
    pharmacy: Mapping[str, str] = field(default_factory=dict)


class Door:
    """The way into the records at one address.

    An address is a folder or `postgresql://...`. Raises BadAddress.
    """

    def __init__(self, address: str, fittings: Fittings) -> None:
        self.address: Address = address_of(address)
        self._fittings = fittings
        self._training: Path | None = None

    def is_set_up(self) -> bool:
        """Tell whether there are records. Raises Gone, Damaged."""
        try:
            opening.wrapped_of(self.address)
        except NotSetUp:
            return False
        return True

    def begin(self, passphrase: str) -> opening.Begun:
        """Make keys for new records; `recovery` is printed and typed back. Raises WrongKey."""
        return opening.begin(passphrase, self._fittings.cost)

    def finish(self, begun: opening.Begun, typed_back: str, first: FirstPerson) -> Office:
        """Set the records up with their first person, who is not signed in by it.

        Raises WrongKey, AlreadySetUp, BadName, BadPin; on the last two nothing is set up.
        """
        name, initials = checked_name(first.name, first.initials)
        people.checked_pin(first.pin)
        house = HouseRules(works_alone=first.works_alone, pharmacy=first.pharmacy)
        place = self._fittings.place
        vault = opening.set_up(self.address, begun, typed_back, place, NOBODY)
        with vault.change(NOBODY) as change:
            people.add(change, name, initials, first.role, first.pin, self._fittings.cost)
            keep(change, house)
        return self._office(vault)

    def open(self, *, passphrase: str = "", recovery: str = "") -> Office:
        """Open the records by passphrase or recovery key, or by what this computer remembers.

        Raises WrongKey, NotSetUp, InUse, Newer, Damaged, Gone.
        """
        keys, how = self._keys(passphrase, recovery)
        vault = opening.open_vault(self.address, keys, self._fittings.place, self._before_moving)
        with vault.change(NOBODY) as change:
            change.record("open", by=how)
        return self._office(vault)

    def open_damaged(self, *, passphrase: str = "", recovery: str = "") -> Office:
        """Open records that did not pass their checks, to look and to export. Raises WrongKey."""
        keys, _how = self._keys(passphrase, recovery)
        return self._office(opening.open_damaged(self.address, keys, self._fittings.place))

    def is_remembered(self) -> bool:
        """Tell whether this computer remembers the key in its own keychain."""
        return keychain.recall(str(self.address)) is not None

    def remember(self, office: Office) -> bool:
        """Let this computer's keychain remember the key; False where it has none to be trusted."""
        with office.ledger.vault.change(office.signing.doer()) as change:
            done = keychain.keep(str(self.address), office.ledger.vault.keys.data)
            change.record("remember", done=done)
        return done

    def forget(self) -> None:
        """Let this computer forget the key: the passphrase is asked for at every start."""
        keychain.forget(str(self.address))

    def new_passphrase(self, office: Office, passphrase: str, recovery: str) -> None:
        """Give the records another passphrase; the recovery key is asked for. Raises WrongKey."""
        vault = office.ledger.vault
        with vault.change(office.signing.doer()) as change:
            change.record("passphrase")
            opening.new_passphrase(vault, passphrase, recovery, self._fittings.cost)

    def try_backup(self, file: Path, *, passphrase: str = "", recovery: str = "") -> None:
        """Open a backup by passphrase or recovery key and check all of it. Raises Damaged, WrongKey."""
        backup.check(*_backup(file, passphrase, recovery))

    def restore(self, file: Path, *, passphrase: str = "", recovery: str = "") -> Office:
        """Restore a backup to this address, where no records are, and open it.

        Raises Damaged, WrongKey, AlreadySetUp, NoRoom.
        """
        found, keys = _backup(file, passphrase, recovery)
        place = self._fittings.place
        return self._office(restoring.restore(found, keys, self.address, place, NOBODY))

    def restore_in_place(
        self, file: Path, *, passphrase: str = "", recovery: str = ""
    ) -> tuple[Office, Path]:
        """Restore a backup where records are that are not whole; give also where these now are.

        They are moved away and never deleted, after the backup was checked. Raises AlreadySetUp for
        records that are whole, NotSetUp where there are none, and all that `restore` raises.
        """
        found, keys = _backup(file, passphrase, recovery)
        backup.check(found, keys)
        if self._is_whole(keys, passphrase, recovery):
            raise AlreadySetUp(address=str(self.address))
        aside = self.set_aside()
        place = self._fittings.place
        return self._office(restoring.restore(found, keys, self.address, place, NOBODY)), aside

    def backups(self, folder: Path | None = None) -> tuple[ShownBackup, ...]:
        """List the backups of a folder by their pages, the newest first; none is opened."""
        found = backup.listed(folder or self._fittings.backups)
        return tuple(ShownBackup(e.file, e.at, sum(e.rows.values()), e.head.seq) for e in found)

    def set_aside(self) -> Path:
        """Move the folder of records that are not whole away, so that a backup may take its place."""
        if not isinstance(self.address, Embedded):
            raise AlreadySetUp(address=str(self.address))
        stamp = self._fittings.place.clock().strftime("%Y%m%d-%H%M%S")
        aside = self.address.folder.with_name(f"{self.address.folder.name}.aside-{stamp}")
        try:
            self.address.folder.rename(aside)
        except OSError as failed:
            raise disk_trouble(failed, self.address.folder) from None
        return aside

    def _is_whole(self, keys: Keys, passphrase: str, recovery: str) -> bool:
        """Tell whether these keys open the records here, and every page, row and guard is right."""
        try:
            if opening.keys_of(self.address, passphrase=passphrase, recovery=recovery) != keys:
                return False
            vault = opening.open_damaged(self.address, keys, self._fittings.place)
        except (Damaged, WrongKey):
            return False
        try:
            with vault.look() as connection:
                backup.whole(connection)
                if not migrate.must_move(connection):
                    guards.check(connection)
                return audit.verify_whole(connection, keys).is_whole
        except (Damaged, WrongKey):
            return False
        finally:
            vault.close()

    def _keys(self, passphrase: str, recovery: str) -> tuple[Keys, str]:
        if passphrase or recovery:
            found = opening.keys_of(self.address, passphrase=passphrase, recovery=recovery)
            return found, "recovery key" if recovery else "passphrase"
        kept = keychain.recall(str(self.address))
        if kept is None:
            raise WrongKey
        return Keys(kept), "keychain"

    def _before_moving(self, vault: Vault) -> None:
        backup.make(vault, self._fittings.backups, self._fittings.program)

    def _office(self, vault: Vault, *, is_training: bool = False) -> Office:
        return built(vault, self._fittings, is_training=is_training)


def _keys_of(wrapped: Wrapped, passphrase: str, recovery: str) -> Keys:
    return by_recovery(wrapped, recovery) if recovery else by_passphrase(wrapped, passphrase)


def _backup(file: Path, passphrase: str, recovery: str) -> tuple[Backup, Keys]:
    """Read the page of a backup, and unwrap its keys."""
    found = read_page(file.with_suffix(".json"))
    return found, _keys_of(found.wrapped, passphrase, recovery)


def training(fittings: Fittings, house: Mapping[str, str]) -> tuple[Office, Callable[[], None]]:
    """Open throw-away records with one person of each role, and give the way to throw them away."""
    folder = Path(tempfile.mkdtemp(prefix="labelapp-training-"))
    begun = opening.begin("training and nothing else", TRAINING_COST)
    place = Place(fittings.place.station, fittings.place.clock)
    address = Embedded(folder / "records")
    vault = opening.set_up(address, begun, begun.recovery, place, NOBODY)
    first: Doer | None = None
    with vault.change(NOBODY) as change:
        for role, initials in (
            (Role.TECHNICIAN, "TT"),
            (Role.INTERN, "TI"),
            (Role.PHARMACIST, "TP"),
            (Role.PHARMACIST_IN_CHARGE, "TC"),
            (Role.ADMINISTRATOR, "TA"),
        ):
            name = f"Training {role.value}"
            made = people.add(change, name, initials, role, TRAINING_PIN, TRAINING_COST)
            first = first or made.doer
        settings = HouseRules(works_alone=True, lock_minutes=15, pharmacy=house)
        keep(change, settings)
    office = built(vault, fittings, is_training=True, backups=folder / "backups")
    assert first is not None
    office.signing.trust(first)

    def throw_away() -> None:
        office.ledger.vault.close()
        shutil.rmtree(folder, ignore_errors=True)

    return office, throw_away


def built(
    vault: Vault, fittings: Fittings, *, is_training: bool, backups: Path | None = None
) -> Office:
    """Build the office over open records."""
    cost = TRAINING_COST if is_training else fittings.cost
    ledger = Ledger(vault, fittings.access, fittings.place.clock, cost, is_training=is_training)
    with vault.look() as connection:
        ledger.locks_after(settings_of(connection).lock_minutes)
    return Office(
        ledger,
        Staff(ledger),
        Charts(ledger),
        Orders(ledger),
        Prints(ledger, fittings.made_with),
        Lots(ledger),
        Search(ledger),
        Rules(ledger),
        Approving(ledger, fittings.approvable),
        OwnBook(ledger),
        OwnStocks(ledger, fittings.made_with),
        Keeping(ledger, backups or fittings.backups, fittings.program),
        LotLabels(ledger, OwnStocks(ledger, fittings.made_with), fittings.tools),
    )
