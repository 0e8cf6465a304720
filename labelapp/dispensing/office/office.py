"""The office of the pharmacy: everything its records can be asked, each part for one kind of work."""

from __future__ import annotations

from dataclasses import dataclass

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.approving import Approving
from labelapp.dispensing.office.charts import Charts
from labelapp.dispensing.office.codes import OwnBook
from labelapp.dispensing.office.keeping import Keeping
from labelapp.dispensing.office.ledger import Ledger
from labelapp.dispensing.office.lotlabels import LotLabels
from labelapp.dispensing.office.lots import Lots
from labelapp.dispensing.office.orders import Orders
from labelapp.dispensing.office.prints import Prints
from labelapp.dispensing.office.rules import Rules
from labelapp.dispensing.office.search import Search
from labelapp.dispensing.office.signing import Signing
from labelapp.dispensing.office.staff import Staff
from labelapp.dispensing.office.stocks import OwnStocks


@dataclass(frozen=True)
class Office:
    """The parts of the office over one ledger."""

    ledger: Ledger
    staff: Staff
    charts: Charts
    orders: Orders
    prints: Prints
    lots: Lots
    search: Search
    rules: Rules
    approving: Approving
    codes: OwnBook
    stocks: OwnStocks
    keeping: Keeping
    lot_labels: LotLabels

    @property
    def signing(self) -> Signing:
        """Who is at this counter."""
        return self.ledger.signing

    @property
    def is_training(self) -> bool:
        """True for the throw-away records, on which nothing is for a patient."""
        return self.ledger.is_training

    def may(self, act: Act) -> bool:
        """Tell whether whoever is signed in may do an act."""
        return self.ledger.may(act)

    def waits_for_signature(self, state: str) -> bool:
        """Tell whether rows the labels of a state rest on wait for the pharmacist-in-charge.

        In training nothing is for a patient, and nothing waits.
        """
        return not self.is_training and not self.approving.is_signed(state)

    def is_sample(self, state: str) -> bool:
        """Tell whether a label made now is a sample: training, nobody signed in, an unsigned list."""
        return self.is_training or self.signing.is_away or self.waits_for_signature(state)

    def close(self) -> None:
        """Close the records."""
        self.keeping.close()
