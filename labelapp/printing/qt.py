"""The operating system's queues through Qt: Windows, macOS and CUPS alike.

What goes to the driver is the bitmap that was proofed, dot for dot, at the head's own resolution:
no driver sets type, scales a bar or makes a second copy. Beside `gui` this is the one place that
knows Qt. Tried with CUPS 2.4; what is said of Windows stands in Qt's source (qprintengine_win.cpp).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from PySide6.QtCore import QCoreApplication, QMarginsF, QRect, QSizeF
from PySide6.QtGui import QGuiApplication, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintEngine, QPrinter, QPrinterInfo

from labelapp.printing.cups import IN_COLOUR, Cups, NoAnswer, Queue, this_computers
from labelapp.printing.ink import inked
from labelapp.printing.lengths import size_said, whole_points
from labelapp.printing.printer import Job, Kind, QueueState, State, Wants
from labelapp.rx.errors import PrinterFailed
from labelapp.rx.receipt import Receipt, Unknown

WHITE, BLACK = 0xFFFFFFFF, 0xFF000000
NEAR_MM = 0.6
"""Drivers and makers round sizes (28 mm is 1 1/8 in): nearer than this is the same stock."""
LYING, STANDING = QPageLayout.Orientation.Portrait, QPageLayout.Orientation.Landscape
GREY, COLOURS = QPrinter.ColorMode.GrayScale, QPrinter.ColorMode.Color
OPTIONS = 0xFE00
"""The key of what Qt tells CUPS beside the page (`PPK_CupsOptions`, a name its headers keep)."""
ASK_FOR_COLOURS = ["print-color-mode", IN_COLOUR]
COARSE = {
    QPrinter.PrinterState.Idle: State.IDLE,
    QPrinter.PrinterState.Active: State.PRINTING,
    QPrinter.PrinterState.Aborted: State.ERROR,
    QPrinter.PrinterState.Error: State.ERROR,
}
REFUSED = {
    State.PAUSED: "printer.paused",
    State.REJECTING: "printer.rejecting",
    State.ERROR: "printer.error",
}


def queues() -> tuple[QueueState, ...]:
    """List this computer's queues by name; none of them is chosen for anybody.

    What CUPS calls an instance (queue/name) is the same queue with other settings: left out.
    """
    _without_window()
    server = this_computers()
    names = sorted(QPrinterInfo.availablePrinterNames())
    return tuple(_state(name, server) for name in names if server is None or "/" not in name)


class QtPrinter:
    """One queue of the operating system."""

    def __init__(self, name: str) -> None:
        _without_window()
        self._name = name

    @property
    def name(self) -> str:
        """The queue's name."""
        return self._name

    def wants(self, width_mm: Decimal, height_mm: Decimal) -> Wants:  # noqa: ARG002 - any size
        """Ask for dots, at the resolution the queue's driver works at. Raises PrinterFailed."""
        queue = self._known(this_computers())
        if queue is None:
            return Wants(Kind.BITMAP, self._printer().resolution())
        if queue.resolution is None:
            return Wants(Kind.BITMAP)
        across, along = queue.resolution
        if across != along:
            raise self._failed("printer.uneven", across=str(across), along=str(along))
        return Wants(Kind.BITMAP, across)

    def send(self, job: Job) -> Receipt | Unknown:
        """Send the label's dots once, in colour where it has colours and the queue says so too.

        Raises PrinterFailed while nothing has left the program.
        """
        server = this_computers()
        queue = self._known(server)
        state = queue.state if queue else _coarse(self._name)
        self._must_be_open(state)
        if queue and queue.habits:
            raise self._failed("printer.habits", habits=", ".join(queue.habits))
        job = job if state.in_colour else replace(job, colours=())
        printer = self._set_up(job, queue is not None)
        before = self._newest_job(server)
        if not self._paint(printer, job):
            return Unknown(self._name, "printer.broken-off")
        if server is None:
            return Receipt(self._name, job.title, len(job.pages), bool(job.colours))
        return self._found(server, before, job)

    def _known(self, server: Cups | None) -> Queue | None:
        """Look the queue up: None where no server can be asked, and Qt alone must do."""
        if QPrinterInfo.printerInfo(self._name).isNull():
            raise self._failed("printer.none-such")
        if server is None:
            return None
        try:
            queue = server.queue(self._name)
        except NoAnswer as silent:
            raise self._failed("printer.no-answer") from silent
        if queue is None:
            raise self._failed("printer.none-such")
        return queue

    def _must_be_open(self, state: QueueState) -> None:
        if state.state in REFUSED:
            raise self._failed(REFUSED[state.state])

    def _printer(self) -> QPrinter:
        info = QPrinterInfo.printerInfo(self._name)
        return QPrinter(info, QPrinter.PrinterMode.HighResolution)

    def _set_up(self, job: Job, by_cups: bool) -> QPrinter:  # noqa: FBT001 - private, one caller
        """Ready the queue for this label, and see that it would neither scale nor cut it."""
        has = self.wants(job.width_mm, job.height_mm).dpi
        if has not in (None, job.dpi):
            raise self._failed("printer.other-dpi", has=str(has), wants=str(job.dpi))
        printer = self._printer()
        printer.setFullPage(True)
        if not _set_size(printer, job, by_cups):
            wants = size_said(float(job.width_mm), float(job.height_mm))
            raise self._failed("printer.no-size", size=wants)
        printer.setPageMargins(QMarginsF(0, 0, 0, 0))
        if by_cups:  # there the page travels as PDF: only the driver has dots, and they are these
            printer.setResolution(job.dpi)
        self._set_colours(printer, job, by_cups)
        printer.setCopyCount(1)
        printer.setDocName(job.title)
        self._must_fit(printer, job)
        return printer

    def _set_colours(self, printer: QPrinter, job: Job, by_cups: bool) -> None:  # noqa: FBT001
        """Choose black alone or colours, and see that the choice was taken: no label turns grey."""
        printer.setColorMode(COLOURS if job.colours else GREY)
        if not job.colours:
            return
        is_taken = printer.colorMode() is COLOURS
        if by_cups:  # whose queue may be set to print grey unless a job says otherwise
            engine, key = printer.printEngine(), QPrintEngine.PrintEnginePropertyKey(OPTIONS)
            engine.setProperty(key, ASK_FOR_COLOURS)
            is_taken = is_taken and engine.property(key) == ASK_FOR_COLOURS
        if not is_taken:
            raise self._failed("printer.no-colours")

    def _must_fit(self, printer: QPrinter, job: Job) -> None:
        page = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
        width, height = float(job.width_mm), float(job.height_mm)
        if abs(page.width() - width) > NEAR_MM or abs(page.height() - height) > NEAR_MM:
            has = size_said(page.width(), page.height())
            raise self._failed("printer.other-size", has=has, wants=size_said(width, height))
        if not _printable(printer, job.dpi).contains(QRect(*inked(job))):
            raise self._failed("printer.cuts", size=size_said(width, height))

    def _newest_job(self, server: Cups | None) -> int:
        try:
            return server.newest_job(self._name) if server else 0
        except NoAnswer as silent:
            raise self._failed("printer.no-answer") from silent

    def _paint(self, printer: QPrinter, job: Job) -> bool:
        """Hand the pages over; False when that broke off after it had begun."""
        painter = QPainter()
        if not painter.begin(printer):
            raise self._failed("printer.no-start")
        try:
            self._must_fit(printer, job)  # a driver may change the page as the job begins
            painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)  # never JPEG
            for number, image in enumerate(_images(job)):
                if number and not printer.newPage():
                    printer.abort()
                    return False
                painter.drawImage(0, 0, image)
        except PrinterFailed:
            printer.abort()
            raise
        finally:
            ended = painter.end()
        return bool(ended) and printer.printerState() != QPrinter.PrinterState.Error

    def _found(self, server: Cups, before: int, job: Job) -> Receipt | Unknown:
        """Find the job at the server: Qt says all is well for labels no queue ever took."""
        try:
            number = server.job_after(self._name, before, job.title)
        except NoAnswer:
            number = None
        if number is None:
            return Unknown(self._name, "printer.no-trace")
        return Receipt(self._name, f"{self._name}-{number}", len(job.pages), bool(job.colours))

    def _failed(self, code: str, **values: str) -> PrinterFailed:
        return PrinterFailed(code, printer=self._name, **values)


