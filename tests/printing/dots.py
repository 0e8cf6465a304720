"""What a head would burn, read back from what arrived at it: ZPL graphics and PWG raster.

Sources: Zebra ZPL II Programming Guide (``~DG``, ``^GF``, alternative data compression and
``:Z64:``/``:B64:``); PWG 5102.4 (PWG raster). Written for the tests; the program makes neither.
"""

from __future__ import annotations

import base64
import re
import struct
import zlib
from dataclasses import dataclass

from PIL import Image

PWG_SYNC = b"RaS2"
PWG_HEADER = 1796
SYNCHRONOUS, ESCAPE = 0x16, 0x1B
BLACK, SGRAY, SRGB = 3, 18, 19  # cupsColorSpace
GRAPHIC = re.compile(
    r"~DG[^,~^]*,(?P<dg_total>\d+),(?P<dg_row>\d+),(?P<dg>[^~^]*)"
    r"|\^GFA,\d+,(?P<gf_total>\d+),(?P<gf_row>\d+),(?P<gf>[^~^]*)"
)
PACKED = re.compile(r":(Z64|B64):([A-Za-z0-9+/=\s]+):([0-9a-fA-F]{4})")


@dataclass(frozen=True)
class Dots:
    """A bitmap of the head: rows of `width` dots, 8 to a byte, first dot highest, 1 is black."""

    width: int
    height: int
    rows: bytes

    @property
    def row_bytes(self) -> int:
        return -(-self.width // 8)

    @property
    def ink(self) -> int:
        return int.from_bytes(self.rows).bit_count()

    def differing(self, other: Dots) -> int:
        """Count the dots that differ; where one bitmap ends the other must be white."""
        wide = max(self.width, other.width)
        tall = max(self.height, other.height)
        return (self._as_number(wide, tall) ^ other._as_number(wide, tall)).bit_count()

    def _as_number(self, width: int, height: int) -> int:
        row_bytes = -(-width // 8)
        rows = (
            self.rows[at : at + self.row_bytes].ljust(row_bytes, b"\0")
            for at in range(0, len(self.rows), self.row_bytes)
        )
        return int.from_bytes(b"".join(rows).ljust(row_bytes * height, b"\0"))


def from_zpl(stream: bytes) -> tuple[Dots, ...]:
    """Decode every graphic of a ZPL stream, in the order they came."""
    found = []
    for each in GRAPHIC.finditer(stream.decode("latin-1")):
        total = int(each["dg_total"] or each["gf_total"])
        row_bytes = int(each["dg_row"] or each["gf_row"])
        rows = _unpacked(each["dg"] or each["gf"], row_bytes)
        assert len(rows) <= total, "the graphic is longer than it says"
        found.append(Dots(row_bytes * 8, total // row_bytes, rows.ljust(total, b"\0")))
    return tuple(found)


def printed_labels(stream: bytes) -> int:
    """Count the labels a ZPL stream asks for: formats that hold a graphic, times ``^PQ``."""
    formats = re.findall(rb"\^XA.*?\^XZ", stream, re.DOTALL)
    labels = 0
    for each in formats:
        if re.search(rb"\^XG|\^GF", each):
            quantity = re.search(rb"\^PQ(\d+)", each)
            labels += int(quantity[1]) if quantity else 1
    return labels


def _unpacked(text: str, row_bytes: int) -> bytes:
    packed = PACKED.match(text.strip())
    if packed is None:
        return _from_runs(text, row_bytes * 2)
    assert _crc(packed[2].encode()) == int(packed[3], 16), "the graphic arrived damaged"
    raw = base64.b64decode(packed[2])
    return zlib.decompress(raw) if packed[1] == "Z64" else raw


def _crc(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1
        crc &= 0xFFFF
    return crc


def _from_runs(text: str, digits: int) -> bytes:
    """Undo the alternative compression: counts G-Y and g-z, row ends ``,`` ``!``, repeats ``:``."""
    rows: list[str] = []
    row, count = "", 0
    for sign in "".join(text.split()):
        if sign in "0123456789ABCDEFabcdef":
            row, count = row + sign * max(count, 1), 0
            while len(row) >= digits:
                rows.append(row[:digits])
                row = row[digits:]
        elif "G" <= sign <= "Y":
            count += ord(sign) - ord("F")
        elif "g" <= sign <= "z":
            count += 20 * (ord(sign) - ord("f"))
        elif sign in ",!":
            rows.append(row.ljust(digits, "0" if sign == "," else "F"))
            row = ""
        else:
            assert sign == ":", f"no sign of a graphic: {sign!r}"
            rows.append(rows[-1])
    assert not row, "the last row is not whole"
    return bytes.fromhex("".join(rows))


def from_pwg(stream: bytes) -> tuple[Dots, ...]:
    """Decode every page of a PWG raster stream; grey that is neither black nor white fails."""
    assert stream[:4] == PWG_SYNC, "this is no PWG raster"
    pages, at = [], 4
    while at < len(stream):
        header = stream[at : at + PWG_HEADER]
        width, height = struct.unpack_from(">II", header, 372)
        depth, row_bytes, _, space = struct.unpack_from(">IIII", header, 388)
        at += PWG_HEADER
        raw, at = _pwg_rows(stream, at, height, row_bytes)
        pages.append(Dots(width, height, _packed(raw, width, height, (depth, space))))
    return tuple(pages)


def colours_from_pwg(stream: bytes) -> tuple[Image.Image, ...]:
    """Decode every page of a PWG raster stream in colour; one without colours fails."""
    assert stream[:4] == PWG_SYNC, "this is no PWG raster"
    pages, at = [], 4
    while at < len(stream):
        header = stream[at : at + PWG_HEADER]
        size = struct.unpack_from(">II", header, 372)
        depth, row_bytes, _, space = struct.unpack_from(">IIII", header, 388)
        assert (depth, space) == (24, SRGB), f"raster of another kind: {(depth, space)}"
        raw, at = _pwg_rows(stream, at + PWG_HEADER, size[1], row_bytes, 3)
        pages.append(Image.frombytes("RGB", size, raw))
    return tuple(pages)


def pwg_dpi(stream: bytes) -> tuple[int, int]:
    """Give the resolution the first page of a PWG raster stream is said to have."""
    across, along = struct.unpack_from(">II", stream, 4 + 276)
    return int(across), int(along)


def _pwg_rows(
    stream: bytes, at: int, height: int, row_bytes: int, unit: int = 1
) -> tuple[bytes, int]:
    rows: list[bytes] = []
    while len(rows) < height:
        repeats = stream[at] + 1
        row, at = _pwg_row(stream, at + 1, row_bytes, unit)
        rows.extend([row] * repeats)
    assert len(rows) == height, "the page is longer than it says"
    return b"".join(rows), at


def _pwg_row(stream: bytes, at: int, row_bytes: int, unit: int) -> tuple[bytes, int]:
    """Unpack a row; what is repeated or stands there is a dot of `unit` bytes, or 8 dots in one."""
    row = bytearray()
    while len(row) < row_bytes:
        code = stream[at]
        many = 1 if code < 128 else 257 - code  # one that is repeated, or as many as stand there
        row += stream[at + 1 : at + 1 + many * unit] * (code + 1 if code < 128 else 1)
        at += 1 + many * unit
    assert len(row) == row_bytes, "a row is longer than it says"
    return bytes(row), at


def _packed(raw: bytes, width: int, height: int, kind: tuple[int, int]) -> bytes:
    if kind == (1, BLACK):
        return raw
    assert kind == (8, SGRAY), f"raster of another kind: {kind}"
    assert not set(raw) - {0, 255}, "the raster holds greys"
    return Image.frombytes("L", (width, height), raw).convert("1").tobytes("raw", "1;I")


def from_labelwriter(stream: bytes) -> Dots:
    """Decode the one label of a DYMO LabelWriter stream, as CUPS' rastertolabel filter writes it.

    Known are the commands it gives: row length, rows, blank feed; the rest is passed over.
    """
    rows, row_bytes, at = [], 0, 0
    lengths = {ord("D"): 3, ord("L"): 4, ord("f"): 4, ord("q"): 3}
    while at < len(stream):
        if stream[at] == SYNCHRONOUS:
            rows.append(stream[at + 1 : at + 1 + row_bytes])
            at += 1 + row_bytes
            continue
        assert stream[at] == ESCAPE, f"no command: {stream[at : at + 4].hex(' ')}"
        command = stream[at + 1] if stream[at + 1 : at + 2] else ESCAPE
        if command == ord("D"):
            row_bytes = stream[at + 2]
        elif command == ord("f"):
            rows += [bytes(row_bytes)] * stream[at + 3]
        at += 1 if command == ESCAPE else lengths.get(command, 2)
    return Dots(row_bytes * 8, len(rows), b"".join(rows))
