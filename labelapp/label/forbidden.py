"""Forms that have killed people: `.5`, `1.0`, `4.5mg`, QD. They never stand on a label.

Source: ISMP list of error-prone abbreviations, symbols and dose designations (2021), which is
meant for computer-generated labels too. Sought in drug, directions and warnings alone: an address
or a lot may hold them.
"""

from __future__ import annotations

import re

_FORMS = re.compile(
    r"""
    (?<![0-9.])\.[0-9]+                                      # .5: read as 5
    | [0-9]+\.[0-9]*0(?![0-9])                               # 1.0, 4.50: read as 10, 450
    | [0-9](?:mcg|mg|mL|ml|g)(?![a-z])                       # 4.5mg: the m is read as 0
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
