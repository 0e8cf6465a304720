"""Where the ink of a label stands: a head that cannot reach all of it must not be sent it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from labelapp.printing.printer import Job

WHITE = b"\xff"
Span = tuple[int, int]


def inked(job: Job) -> tuple[int, int, int, int]:
    """Give the smallest box that holds the ink of every page, in colour where the job has colours.

    Left, top, width and height in dots; nothing at all where every page is white.
    """
    spans = tuple(_in_colour(job) if job.colours else _in_black(job))
    if not spans:
        return 0, 0, 0, 0
    rows, firsts, lasts = zip(*((row, *span) for row, span in spans), strict=True)
    left, top = min(firsts), min(rows)
    return left, top, max(lasts) + 1 - left, max(rows) + 1 - top


def _in_black(job: Job) -> Iterator[tuple[int, Span]]:
    def span(row: bytes) -> Span | None:
        number = int.from_bytes(row)
        if not number:
            return None
        last = (number & -number).bit_length()
        return 8 * len(row) - number.bit_length(), 8 * len(row) - last

    return _spans(job.pages, job.row_bytes, span)


def _in_colour(job: Job) -> Iterator[tuple[int, Span]]:
    def span(row: bytes) -> Span | None:
        before = len(row) - len(row.lstrip(WHITE))
        return None if before == len(row) else (before // 3, (len(row.rstrip(WHITE)) - 1) // 3)

    return _spans(job.colours, 3 * job.width, span)


def _spans(
    pages: tuple[bytes, ...], wide: int, span_of: Callable[[bytes], Span | None]
) -> Iterator[tuple[int, Span]]:
    """Give each row that has ink, by its number on its page, with its first and last dot."""
    for page in pages:
        for number, at in enumerate(range(0, len(page), wide)):
            span = span_of(page[at : at + wide])
            if span:
                yield number, span
