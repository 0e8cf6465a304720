"""ReportLab, loaded so that nothing lying about on this machine can steer what it draws.

At import ReportLab runs `reportlab_settings.py` and `reportlab_mods.py` from anywhere on the path,
their dotted twins in the home folder, and obeys every `RL_*` variable. Each could change a label,
so their places are taken by empty modules and the variables removed before the first import; then
the settings that matter are pinned and looked at again. This is the one module that imports
ReportLab: the others take its parts from here.
"""

from __future__ import annotations

import importlib
import os
import sys
from types import ModuleType
from typing import Any

STEERING = (
    "reportlab.local_rl_mods",
    "reportlab.local_rl_settings",
    "reportlab_mods",
    "reportlab_settings",
)
PINNED: dict[str, Any] = {
    "invariant": 1,  # the same label is the same bytes: no time of day in it
    "pageCompression": 1,
    "useA85": 0,  # plain Flate streams: smaller and quicker than their ASCII dress
    "ttfAsciiReadable": 1,  # ASCII keeps its own codes, so most labels share one font subset
    "warnOnMissingFontGlyphs": 1,
    "toColorCanUse": None,  # no colour is ever an expression to evaluate
    "trustedHosts": None,
    "trustedSchemes": [],
    "T1SearchPath": [],  # a font comes from our folder or not at all
    "TTFSearchPath": [],
    "CMapSearchPath": [],
    "documentLang": None,
    "canvas_baseColor": None,
    "std14Embed": False,
    "unShapedFontGlob": [],
    "pdfComments": 0,
    "pdfMultiLine": 0,
    "verbose": 0,
    "debug": 0,
}


def _load() -> ModuleType:
    """Import ReportLab's settings with every outside hand kept off them, and pin ours."""
    for name in STEERING:
        empty = ModuleType(name)
        empty.__dict__["__all__"] = ()
        sys.modules.setdefault(name, empty)
    for name in [each for each in os.environ if each.startswith("RL_")]:
        del os.environ[name]
    settings = importlib.import_module("reportlab.rl_config")
    for name, value in PINNED.items():
        setattr(settings, name, value)
    return settings


_SETTINGS = _load()

# Only now: these read the settings while they are imported.
from reportlab.pdfbase import pdfdoc, pdfmetrics, ttfonts  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402


def is_sealed() -> bool:
    """Tell whether every pinned setting still holds."""
    return all(getattr(_SETTINGS, name) == value for name, value in PINNED.items())


if not is_sealed():  # pragma: no cover
    raise ImportError("ReportLab's settings did not stay as they were pinned")

__all__ = ["PINNED", "STEERING", "Canvas", "is_sealed", "pdfdoc", "pdfmetrics", "ttfonts"]
