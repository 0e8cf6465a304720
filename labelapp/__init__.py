"""labelapp: exact, legible, lawful labels for compounded low-dose naltrexone."""

from __future__ import annotations

__version__ = "0.1.0"
