"""The log and the crash hooks: codes and places in the code, never a patient's data."""

from __future__ import annotations

import faulthandler
import logging
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TextIO

from labelapp.rx.errors import LabelappError

LOG = logging.getLogger("labelapp")
_FILES, _BYTES = 5, 1_000_000
_crash_file: list[TextIO] = []


def keep_log(folder: Path) -> Path | None:
    """Begin the log in a folder: five files of one MB. Gives None when it cannot be written.

    A log that cannot be written holds up no label. A log begun before is ended first.
    """
    end_log()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "labelapp.log"
        handler = RotatingFileHandler(
            path, maxBytes=_BYTES, backupCount=_FILES - 1, encoding="utf-8"
        )
        crashes = (folder / "crash.log").open("a", encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False
    _crash_file.append(crashes)
    faulthandler.enable(crashes)
    return path


def end_log() -> None:
    """End the log and give its files back."""
    for handler in list(LOG.handlers):
        LOG.removeHandler(handler)
        handler.close()
    faulthandler.disable()
    while _crash_file:
        _crash_file.pop().close()


def hook_crashes() -> None:
    """Write what we did wrong to the log before the program says so: type and place only."""
    sys.excepthook = _noted


def _noted(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log an unforeseen error without its text, for the text may hold what a patient told us."""
    said = error.code if isinstance(error, LabelappError) else ""
    LOG.critical("%s %s\n%s", kind.__name__, said, places(trace))
    sys.stderr.write(f"labelapp stopped: {kind.__name__} {said}. Its log names the place.\n")


def places(trace: TracebackType | None) -> str:
    """Name the places in the code an error passed through, without any values."""
    return "\n".join(
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    )
