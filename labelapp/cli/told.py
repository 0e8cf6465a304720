"""Records as a JSON document tells them: fields by their names, numbers as strings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

UNTOLD = frozenset({"pin_length"})
"""Fields that are for the window alone."""


def told(value: Any) -> Any:
    """Give a frozen view as JSON holds it. Numbers are strings; nothing and truth stay as they are."""
    if value is None or isinstance(value, bool):
        return value
    if is_dataclass(value):
        names = (each.name for each in fields(value) if each.name not in UNTOLD)
        return {name: told(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(name): told(said) for name, said in value.items()}
    if isinstance(value, (tuple, list)):
        return [told(each) for each in value]
    return value.isoformat() if isinstance(value, date) else str(value)