@cache
def _without_window() -> QCoreApplication:
    """Have Qt running: the window's if there is one, else one without any screen."""
    running = QGuiApplication.instance()
    if running is not None:
        return running
    nowhere = ["-platform", "offscreen"] if sys.platform == "linux" else []
    return QGuiApplication(["labelapp", *nowhere])


def _state(name: str, server: Cups | None) -> QueueState:
    try:
        queue = server.queue(name) if server else None
    except NoAnswer:
        queue = None
    return queue.state if queue else _coarse(name)


def _coarse(name: str) -> QueueState:
    """Give the state as Qt knows it: on Windows, or when the server does not answer."""
    info = QPrinterInfo.printerInfo(name)
    state = COARSE[info.state()]
    has_colours = COLOURS in info.supportedColorModes()
    return QueueState(name, state, state is not State.ERROR, in_colour=has_colours)


def _set_size(printer: QPrinter, job: Job, by_cups: bool) -> bool:  # noqa: FBT001 - private
    """Set the label's size as the driver lists it, else as a size of its own; False: neither can be.

    A label that is read across its feed (DYMO) is listed standing: Qt turns the page, dot for dot.
    """
    info = QPrinterInfo.printerInfo(printer.printerName())
    lying = QSizeF(float(job.width_mm), float(job.height_mm))
    for listed_alone in (True, False):
        for size, orientation in ((lying, LYING), (lying.transposed(), STANDING)):
            page = _listed(info, size) if listed_alone else _own(info, size, by_cups)
            if page:
                printer.setPageSize(page)
                printer.setPageOrientation(orientation)
                return True
    return False


