"""Questions to a print server and its answers as bytes: the Internet Printing Protocol, RFC 8010.

Only what a question about a queue or a job takes. An answer is data from outside: it is bounded by
whoever fetched it, and anything odd in it raises `Garbled`.
"""

from __future__ import annotations

import enum
import struct
from dataclasses import dataclass

Value = int | bool | str | tuple[int, int] | None
Attributes = dict[str, tuple[Value, ...]]

END_OF_ATTRIBUTES = 0x03
LAST_DELIMITER = 0x0F
PER_INCH = 3  # a resolution's unit: 3 is dots per inch, 4 per centimetre


class Operation(enum.IntEnum):
    """What a server can be asked (RFC 8011, 5.4.15)."""

    VALIDATE_JOB = 0x0004
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B


class Tag(enum.IntEnum):
    """What kind of value follows (RFC 8010, 3.5.2)."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    RESOLUTION = 0x32
    TEXT_WITH_LANGUAGE = 0x35
    NAME_WITH_LANGUAGE = 0x36
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49


class Group(enum.IntEnum):
    """What a group of attributes speaks of (RFC 8010, 3.5.1)."""

    OPERATION = 0x01
    JOB = 0x02
    PRINTER = 0x04


@dataclass(frozen=True)
class Answer:
    """What the server said: its status code and the groups of attributes, in their order."""

    status: int
    groups: tuple[tuple[int, Attributes], ...]

    @property
    def is_good(self) -> bool:
        """True when the server did what it was asked (RFC 8011, B.1)."""
        return self.status < 0x0100

    def of(self, group: Group) -> tuple[Attributes, ...]:
        """Give the groups that speak of this."""
        return tuple(attributes for kind, attributes in self.groups if kind == group)


class Garbled(ValueError):
    """An answer that is not IPP."""


def question(
    operation: Operation, uri: str, *more: tuple[Tag, str, tuple[str | int, ...]]
) -> bytes:
    """Write a question about the queue at `uri`, in English and UTF-8."""
    message = struct.pack(">BBHIB", 2, 0, operation, 1, Group.OPERATION)
    message += _attribute(Tag.CHARSET, "attributes-charset", ("utf-8",))
    message += _attribute(Tag.LANGUAGE, "attributes-natural-language", ("en",))
    message += _attribute(Tag.URI, "printer-uri", (uri,))
    for tag, name, values in more:
        message += _attribute(tag, name, values)
    return message + bytes([END_OF_ATTRIBUTES])


def answer(message: bytes) -> Answer:
    """Read an answer. Raises Garbled."""
    try:
        return _read(message)
    except (struct.error, IndexError, ValueError) as broken:
        raise Garbled("the answer is not IPP") from broken


def _attribute(tag: Tag, name: str, values: tuple[str | int, ...]) -> bytes:
    written = b""
    for number, value in enumerate(values):
        title = name.encode() if number == 0 else b""  # an empty name: one more value of the same
        raw = struct.pack(">i", value) if isinstance(value, int) else value.encode()
        written += struct.pack(">BH", tag, len(title)) + title + struct.pack(">H", len(raw)) + raw
    return written


def _read(message: bytes) -> Answer:
    _, status, _ = struct.unpack_from(">HHI", message)
    groups: list[tuple[int, Attributes]] = []
    name, at = "", 8
    while message[at] != END_OF_ATTRIBUTES:
        tag = message[at]
        at += 1
        if tag <= LAST_DELIMITER:
            groups.append((tag, {}))
            name = ""
            continue
        title, at = _counted(message, at)
        raw, at = _counted(message, at)
        name = title.decode() or name
        attributes = groups[-1][1]
        attributes[name] = (*attributes.get(name, ()), _value(tag, raw))
    return Answer(status, tuple(groups))


def _counted(message: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", message, at)
    end = at + 2 + length
    if end > len(message):
        raise ValueError("cut short")
    return message[at + 2 : end], end


def _value(tag: int, raw: bytes) -> Value:
    if tag in (Tag.INTEGER, Tag.ENUM):
        return int(struct.unpack(">i", raw)[0])
    if tag == Tag.BOOLEAN:
        return raw != b"\0"
    if tag == Tag.RESOLUTION:
        across, along, unit = struct.unpack(">iib", raw)
        return (across, along) if unit == PER_INCH else None
    if tag in (Tag.TEXT_WITH_LANGUAGE, Tag.NAME_WITH_LANGUAGE):
        _, text_at = _counted(raw, 0)
        return _counted(raw, text_at)[0].decode()
    if Tag.TEXT <= tag <= Tag.MIME_TYPE:
        return raw.decode()
    return None  # a kind nobody here asked for
