"""A small program that prints as the desk does: one request a line, one answer a line, as JSON.

It runs apart from the tests because a program learns of its print server once, when Qt first asks.
Run by its path with this checkout importable; ends with its input.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from labelapp.bootstrap import built
from labelapp.bootstrap.machine import Machine
from labelapp.dispensing.shown import Wanted
from labelapp.printing.printer import Job
from labelapp.printing.qt import QtPrinter, queues
from labelapp.rx.errors import PrinterFailed
from labelapp.rx.paper import Paper
from labelapp.rx.receipt import Receipt


def dispense(file: str, printer: str, wanted: Wanted) -> dict[str, Any]:
    """Take a prescription the whole way to the queue; say what was sent, and what came of it."""
    desk = built.desk(Machine(), date(2026, 11, 22))
    (draft,) = desk.open(file)
    shown = desk.look(draft, wanted)
    assert shown.label, [each.sentence for each in shown.open_findings]
    came = desk.send(shown, printer)
    pages = [[page.width, page.height, page.bits.hex()] for page in shown.label.pages]
    colours = [page.colours.hex() for page in shown.label.pages]
    if not isinstance(came, Receipt):
        return {"pages": pages, "sent": False}
    return {"pages": pages, "sent": True, "colours": colours, "in_colour": came.in_colour}


def do(asked: dict[str, Any]) -> dict[str, Any]:
    """Do what a line asks for."""
    if asked["do"] == "dispense":
        wanted = Wanted(asked["stock"], asked.get("dpi"), colour=asked.get("colour", False))
        if "paper" in asked:
            wanted = replace(wanted, paper=Paper(asked["paper"]))
        return dispense(asked["file"], asked["printer"], wanted)
    if asked["do"] == "queues":
        return {each.name: [each.state, each.ready, list(each.reasons)] for each in queues()}
    if asked["do"] == "colours":
        return {each.name: each.in_colour for each in queues()}
    size = (Decimal(asked["width_mm"]), Decimal(asked["height_mm"]))
    printer = QtPrinter(asked["printer"])
    if asked["do"] == "wants":
        wants = printer.wants(*size)
        return {"kind": wants.kind, "dpi": wants.dpi}
    pages = tuple(bytes.fromhex(page) for page in asked["pages"])
    dots = (asked["width"], asked["height"], asked["dpi"])
    colours = tuple(bytes.fromhex(page) for page in asked.get("colours", ()))
    came = printer.send(Job(asked["title"], b"", pages, *dots, *size, colours))
    if isinstance(came, Receipt):
        return {"receipt": came.job, "pages": came.pages, "in_colour": came.in_colour}
    return {"unknown": came.code}


def main() -> None:
    """Answer every line."""
    for line in sys.stdin:
        try:
            told = do(json.loads(line))
        except PrinterFailed as failed:
            told = {"failed": failed.code, **failed.values}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
