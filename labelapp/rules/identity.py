"""NPI (National Provider Identifier): the ten-digit number of a US prescriber.

The last digit is a check digit: Luhn's formula over the number with 80840 set before it, the
prefix of US health identifiers (45 CFR 162.406, ISO/IEC 7812). The first digit is 1 or 2.

>>> compact(" 1234 567 893 ")
'1234567893'
>>> is_valid("1234567893")
True
>>> is_valid("1558598797")
True
>>> is_valid("1234567890")  # the check digit is wrong
False
>>> is_valid("3234567897")  # no NPI begins with 3
False
>>> is_valid("12345")
False
"""

from __future__ import annotations

from datetime import date

from labelapp.rx.dates import staff_date
from labelapp.rx.finding import Finding, Settler, ask
from labelapp.rx.prescription import Prescription

_PREFIX = "80840"
_LENGTH = 10


def compact(number: str) -> str:
    """Take out the spaces and hyphens people write between the digits."""
    return "".join(number.split()).replace("-", "")


def is_valid(number: str) -> bool:
    """Tell whether a number is an NPI: ten digits, the first 1 or 2, the check digit right."""
    digits = compact(number)
    if len(digits) != _LENGTH or not (digits.isascii() and digits.isdigit()):
        return False
    return digits[0] in "12" and _luhn(_PREFIX + digits) == 0


def _luhn(digits: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10


def identity_findings(prescription: Prescription, today: date) -> tuple[Finding, ...]:
    """Ask about an NPI whose check digit is wrong, and a date of birth that has not come yet."""
    found: list[Finding] = []
    npi, born = prescription.prescriber.npi, prescription.patient.born
    if npi.strip() and not is_valid(npi):
        found.append(ask("identity.npi", "prescriber.npi", Settler.ANYONE, npi=npi))
    if born is not None and born > min(today, prescription.written):
        found.append(ask("identity.born", "patient.born", Settler.ANYONE, born=staff_date(born)))
    return tuple(found)
