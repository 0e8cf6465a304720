"""labelapp prints the labels of compounded low-dose naltrexone, and refuses rather than guesses."""

from __future__ import annotations

__version__ = "0.1.0"
