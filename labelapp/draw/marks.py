"""The marks of a label: their modules, and the whole-dot bars that stand for them.

Code 128 (ISO/IEC 15417) comes from python-barcode, Data Matrix ECC 200 (ISO/IEC 16022) and QR
(ISO/IEC 18004) from Zint;
of both only the modules are taken. A bar is drawn a whole number of dots wide, because a thermal
head cannot burn part of a dot.
"""

from __future__ import annotations

import itertools
from functools import lru_cache

import zint
from barcode.codex import Code128

from labelapp.label.document import Symbology
from labelapp.layout.page import Bars, Box
from labelapp.layout.ruler import Modules

CODE128_QUIET = 10
"""Modules of rest on each side (ISO/IEC 15417, 4.2)."""
DATAMATRIX_QUIET = 2
"""ISO/IEC 16022 asks for 1 module of rest; 2 allow for ink that spreads."""
QR_QUIET = 4
"""Modules of rest on each side (ISO/IEC 18004, 6.3.8)."""


@lru_cache(64)
def modules(symbology: Symbology, payload: str) -> Modules:
    """Give the modules of a mark. A payload is printable ASCII and begins with a letter.

    python-barcode 0.16.1 loses digits of payloads that begin with 99 (its issue 251); a letter in
    front keeps clear of that, and the proof reads every mark back.
    """
    if not (payload.isascii() and payload.isprintable() and payload[:1].isalpha()):
        raise ValueError("a payload is printable ASCII and begins with a letter")
    match symbology:
        case Symbology.CODE128:
            return Modules(tuple(Code128(payload).build()), CODE128_QUIET)
        case Symbology.DATAMATRIX:
            return Modules(_datamatrix(payload), DATAMATRIX_QUIET)
        case Symbology.QR:
            return Modules(_qr(payload), QR_QUIET)


def _datamatrix(payload: str) -> tuple[str, ...]:
    symbol = zint.Symbol()
    symbol.symbology = zint.Symbology.DATAMATRIX
    symbol.option_3 = zint.DataMatrixOptions.SQUARE
    return _encoded(symbol, payload)


def _qr(payload: str) -> tuple[str, ...]:
    symbol = zint.Symbol()
    symbol.symbology = zint.Symbology.QRCODE
    return _encoded(symbol, payload)


def _encoded(symbol: zint.Symbol, payload: str) -> tuple[str, ...]:
    symbol.encode(payload)
    width, rows = symbol.width, symbol.rows
    packed = symbol.encoded_data.tobytes()
    stride = len(packed) // len(symbol.encoded_data)
    return tuple(_row(packed[at * stride : (at + 1) * stride], width) for at in range(rows))


def _row(packed: bytes, width: int) -> str:
    """Unpack one row: Zint keeps the leftmost module in the lowest bit."""
    return f"{int.from_bytes(packed, 'little'):0{width}b}"[::-1][:width]


def inked(bars: Bars) -> tuple[Box, ...]:
    """Give the rectangles of ink of a mark, in dots: neighbouring dark modules are one bar."""
    step = bars.module_dots
    rows = bars.modules.rows
    height = bars.box.height if len(rows) == 1 else step
    return tuple(
        Box(bars.box.x + start * step, bars.box.y + at * height, length * step, height)
        for at, row in enumerate(rows)
        for start, length in _runs(row)
    )


def _runs(row: str) -> list[tuple[int, int]]:
    """Give start and length of each run of dark modules."""
    runs = []
    at = 0
    for module, group in itertools.groupby(row):
        length = len(list(group))
        if module == "1":
            runs.append((at, length))
        at += length
    return runs
