"""The reader of a fax or scan, a process of its own: bytes in, grey pages out, and no other way.

Faults are found every year in the large libraries that read pictures and PDFs. So they never see
one from outside in the program itself: `labelapp.draw.received` starts this module as a process
that gives up files, network, memory and time before it takes the first byte. It knows nothing
else of the program, so that it starts at once, and speaks through its pipes only:

    READY, then for each page PAGE, width and height (4 bytes each) and a byte of grey for each
    dot, then END; or, at any place where a page could begin, REFUSED and one of the reasons.
"""

from __future__ import annotations

import math
import os
import struct
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile

from labelapp.draw.received_confine import confine

READY, PAGE, END, REFUSED = b"R", b"P", b"E", b"X"
LARGE, MANY, LOCKED, DAMAGED = b"L", b"N", b"K", b"D"
SIZE = struct.Struct(">II")
"""Width and height of a page in dots."""

DPI = 200
"""A PDF is pictured as finely as a fax is sent."""
LAST_WORD, WITHIN = b"%%EOF", 1024
"""What a PDF ends with, and in how many of its last bytes readers look for it."""
ORIENTATION = 0x0112
"""The EXIF and TIFF tag that says how a picture lies."""
MOST_OBLONG = 3.0
"""No fax has dots more than this many times as long as wide: 204 to 98 dpi are the most oblong."""
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture upright, by its orientation; from 5 on its width becomes its height."""


@dataclass(frozen=True)
class Bounds:
    """How far one file may go: pages, dots a page, width in dots, seconds of CPU, bytes of memory."""

    pages: int
    pixels: int
    width: int
    cpu_seconds: int
    memory_bytes: int


class Refused(Exception):
    """The file is not read on; `reason` is one byte and never a word of what stands in the file."""

    def __init__(self, reason: bytes) -> None:
        self.reason = reason
        super().__init__()


# ---------------------------------------------------------------- how each kind is read


def _pdf(data: bytes, bounds: Bounds) -> Iterator[Image.Image]:
    """Picture each page of a PDF, with what was filled into its form."""
    # Cut off, a PDF may still open with pages empty or gone, so its end must be there.
    if LAST_WORD not in data.rstrip(b"\0\t\r\n ")[-WITHIN:]:
        raise Refused(DAMAGED)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as no:
        raise Refused(LOCKED if no.err_code == pdfium.FPDF_ERR_PASSWORD else DAMAGED) from None
    document.init_forms()  # without it PDFium leaves out whatever was typed into a form
    if len(document) > bounds.pages:
        raise Refused(MANY)
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        # PDFium's picture is rounded up to whole dots: half a dot less keeps it within the width
        scale = min(DPI / 72, (bounds.width - 0.5) / width)
        _demand(math.ceil(width * scale), math.ceil(height * scale), bounds)
        _demand_pictures(page, bounds)
        yield page.render(scale=scale).to_pil().convert("L")
        page.close()


def _demand_pictures(page: pypdfium2.PdfPage, bounds: Bounds) -> None:
    """Refuse a page with a picture that PDFium cannot read and would leave out without a word."""
    for picture in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE]):
        width, height = picture.get_px_size()
        _demand(width, height, bounds)
        bitmap = pdfium.FPDFImageObj_GetBitmap(picture)
        if not bitmap:
            raise Refused(DAMAGED)
        pdfium.FPDFBitmap_Destroy(bitmap)


def _tiff(data: bytes, bounds: Bounds) -> Iterator[Image.Image]:
    """Read each page of a TIFF; all of them must be there before the first is given."""
    picture = TiffImageFile(BytesIO(data))
    for number in range(_count(picture, bounds.pages)):
        picture.seek(number)
        yield _grey(picture, bounds)


def _count(picture: TiffImageFile, most: int) -> int:
    """Count the pages of a TIFF from one to the next, to the one that says it is the last."""
    for number in range(1, most + 1):
        try:
            picture.seek(number)
        except EOFError:
            if picture.tag_v2.next:  # it leads back to a page before it, or its end is cut off
                raise Refused(DAMAGED) from None
            return number
    raise Refused(MANY)


def _jpeg(data: bytes, bounds: Bounds) -> Iterator[Image.Image]:
    """Read a JPEG; a photograph is read no finer than it will be shown."""
    picture = JpegImageFile(BytesIO(data))
    _demand(*picture.size, bounds)
    picture.draft("L", (bounds.width, bounds.width))
    yield _grey(picture, bounds)


def _png(data: bytes, bounds: Bounds) -> Iterator[Image.Image]:
    """Read a PNG, once every check sum in it is right."""
    PngImageFile(BytesIO(data)).verify()
    yield _grey(PngImageFile(BytesIO(data)), bounds)


READERS: dict[str, Callable[[bytes, Bounds], Iterator[Image.Image]]] = {
    "pdf": _pdf,
    "tiff": _tiff,
    "jpeg": _jpeg,
    "png": _png,
}


def _demand(width: int, height: int, bounds: Bounds) -> None:
    """Refuse a page of too many dots before any memory is taken for it."""
    if width < 1 or height < 1:
        raise Refused(DAMAGED)
    if width * height > bounds.pixels:
        raise Refused(LARGE)


def _grey(picture: Image.Image, bounds: Bounds) -> Image.Image:
    """Give a picture in grey, upright, its dots square, and no wider than it may be."""
    _demand(*picture.size, bounds)
    orientation = picture.getexif().get(ORIENTATION, 1)  # a TIFF forgets it as it is loaded
    picture.load()
    grey = _toned(picture)
    if orientation in TURNS and picture.format != "TIFF":  # Pillow itself turns a TIFF
        grey = grey.transpose(TURNS[orientation])
    across, along = _dots_per_inch(picture)
    if orientation in range(5, 9):
        across, along = along, across
    wide, high = grey.width * max(1, along / across), grey.height * max(1, across / along)
    scale = min(1, bounds.width / wide)
    size = max(1, round(wide * scale)), max(1, round(high * scale))
    _demand(*size, bounds)
    return grey if size == grey.size else grey.resize(size, Image.Resampling.LANCZOS)


def _dots_per_inch(picture: Image.Image) -> tuple[float, float]:
    """Tell how many dots stand on an inch across and along; equal where the file does not say."""
    across, along = (float(each) for each in picture.info.get("dpi", (1, 1)))
    if across > 0 and along > 0 and 1 / MOST_OBLONG <= across / along <= MOST_OBLONG:
        return across, along
    return 1, 1


def _toned(picture: Image.Image) -> Image.Image:
    """Turn a picture of any make to grey, on white paper where it is transparent."""
    if picture.mode.startswith("I;16"):  # Pillow would cut off all but the darkest tones
        return picture.convert("I").point(lambda tone: tone * (1 / 256)).convert("L")
    if picture.mode in ("I", "F"):  # no scanner's; nobody knows which tone is white
        raise Refused(DAMAGED)
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        paper = Image.new("L", picture.size, 255)
        paper.paste(layer.convert("L"), mask=layer.getchannel("A"))
        return paper
    return picture.convert("L")


# ---------------------------------------------------------------- the conversation


def answer(kind: str, bounds: Bounds) -> None:
    """Read one file from the first pipe and write its pages to the second."""
    out = sys.stdout.buffer
    out.write(READY)
    out.flush()
    try:
        count = 0
        for page in READERS[kind](sys.stdin.buffer.read(), bounds):
            grey = page.tobytes()
            out.write(PAGE + SIZE.pack(*page.size))
            out.write(grey)
            count += 1
        out.write(END if count else REFUSED + DAMAGED)
    except Refused as no:
        out.write(REFUSED + no.reason)
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        out.write(REFUSED + LARGE)
    except Exception:  # noqa: BLE001 - whatever the file did: nothing but the reason may leave
        out.write(REFUSED + DAMAGED)
    out.flush()


def main(words: Sequence[str]) -> None:
    """Take the kind of file and the bounds as words, give everything up, and answer."""
    kind, *numbers = words
    bounds = Bounds(*map(int, numbers))
    Image.MAX_IMAGE_PIXELS = bounds.pixels
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    confine(bounds.cpu_seconds, bounds.memory_bytes)
    answer(kind, bounds)
    os._exit(0)  # what a file has spoilt in the libraries does not get to run at the end


if __name__ == "__main__":
    main(sys.argv[1:])
