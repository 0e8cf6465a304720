"""The exact picture of a PDF at the head's resolution: one bit for every dot it will burn.

PDFium's ready-made rendering rounds the bitmap up and stretches the page over it, so the bars of
a page that is not a whole number of its pixels come out a dot wrong. Here a matrix lays the page
down at exactly dpi/72, its top left corner on the first dot.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import partial
from threading import Lock

import pypdfium2.raw as pdfium
from PIL import Image

from labelapp.draw.dots import packed
from labelapp.rx.errors import ProofFailed

THRESHOLD = 128
"""A dot is burned when at least half of it is ink; no dithering, which a scanner cannot read."""
_TABLE = [0 if tone < THRESHOLD else 255 for tone in range(256)]

Paint = Callable[[object, int, int, float], Image.Image]

_one_at_a_time = Lock()
"""PDFium is not thread-safe."""


def raster(pdf: bytes, dpi: int) -> tuple[Image.Image, ...]:
    """Give a picture in mode "1" of each page, black where the head burns."""
    return _pictures(pdf, partial(_page, dpi=dpi, paint=_paint))


def tones(pdf: bytes, dpi: int) -> tuple[Image.Image, ...]:
    """Give a picture of each page in 256 tones of grey, as it is before any dot is decided."""
    return _pictures(pdf, partial(_page, dpi=dpi, paint=_paint_tones))


def _pictures(pdf: bytes, picture: Callable[[object], Image.Image]) -> tuple[Image.Image, ...]:
    with _one_at_a_time:
        document = pdfium.FPDF_LoadMemDocument64(pdf, len(pdf), None)
        if not document:
            raise ProofFailed("proof.unreadable-pdf")
        try:
            count = pdfium.FPDF_GetPageCount(document)
            pages = (_loaded(document, index) for index in range(count))
            return tuple(picture(page) for page in pages)
        finally:
            pdfium.FPDF_CloseDocument(document)


def coloured(pdf: bytes, dpi: int) -> tuple[Image.Image, ...]:
    """Give a picture in colour of each page, as a printer that has colours prints it."""
    return _pictures(pdf, partial(_page, dpi=dpi, paint=_paint_colours))


def bits(image: Image.Image) -> bytes:
    """Give the picture's rows, 8 dots to a byte, most significant first, 1 is black."""
    return packed(image)


def shares(image: Image.Image) -> bytes:
    """Give the picture's rows, red, green and blue of each dot, 255 of each is white."""
    return image.convert("RGB").tobytes()


def _loaded(document: object, index: int) -> object:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise ProofFailed("proof.unreadable-pdf")
    return page


def _page(page: object, *, dpi: int, paint: Paint) -> Image.Image:
    try:
        scale = dpi / 72
        width = round(pdfium.FPDF_GetPageWidthF(page) * scale)
        height = round(pdfium.FPDF_GetPageHeightF(page) * scale)
        return paint(page, width, height, scale)
    finally:
        pdfium.FPDF_ClosePage(page)


def _paint(page: object, width: int, height: int, scale: float) -> Image.Image:
    return _paint_tones(page, width, height, scale).point(_TABLE, "1")


def _paint_tones(page: object, width: int, height: int, scale: float) -> Image.Image:
    stride = -(-width // 4) * 4
    dots = _dots(page, (width, height), scale, (stride, pdfium.FPDFBitmap_Gray))
    return Image.frombuffer("L", (width, height), dots, "raw", "L", stride, 1)


def _paint_colours(page: object, width: int, height: int, scale: float) -> Image.Image:
    stride = width * 4
    dots = _dots(page, (width, height), scale, (stride, pdfium.FPDFBitmap_BGRx))
    return Image.frombuffer("RGB", (width, height), dots, "raw", "BGRX", stride, 1)


def _dots(page: object, size: tuple[int, int], scale: float, form: tuple[int, int]) -> bytearray:
    """Render a page on white: `form` is how many bytes a row has, and what they are."""
    (width, height), (stride, kind) = size, form
    dots = bytearray(b"\xff") * (stride * height)
    buffer = (ctypes.c_ubyte * len(dots)).from_buffer(dots)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, kind, buffer, stride)
    try:
        matrix = pdfium.FS_MATRIX(scale, 0, 0, scale, 0, 0)
        clip = pdfium.FS_RECTF(0, 0, width, height)
        flags = pdfium.FPDF_ANNOT
        if kind == pdfium.FPDFBitmap_Gray:
            flags |= pdfium.FPDF_GRAYSCALE
        pdfium.FPDF_RenderPageBitmapWithMatrix(
            bitmap, page, ctypes.byref(matrix), ctypes.byref(clip), flags
        )
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return dots
