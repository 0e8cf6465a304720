"""Forms that have killed people: `.5`, `1.0`, `4.5mg`, QD. They never stand on a label.

Source: ISMP list of error-prone abbreviations, symbols and dose designations (2021), which is
meant for computer-generated labels too. Sought in drug, directions and warnings alone: an address
or a lot may hold them.
"""

from __future__ import annotations

import re
from decimal import Decimal

from labelapp.rx.amount import NBSP, Unit

COUNTED = "|".join(
    sorted(
        {each.of(count) for each in Unit for count in (Decimal(1), Decimal(2))},
        key=len,
        reverse=True,
    )
)
"""The words a number on a label counts, one and several, as a pattern: mg, capsule, capsules."""

_APART = re.compile(rf"(?<=[0-9]) (?=(?:{COUNTED})(?![\w]))")
_FORMS = re.compile(
    r"""
    (?<![0-9.])\.[0-9]+                                      # .5: read as 5
    | [0-9]+\.[0-9]*0(?![0-9])                               # 1.0, 4.50: read as 10, 450
    | [0-9](?:mcg|mg|mL|ml|g)(?![a-z])                       # 4.5mg: the m is read as 0
    | (?<=[A-Za-z]{3})[0-9.]+\s?(?:mcg|mg|mL|ml|g)(?![a-z])    # HCl4.5 mg: the l is read as 1
    | [\u00b5\u03bc]g                                        # a Greek letter is read as m
    | (?<![\w.])(?i:q\.?d|q\.?o\.?d|q\.?h\.?s|b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|b\.?i\.?w|t\.?i\.?w
        |p\.?r\.?n|p\.?o|a\.?c|p\.?c)\.?(?!\w)
    | (?<![\w.])(?:HS|hs|SL|OD|OS|OU|AD|AS|AU|UD|cc)(?!\w)
    """,
    re.VERBOSE,
)


def forbidden(text: str) -> str:
    """Give the first forbidden form in a text as it stands there; empty when there is none."""
    found = _FORMS.search(text)
    return found.group() if found else ""


def kept_together(text: str) -> str:
    """Put a space that never breaks between each number and its unit, whoever wrote them."""
    return _APART.sub(NBSP, text)
