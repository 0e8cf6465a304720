"""A small program that prints as the desk does: one request a line, one answer a line, as JSON.

It runs apart from the tests because a program learns of its print server once, when Qt first asks.
Run by its path with this checkout importable; ends with its input.
"""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from typing import Any

from labelapp.printing.printer import Job
from labelapp.printing.qt import QtPrinter, queues
from labelapp.rx.errors import PrinterFailed
from labelapp.rx.receipt import Receipt


def do(asked: dict[str, Any]) -> dict[str, Any]:
    """Do what a line asks for."""
    if asked["do"] == "queues":
        return {each.name: [each.state, each.ready, list(each.reasons)] for each in queues()}
    size = (Decimal(asked["width_mm"]), Decimal(asked["height_mm"]))
    printer = QtPrinter(asked["printer"])
    if asked["do"] == "wants":
        wants = printer.wants(*size)
        return {"kind": wants.kind, "dpi": wants.dpi}
    pages = tuple(bytes.fromhex(page) for page in asked["pages"])
    dots = (asked["width"], asked["height"], asked["dpi"])
    came = printer.send(Job(asked["title"], b"", pages, *dots, *size))
    if isinstance(came, Receipt):
        return {"receipt": came.job, "pages": came.pages}
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
