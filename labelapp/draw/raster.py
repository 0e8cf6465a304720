"""The exact picture of a PDF at the head's resolution: one bit for every dot it will burn.

PDFium's ready-made rendering rounds the bitmap up and stretches the page over it, so the bars of
a page that is not a whole number of its pixels come out a dot wrong. Here a matrix lays the page
down at exactly dpi/72, its top left corner on the first dot.
"""

from __future__ import annotations

import ctypes
from threading import Lock

import pypdfium2.raw as pdfium
from PIL import Image

from labelapp.draw.dots import packed
from labelapp.rx.errors import ProofFailed

THRESHOLD = 128
"""A dot is burned when at least half of it is ink; no dithering, which a scanner cannot read."""
_TABLE = [0 if tone < THRESHOLD else 255 for tone in range(256)]

_one_at_a_time = Lock()
"""PDFium is not thread-safe."""


def raster(pdf: bytes, dpi: int) -> tuple[Image.Image, ...]:
    """Give a picture in mode "1" of each page, black where the head burns."""
    with _one_at_a_time:
        document = pdfium.FPDF_LoadMemDocument64(pdf, len(pdf), None)
        if not document:
            raise ProofFailed("proof.unreadable-pdf")
        try:
            count = pdfium.FPDF_GetPageCount(document)
            return tuple(_page(document, index, dpi) for index in range(count))
        finally:
            pdfium.FPDF_CloseDocument(document)


def bits(image: Image.Image) -> bytes:
    """Give the picture's rows, 8 dots to a byte, most significant first, 1 is black."""
    return packed(image)


def _page(document: object, index: int, dpi: int) -> Image.Image:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise ProofFailed("proof.unreadable-pdf")
    try:
        scale = dpi / 72
        width = round(pdfium.FPDF_GetPageWidthF(page) * scale)
        height = round(pdfium.FPDF_GetPageHeightF(page) * scale)
        return _paint(page, width, height, scale)
    finally:
        pdfium.FPDF_ClosePage(page)


def _paint(page: object, width: int, height: int, scale: float) -> Image.Image:
    stride = -(-width // 4) * 4
    dots = bytearray(b"\xff") * (stride * height)
    buffer = (ctypes.c_ubyte * len(dots)).from_buffer(dots)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, buffer, stride)
    try:
        matrix = pdfium.FS_MATRIX(scale, 0, 0, scale, 0, 0)
        clip = pdfium.FS_RECTF(0, 0, width, height)
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE
        pdfium.FPDF_RenderPageBitmapWithMatrix(
            bitmap, page, ctypes.byref(matrix), ctypes.byref(clip), flags
        )
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    grey = Image.frombuffer("L", (width, height), dots, "raw", "L", stride, 1)
    return grey.point(_TABLE, "1")
