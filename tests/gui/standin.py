"""A desk of a few lines for the window's own tests: it knows one sig and answers at once."""

from __future__ import annotations

import threading
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, cast

from labelapp.dispensing.send import Stale
from labelapp.dispensing.shown import (
    Shown,
    ShownBox,
    ShownBud,
    ShownFinding,
    ShownLabel,
    ShownLine,
    ShownPage,
    ShownPrinter,
    ShownSig,
    ShownStock,
    ShownTranslation,
    Wanted,
)
from labelapp.rx.draft import Draft
from labelapp.rx.errors import LabelappError, PrinterFailed, UnreadableFile
from labelapp.rx.finding import Finding, Settler, Severity, Span, ask, stop
from labelapp.rx.receipt import Receipt, Unknown

if TYPE_CHECKING:
    from labelapp.dispensing.desk import Desk

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
STOCKS = (
    ShownStock("thermal-4x2", "Thermal 4 x 2 in", Decimal("101.6"), Decimal("50.8"), (203, 300)),
    ShownStock("thermal-4x3", "Thermal 4 x 3 in", Decimal("101.6"), Decimal("76.2"), (203,)),
)
ROWS = {
    key: row["says"]
    for file in sorted((ROOT / "resources/screen/en").glob("*.toml"))
    for key, row in tomllib.loads(file.read_text("utf-8")).items()
}


def words(key: str, /, **values: str) -> str:
    """Look a word up; a key without a row fails the test."""
    says: str = ROWS[key]
    return says.format_map(values)


def page(width: int = 812, height: int = 406) -> ShownPage:
    """Draw a label of stripes, one box on it."""
    row = (width + 7) // 8
    bits = b"".join(b"\xff" * row if y % 40 < 4 else b"\x00" * row for y in range(height))
    box = ShownBox("Jane Doe", "patient", "16 CCR 1707.5", 12.0, 2.0, 2.0, 40.0, 5.0)
    other = replace(box, text="Take 1 capsule at bedtime", key="directions", y_mm=9.0)
    return ShownPage(width, height, 203, bits, (box, other), ())


class StandIn:
    """Answers like the desk: a label as soon as a patient and directions are there."""

    def __init__(self) -> None:
        self.office = None
        self.looked: list[Draft] = []
        self.saved: list[str] = []
        self.sent: list[str] = []
        self.fails: Exception | None = None
        self.missing = ""
        self.outcome: Receipt | Unknown = Receipt("Zebra", "Zebra-7", 1)
        self.today = NOON.date()
        self.page = page()
        self.gate: threading.Event | None = None
        """What a look or a send waits for."""

    def open(self, path: str) -> tuple[Draft, ...]:
        if not path.endswith(".json"):
            raise UnreadableFile("file.unreadable", name=Path(path).name)
        number = Path(path).stem
        fields = {"rx_number": number, "patient.family": "Doe", "patient.given": "Jane"}
        return (Draft({**fields, "sig": "1 cap po qhs", "patient.phone": "555 0100"}, "own"),)

    def look(self, draft: Draft, wanted: Wanted) -> Shown:
        self.looked.append(draft)
        self._wait()
        if self.fails is not None:
            raise self.fails
        sig = draft.get("sig")
        found = _findings(draft)
        if self.missing:
            found = (stop("field.missing", self.missing, Settler.NOBODY), *found)
        shown = tuple(_say(each, draft) for each in found)
        lines: tuple[ShownLine, ...] = ()
        if sig:
            lines = (ShownLine("Take 1 capsule at bedtime", (Span(0, len(sig)),)),)
        if wanted.language != "en":
            said = ShownTranslation(wanted.language, "Tome 1 cápsula al acostarse", draft=True)
            lines = tuple(replace(each, translation=said) for each in lines)
        stock = next(each for each in STOCKS if each.id == wanted.stock)
        label = ShownLabel(
            stock, wanted.dpi or 203, "R1-00-1-1", b"%PDF-", (self.page, self.page), True
        )
        return Shown(
            day=self.today,
            sig=ShownSig("ok", lines=lines),
            findings=shown,
            bud=ShownBud(date(2027, 5, 20), "180 days from compounding", ()),
            days_supply=30,
            units_needed="30",
            auxiliary=(
                ("no-opioids", "Do not take with opioids", True),
                ("dry", "May make <b>drowsy</b>", "dry" in draft.written.values()),
            ),
            label=label if sig and draft.get("patient.family") else None,
        )

    def is_of_today(self, shown: Shown) -> bool:
        return shown.day == self.today

    def stocks(self) -> tuple[ShownStock, ...]:
        return STOCKS

    home_law = "CA"

    def jurisdictions(self) -> tuple[str, ...]:
        return ("CA", "US")

    def languages(self) -> tuple[tuple[str, str], ...]:
        return (("es", "Español"), ("vi", "Tiếng Việt"))

    def printers(self) -> tuple[ShownPrinter, ...]:
        return (ShownPrinter("Zebra", "ready", True), ShownPrinter("Back", "paused", False))

    def save(self, shown: Shown, path: str) -> Receipt:
        self.saved.append(path)
        Path(path).write_bytes(shown.label.pdf if shown.label else b"")
        return Receipt("file", Path(path).name, 2)

    def send(self, shown: Shown, printer: str) -> Receipt | Unknown:
        if not self.is_of_today(shown):
            raise Stale
        self.sent.append(printer)
        self._wait()
        if printer == "Back":
            raise PrinterFailed("printer.failed", printer=printer)
        return self.outcome

    def _wait(self) -> None:
        if self.gate is not None:
            self.gate.wait(10)

    def plain(self, error: LabelappError) -> tuple[str, str]:
        return f"Not done: {error.code}.", "Try another."

    def word(self, key: str, /, **values: str) -> str:
        return words(key, **values)


def desk(standin: StandIn) -> Desk:
    """Hand the stand-in to a window, which asks for a desk."""
    return cast("Desk", standin)


def _findings(draft: Draft) -> tuple[Finding, ...]:
    found = []
    sig = draft.get("sig")
    place = sig.find("zz")
    if place >= 0:
        word = stop("sig.unknown-word", "sig", Settler.NOBODY, text="zz")
        found.append(replace(word, spans=(Span(place, place + 2),)))
    if "od" in sig.split():
        choices = ("once daily", "right eye")
        found.append(replace(ask("sig.ambiguous", "sig", text="od"), choices=choices))
    if draft.get("safety.opioid") == "yes":
        found.append(stop("safety.opioid", "safety.opioid"))
    if draft.get("lots.0.number").startswith("<"):
        found.append(
            ask("lot.odd", "lots.0.number", Settler.ANYONE, lot=draft.get("lots.0.number"))
        )
    found.append(Finding("bud.note", Severity.NOTE, Settler.ANYONE))
    return tuple(found)


def _say(finding: Finding, draft: Draft) -> ShownFinding:
    answer = next((each for each in draft.decisions if each.answers(finding)), None)
    settled = f"{answer.by} ({answer.role}): {answer.choice}" if answer else ""
    said = ", ".join(value for _, value in finding.values)
    return ShownFinding(finding, f"{finding.code} <i>{said}</i>", "Change the field.", settled)
