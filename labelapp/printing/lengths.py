"""Sizes of paper as drivers count them and as people are told them."""

from __future__ import annotations

SHADE = 0.1


def whole_points(mm: float) -> float:
    """Give the whole points of a length, and a shade more: CUPS cuts what it is given once again."""
    return int(mm * 72 / 25.4 + 0.001) + SHADE


def size_said(width: float, height: float) -> str:
    """Say a size in mm."""
    return f"{width:.1f} \N{MULTIPLICATION SIGN} {height:.1f}"
