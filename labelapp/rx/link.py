"""The address of a pharmacy's own page, as it may stand on a paper: shown, never opened here."""

from __future__ import annotations

import re

MOST_LETTERS = 120
"""More does not stand legibly in a QR code on a page."""
_PAGE = re.compile(r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}(?:/[A-Za-z0-9._~/-]*)?")


def is_own_page(text: str) -> bool:
    """Tell whether a text is a plain https address: no question, no user, no port in it."""
    return len(text) <= MOST_LETTERS and bool(_PAGE.fullmatch(text))
