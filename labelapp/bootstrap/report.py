"""The report for support: versions, this machine's choices and the log; nothing of any patient."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from labelapp import __version__
from labelapp.bootstrap.machine import Machine
from labelapp.printing.file import write_whole

_PARTS = (
    "PySide6-Essentials",
    "reportlab",
    "python-barcode",
    "zint-bindings",
    "zxing-cpp",
    "pypdfium2",
)
_LAST_BYTES = 100_000


def report(machine: Machine, logs: Path) -> str:
    """Write the report: what runs here, how it is set, and the end of its log.

    The log holds codes and places in the code only, and the pharmacy's own fields are counted,
    not shown, so the report can be mailed.
    """
    lines = [
        f"labelapp {__version__}",
        f"Python {platform.python_version()} on {platform.platform()}",
        *(f"{part} {_version(part)}" for part in _PARTS),
        "",
        f"language {machine.language}, look {machine.look}, text size {machine.text_size} %",
        f"stock {machine.stock}, head {machine.dpi or 'the stock’s usual'}",
        f"pharmacy fields set: {len(machine.pharmacy)}",
    ]
    for name in ("labelapp.log", "crash.log"):
        lines += ["", f"--- {name}", _end_of(logs / name)]
    return "\n".join(lines) + "\n"


def save_report(machine: Machine, logs: Path, path: Path) -> None:
    """Save the report for support as a file. Raises CannotWrite."""
    write_whole(report(machine, logs).encode("utf-8", "replace"), path)


def _version(part: str) -> str:
    try:
        return version(part)
    except PackageNotFoundError:
        return "not installed"


def _end_of(log: Path) -> str:
    try:
        return log.read_bytes()[-_LAST_BYTES:].decode("utf-8", "replace").rstrip()
    except OSError:
        return "(none)"
