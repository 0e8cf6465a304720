"""Which format a prescription file is in: decided by what stands in it, never by its name."""

from __future__ import annotations

import re
from dataclasses import replace

from labelapp.intake import fhir, own
from labelapp.intake.limits import decode, load, short
from labelapp.rx.draft import AsReceived, Draft
from labelapp.rx.errors import UnreadableFile

_PICTURES = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"PK\x03\x04": "ZIP",
}
_XML = (
    ("ClinicalDocument", "C-CDA"),
    ("hl7.org/fhir", "FHIR XML"),
    ("NewRx", "NCPDP SCRIPT"),
    ("ncpdp", "NCPDP SCRIPT"),
)
_TABLE = re.compile(r"[^\n{}<>]*([,;\t])[^\n{}<>]*\1[^\n{}<>]*(\n|\Z)")


def read_file(name: str, data: bytes) -> tuple[Draft, ...]:
    """Read a prescription file: one draft for each prescription in it, at least one.

    `name` never decides anything. Raises UnreadableFile with the reason as its code; its values
    hold the name, so that a batch can say which file was refused.
    """
    try:
        came = AsReceived("message", data)
        return tuple(replace(draft, came=came) for draft in _read(data))
    except UnreadableFile as no:
        raise UnreadableFile(no.code, **{**no.values, "name": short(name)}) from None


def _read(data: bytes) -> tuple[Draft, ...]:
    for mark, format_ in _PICTURES.items():
        if data.startswith(mark):
            raise UnreadableFile("file.not-read-yet", format=format_)
    text = decode(data).lstrip()
    if not text:
        raise UnreadableFile("file.empty")
    other = _other_format(text)
    if other:
        raise UnreadableFile("file.not-read-yet", format=other)
    return _document(load(data))


def _other_format(text: str) -> str:
    """Name a format that is known by its first characters but not read yet; empty for none."""
    if text.startswith(("{", "[")):
        return ""
    if text.startswith("<"):
        return next((name for mark, name in _XML if mark in text[:4_000]), "XML")
    if text.startswith(("MSH|", "FHS|", "BHS|")):
        return "HL7 v2"
    if text.startswith(("UNA", "UNB")):
        return "EDIFACT"
    return "CSV" if _TABLE.match(text) else ""


def _document(document: object) -> tuple[Draft, ...]:
    if not isinstance(document, dict):
        raise UnreadableFile("file.unknown-format")
    if "resourceType" in document:
        return fhir.read(document)
    if "format" in document:
        return (own.read(document),)
    raise UnreadableFile("file.unknown-format")
