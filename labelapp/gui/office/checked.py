"""What the two checks are made of: what is opened for them, looked at, and signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.orders import NoSuchOrder
from labelapp.dispensing.office.shown import ShownAnswer, ShownFill, ShownOrder
from labelapp.gui.office.views import received
from labelapp.gui.received import Received
from labelapp.rx.draft import Draft


@dataclass(frozen=True)
class Case:
    """What is checked: the order, what was entered for it, how it came."""

    order: ShownOrder
    entered: Draft
    received: Received


@dataclass(frozen=True)
class Seen:
    """What stands beside a fill: its newest label as it was printed, and the answers given."""

    label: tuple[str, bytes]
    answers: tuple[ShownAnswer, ...]


@dataclass(frozen=True)
class Signed:
    """What is signed at once: the review, the verification, or both."""

    confirmed: Mapping[str, str]
    fill: int
    labels: tuple[str, ...]
    lots: tuple[str, ...]


def case_numbered(office: Office, rx_number: str) -> Case:
    """Open a prescription for its checks. Raises NoSuchOrder."""
    order = office.orders.open(rx_number)
    return Case(order, office.orders.draft(order.number), received(office, order.number))


def case_of(office: Office, text: str) -> Case:
    """Open the prescription of a scanned label, or the one of that number. Raises NoSuchOrder."""
    try:
        number = office.orders.number_of_label(text)
    except NoSuchOrder:
        number = text
    return case_numbered(office, number)


def seen(office: Office, fill: ShownFill) -> Seen:
    """Fetch what a pharmacist looks at before signing a fill."""
    newest = max(fill.labels, key=lambda each: (each.copy, -each.id), default=None)
    label = office.prints.picture(newest.id) if newest is not None else ("", b"")
    return Seen(label, office.orders.answers(fill.id))


def sign(office: Office, order: ShownOrder, signed: Signed, by: tuple[str, str]) -> ShownOrder:
    """Sign what was confirmed and scanned, in the name of whoever's PIN it is."""
    who, pin = by
    doer = office.signing.vouch(who, pin, Act.VERIFY if signed.fill else Act.REVIEW)
    if signed.confirmed:
        order = office.orders.review(order, signed.confirmed, by=doer)
    if signed.fill:
        order = office.orders.verify(signed.fill, signed.labels, signed.lots, by=doer)
    return order
