"""The assessment of a fill: every finding, the BUD with its reason, warnings, law."""

from __future__ import annotations
