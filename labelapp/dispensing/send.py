"""From a proofed label to paper or file, once; nothing here ever sends a second time by itself."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

from labelapp.dispensing.plain import Plain
from labelapp.dispensing.shown import Shown, ShownLabel, ShownPrinter
from labelapp.printing.file import FilePrinter, write_whole
from labelapp.printing.printer import Job
from labelapp.rx.dates import staff_date
from labelapp.rx.errors import LabelappError
from labelapp.rx.receipt import Receipt, Unknown


class StillOpen(LabelappError):
    """A label was asked for while a question is open or before its proof."""

    code = "label.still-open"


class Stale(LabelappError):
    """A label that was looked at on another day: its dates and its beyond-use date may be wrong."""

    code = "label.stale"


def save(shown: Shown, path: Path, today: date) -> Receipt:
    """Save the proofed PDF as it is.

    Raises Stale on another day, StillOpen while a question is open, CannotWrite.
    """
    job = _job(shown, today)
    result = FilePrinter(path).send(job)
    assert isinstance(result, Receipt)
    return result


def write(pdf: bytes, path: Path) -> None:
    """Write the proofed PDF of a batch as one whole file, or not at all. Raises CannotWrite."""
    write_whole(pdf, path)


def send(shown: Shown, printer: str, today: date) -> Receipt | Unknown:
    """Send the picture the proof was made on to a queue of the operating system, once.

    A queue that says it prints colours is sent the colours, any other one black alone. Raises
    Stale on another day than it was looked at, StillOpen while a question is open, PrinterFailed
    when the queue did not take it.
    """
    job = _job(shown, today)
    from labelapp.printing.qt import QtPrinter  # noqa: PLC0415 - Qt stays unloaded on the command line

    return QtPrinter(printer).send(job)


def save_label(label: ShownLabel, path: Path) -> Receipt:
    """Save a proofed label that is of no day, as a lot's is. Raises CannotWrite."""
    result = FilePrinter(path).send(_job_of(label))
    assert isinstance(result, Receipt)
    return result


def send_label(label: ShownLabel, printer: str) -> Receipt | Unknown:
    """Send a proofed label that is of no day to a queue, once. Raises PrinterFailed."""
    from labelapp.printing.qt import QtPrinter  # noqa: PLC0415 - as above

    return QtPrinter(printer).send(_job_of(label))


def printers(plain: Plain) -> tuple[ShownPrinter, ...]:
    """List the queues of this computer."""
    from labelapp.printing.qt import queues  # noqa: PLC0415 - as above

    return tuple(
        ShownPrinter(each.name, plain.word(each.state), each.ready, each.in_colour)
        for each in queues()
    )


def check(shown: Shown, today: date) -> ShownLabel:
    """Give the label when it may leave. Raises Stale on another day, StillOpen while one asks."""
    if shown.day != today:
        raise Stale(day=staff_date(shown.day), today=staff_date(today))
    if not shown.may_print or shown.label is None:
        raise StillOpen
    return shown.label


def _job(shown: Shown, today: date) -> Job:
    return _job_of(check(shown, today))


def _job_of(label: ShownLabel) -> Job:
    first = label.pages[0]
    return Job(
        title=f"LDN label {sha256(label.pdf).hexdigest()[:8]}",
        pdf=label.pdf,
        pages=tuple(page.bits for page in label.pages),
        width=first.width,
        height=first.height,
        dpi=label.dpi,
        width_mm=label.stock.width_mm,
        height_mm=label.stock.height_mm,
        colours=tuple(page.colours for page in label.pages if page.packed_colours),
    )
