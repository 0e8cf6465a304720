"""What belongs to this computer alone: `machine.toml` in the user's configuration folder."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import platformdirs
import tomli_w

from labelapp.intake.limits import MOST_TEXT, is_refused, one_form
from labelapp.rx.errors import LabelappError
from labelapp.rx.field import FIELDS

_NAME = "labelapp"
TEXT_SIZES = range(50, 401)
"""Per cent of the usual size of the screen's letters."""
MOST_LISTED = 100
HEADS = range(1, 10_000)
"""Dots per inch of any printer's head."""


Choice = str | int | tuple[str, ...] | None


class BadMachineFile(LabelappError):
    """`machine.toml` that is not TOML, or says something that no computer's choices can be."""

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
    stocks_used: tuple[str, ...] = ()
    """The stocks used here, the newest first: they stand first in the list of stocks."""
    store: str = ""
    """Address of the records; empty for the usual folder. It never holds a password."""
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
    except (OSError, ValueError, RecursionError) as broken:
        raise BadMachineFile(path=str(path)) from broken
    return _machine(rows, str(path))


def keep_machine(choices: Mapping[str, Choice], path: Path | None = None) -> bool:
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
    except (OSError, ValueError, RecursionError):
        return False
    return True


def _machine(rows: dict[str, object], path: str) -> Machine:
    read = _Reader(rows, path)
    plain = Machine()
    return Machine(
        language=read.text("language", plain.language),
        look=read.text("look", plain.look),
        text_size=read.whole("text_size", TEXT_SIZES) or plain.text_size,
        stock=read.text("stock", plain.stock),
        dpi=read.whole("dpi", HEADS),
        printer=read.text("printer", plain.printer),
        jurisdiction=read.text("jurisdiction", plain.jurisdiction),
        stocks_used=read.texts("stocks_used"),
        store=read.text("store", plain.store),
        pharmacy=MappingProxyType(dict(read.pharmacy("pharmacy", rows.get("pharmacy", {})))),
    )


@dataclass(frozen=True)
class _Reader:
    """Reads `machine.toml` key by key; whatever is odd is a BadMachineFile that names the key."""

    rows: Mapping[str, object]
    path: str

    def bad(self, key: str) -> BadMachineFile:
        return BadMachineFile("machine.bad-key", path=self.path, key=key)

    def text(self, key: str, default: str) -> str:
        found = self.rows.get(key, default)
        if not isinstance(found, str) or not found.isprintable():
            raise self.bad(key)
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts; empty when nothing is said."""
        found = self.rows.get(key, [])
        listed = found if isinstance(found, list) else [None]
        texts = [each for each in listed if isinstance(each, str) and each.isprintable()]
        if len(texts) < len(listed) or len(texts) > MOST_LISTED:
            raise self.bad(key)
        return tuple(texts)

    def whole(self, key: str, among: range) -> int | None:
        """Read a whole number in its range; None when nothing is said."""
        found = self.rows.get(key)
        if found is None:
            return None
        if not isinstance(found, int) or isinstance(found, bool) or found not in among:
            raise self.bad(key)
        return found

    def pharmacy(self, key: str, found: object) -> Iterator[tuple[str, str]]:
        """Give the pharmacy's fields; a field no prescription has is named, never dropped."""
        if isinstance(found, dict):
            for below, each in found.items():
                yield from self.pharmacy(f"{key}.{below}", each)
        elif key not in FIELDS:
            raise self.bad(key)
        else:
            yield key, self._field(key, found)

    def _field(self, key: str, found: object) -> str:
        """Read the text of a field; an address of several lines may be a list of them."""
        lines = found if isinstance(found, list) and key.endswith(".line") else [found]
        texts = [each for each in lines if isinstance(each, str)]
        text = one_form("\n".join(texts))
        if len(texts) < len(lines) or len(text) > MOST_TEXT or any(map(is_refused, text)):
            raise self.bad(key)
        return text