def _listed(info: QPrinterInfo, size: QSizeF) -> QPageSize | None:
    """Find the size the driver lists that is nearest to the label's, if it is the same stock."""

    def off(page: QPageSize) -> float:
        has = page.size(QPageSize.Unit.Millimeter)
        return max(abs(has.width() - size.width()), abs(has.height() - size.height()))

    nearest = min(info.supportedPageSizes(), key=off, default=None)
    return nearest if nearest and off(nearest) <= NEAR_MM else None


def _own(info: QPrinterInfo, size: QSizeF, by_cups: bool) -> QPageSize | None:  # noqa: FBT001
    """Make a size the driver does not list, if it takes such sizes.

    CUPS cuts it to whole points and moves the page by what it cut (2.4.2, cups-filters 1.28: the
    first row of dots was lost). Whole points to begin with stay where they are, if a shade more
    keeps them from being cut once again; what lies beyond them is the label's white edge, or
    `_must_fit` refuses it.
    """
    widest = info.maximumPhysicalPageSize().size(QPageSize.Unit.Millimeter)
    too_large = size.width() > widest.width() or size.height() > widest.height()
    if not info.supportsCustomPageSizes() or (not widest.isEmpty() and too_large):
        return None
    unit = QPageSize.Unit.Millimeter
    if by_cups:
        unit = QPageSize.Unit.Point
        size = QSizeF(whole_points(size.width()), whole_points(size.height()))
    return QPageSize(size, unit, "label", QPageSize.SizeMatchPolicy.ExactMatch)


def _printable(printer: QPrinter, dpi: int) -> QRect:
    """Give the dots of the page the driver can ink; what it rounds up is given back to the label.

    Qt (6.11, CUPS) says the edges of the standing sheet for a turned page too, and which way it
    is turned is the driver's own affair: the wider of two opposite edges counts for both.
    """
    layout = printer.pageLayout()
    layout.setUnits(QPageLayout.Unit.Millimeter)
    edges = layout.minimumMargins()
    sheet = (edges.left(), edges.top(), edges.right(), edges.bottom())
    left, top, right, bottom = (int(edge * dpi / 25.4) for edge in sheet)
    if layout.orientation() is STANDING:
        left, right, top, bottom = (max(top, bottom),) * 2 + (max(left, right),) * 2
    return layout.fullRectPixels(dpi).adjusted(left, top, -right, -bottom)


def _images(job: Job) -> Iterator[QImage]:
    """Give the picture of each page: its colours where the job has some, else its dots."""
    size = (job.width, job.height)
    for page in job.colours:
        yield QImage(page, *size, 3 * job.width, QImage.Format.Format_RGB888).copy()
    for page in () if job.colours else job.pages:
        image = QImage(page, *size, job.row_bytes, QImage.Format.Format_Mono)
        image.setColorTable([WHITE, BLACK])
        yield image.copy()
