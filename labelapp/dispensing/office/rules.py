"""The house rules of a pharmacy: how it works, as its own settings say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.ledger import Ledger
from labelapp.rx.errors import LabelappError
from labelapp.rx.field import FIELDS
from labelapp.rx.link import is_own_page
from labelapp.store import rows
from labelapp.store.vault import Change, Look

_NAME = "house"
LOCK_MINUTES = range(1, 16)


class BadSetting(LabelappError):
    """A setting with a value it cannot have."""

    code = "settings.bad"


@dataclass(frozen=True)
class HouseRules:
    """The settings of the pharmacy, the same at every counter.

    `works_alone`: one pharmacist works here alone, so that checking one's own entry is normal.
    `review_first`: an order is reviewed before its label prints. `gives_numbers`: Rx numbers are
    given out here and not by another system. `lock_minutes`: a counter left alone locks after them.
    `pharmacy`: its name and address as fields of a prescription. `backups`: where backups go
    besides; empty is the folder beside the records. `link` is the pharmacy's own page, which a
    leaflet names. `version` is the one that was read, by which a
    change at another counter is noticed.
    """

    works_alone: bool = False
    review_first: bool = False
    gives_numbers: bool = False
    lock_minutes: int = 5
    backups: str = ""
    link: str = ""
    pharmacy: Mapping[str, str] = field(default_factory=dict)
    version: int = field(default=0, compare=False)

    def __post_init__(self) -> None:
        """Refuse what no setting can be. Raises BadSetting."""
        if self.lock_minutes not in LOCK_MINUTES:
            raise BadSetting(name="lock_minutes")
        if any(path not in FIELDS or not path.startswith("pharmacy.") for path in self.pharmacy):
            raise BadSetting(name="pharmacy")
        if self.backups and not Path(self.backups).is_absolute():
            raise BadSetting(name="backups")
        if self.link and not is_own_page(self.link):
            raise BadSetting(name="link")
        object.__setattr__(self, "pharmacy", MappingProxyType(dict(self.pharmacy)))


class Rules:
    """The settings of the pharmacy as people see and change them."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def now(self) -> HouseRules:
        """Give the settings; they are nobody's secret."""
        with self._ledger.vault.look() as connection:
            return settings_of(connection)

    def change(self, house: HouseRules) -> HouseRules:
        """Change the settings that were read; the old ones stay in the records. Raises Conflict."""
        with self._ledger.change(Act.SETTINGS) as change:
            kept = keep(change, house)
        self._ledger.locks_after(kept.lock_minutes)
        return kept


def keep(change: Change, house: HouseRules) -> HouseRules:
    """Write the settings down as their next version. Raises Conflict."""
    says = {**vars(house), "pharmacy": dict(house.pharmacy)}
    says.pop("version")
    rows.put(change, _NAME, says, house.version or None)
    return settings_of(change.connection)


def settings_of(connection: Look) -> HouseRules:
    """Read the settings; a pharmacy that changed none has the shipped ones."""
    kept = rows.setting(connection, _NAME)
    if kept is None:
        return HouseRules()
    known = HouseRules.__dataclass_fields__
    says = {name: said for name, said in kept.says.items() if name in known}
    return HouseRules(**says, version=kept.version)
