"""What belongs to this computer alone: `machine.toml` in the user's configuration folder."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import platformdirs
import tomli_w

from labelapp.rx.errors import LabelappError

_NAME = "labelapp"


class BadMachineFile(LabelappError):
    """`machine.toml` that is not TOML or holds something else than words and numbers."""

    code = "machine.bad"


@dataclass(frozen=True)
class Machine:
    """This computer's choices: language and look of the screen, stock, head, queue, and the pharmacy.

    `pharmacy` maps field paths (`pharmacy.name`, `pharmacy.address.state`) to their text; it
    stands here until the store keeps it. Nothing here is clinical or about a patient.
    """

    language: str = "en"
    look: str = "system"
    text_size: int = 100
    stock: str = "thermal-4x2"
    dpi: int | None = None
    printer: str = ""
    jurisdiction: str = ""
    pharmacy: Mapping[str, str] = field(default_factory=dict)


def machine_file() -> Path:
    """Say where `machine.toml` is looked for on this system."""
    return Path(platformdirs.user_config_dir(_NAME, appauthor=False)) / "machine.toml"


def log_folder() -> Path:
    """Say where the log is kept on this system."""
    return Path(platformdirs.user_log_dir(_NAME, appauthor=False))


def read_machine(path: Path | None = None) -> Machine:
    """Read `machine.toml`; a computer without one has the defaults. Raises BadMachineFile."""
    path = path or machine_file()
    try:
        rows = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Machine()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as broken:
        raise BadMachineFile(path=str(path)) from broken
    try:
        return _machine(rows)
    except (TypeError, ValueError, AttributeError) as broken:
        raise BadMachineFile(path=str(path)) from broken


def keep_machine(choices: Mapping[str, str | int | None], path: Path | None = None) -> bool:
    """Keep choices in `machine.toml`, leaving what else stands there; tell whether it was written.

    A configuration folder that cannot be written holds up no label.
    """
    path = path or machine_file()
    try:
        rows = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
        rows |= {key: value for key, value in choices.items() if value is not None}
        for key, value in choices.items():
            if value is None:
                rows.pop(key, None)
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = path.with_suffix(".new")
        whole.write_text(tomli_w.dumps(rows), "utf-8")
        whole.replace(path)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False
    return True


def _machine(rows: dict[str, object]) -> Machine:
    pharmacy = rows.get("pharmacy", {})
    if not isinstance(pharmacy, dict):
        raise TypeError("pharmacy is a table")
    dpi = rows.get("dpi")
    plain = Machine()
    return Machine(
        language=str(rows.get("language", plain.language)),
        look=str(rows.get("look", plain.look)),
        text_size=int(str(rows.get("text_size", plain.text_size))),
        stock=str(rows.get("stock", plain.stock)),
        dpi=None if dpi is None else int(str(dpi)),
        printer=str(rows.get("printer", plain.printer)),
        jurisdiction=str(rows.get("jurisdiction", plain.jurisdiction)),
        pharmacy=MappingProxyType(dict(_leaves("pharmacy", pharmacy))),
    )


def _leaves(stem: str, table: dict[str, object]) -> list[tuple[str, str]]:
    leaves: list[tuple[str, str]] = []
    for key, value in table.items():
        path = f"{stem}.{key}"
        leaves += _leaves(path, value) if isinstance(value, dict) else [(path, str(value))]
    return leaves
