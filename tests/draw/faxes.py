"""Orders as they are received, made on the spot: faxes, scans, photographs, and hostile files."""

from __future__ import annotations

import zlib
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from labelapp.draw.received import ReceivedPage

PATIENT = "Joensson Jane 1957-03-14"
LETTER = (612, 792)
FAX = (1728, 2156)
"""Dots of a letter page as fax machines send it, at 204 to 196 dpi."""


def pdf(pages: int = 1, dose: str = "", password: str | None = None) -> bytes:
    """A PDF with a black bar on each page, one further down on each; `dose` stands in a form."""
    made = BytesIO()
    lock = None if password is None else StandardEncryption(password, "owner")
    canvas = Canvas(made, pagesize=LETTER, encrypt=lock)
    for number in range(pages):
        canvas.drawString(72, 740, f"{PATIENT}, Naltrexone 4.5 mg")
        canvas.rect(72, 700 - 30 * number, 200, 10, stroke=0, fill=1)
        if dose:
            canvas.acroForm.textfield(
                name="dose", value=dose, x=100, y=90, width=300, height=30, borderWidth=0
            )
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def picture(
    mode: str = "L", size: tuple[int, int] = FAX, bar: tuple[int, int] = (200, 300)
) -> Image.Image:
    """White paper with a black bar across its left half, from one height to the other.

    In 16 bits neither is the end of the scale, as with any scanner.
    """
    paper = Image.new("L", size, 255)
    ImageDraw.Draw(paper).rectangle((50, bar[0], size[0] // 2, bar[1]), fill=0)
    if mode == "I;16":
        return paper.convert("I").point(lambda tone: tone * 200 + 10_000).convert("I;16")
    return (paper.convert("RGB") if mode in ("CMYK", "P") else paper).convert(mode)


def saved(image: Image.Image, format_: str, **options: Any) -> bytes:
    """The bytes of a picture in a format."""
    made = BytesIO()
    image.save(made, format_, **options)
    return made.getvalue()


def fax(pages: int = 1, dpi: tuple[int, int] = (204, 196), **options: Any) -> bytes:
    """A fax as a TIFF in G4, the bar one step further down on each page."""
    size = (FAX[0], FAX[1] * dpi[1] // 196)
    step = size[1] // 28
    images = [
        picture("1", size, (step * (number + 1), step * (number + 2))) for number in range(pages)
    ]
    more = {"save_all": True, "append_images": images[1:]} if pages > 1 else {}
    return saved(images[0], "TIFF", compression="group4", dpi=dpi, **more, **options)


def transparent() -> bytes:
    """A PNG of black ink on no paper at all."""
    ink = Image.new("RGBA", (600, 600), (0, 0, 0, 0))
    ImageDraw.Draw(ink).rectangle((50, 200, 300, 300), fill=(0, 0, 0, 255))
    return saved(ink, "PNG")


def by_hand(content: bytes, resources: bytes = b"", *others: bytes, page: bytes = b"") -> bytes:
    """A PDF of one page, written object by object; the fifth object is the first of the others."""
    box = page or b"/MediaBox[0 0 612 792]"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<" + resources + b">>" + box + b">>",
        stream(content),
        *others,
    ]
    made, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, rows)
    end = b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return made + table + end % (len(objects) + 1, len(made))


def stream(content: bytes, keys: bytes = b"") -> bytes:
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(content), keys, content)


def with_picture(data: bytes, width: int, height: int, filter_: str) -> bytes:
    """A PDF of one scanned page."""
    size = b"/Type/XObject/Subtype/Image/Width %d/Height %d" % (width, height)
    colour = b"/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/%b" % filter_.encode()
    resources = b"/XObject<</I 5 0 R>>"
    return by_hand(b"612 0 0 792 0 0 cm /I Do", resources, stream(data, size + colour))


def slow() -> bytes:
    """A PDF of a few hundred kB that lays a thin veil over its page 20,000 times."""
    veil = b"/ExtGState<</G<</ca .01>>>>"
    return by_hand(b"/G gs " + b"0 0 612 792 re f " * 20_000, veil)


@cache
def swelling() -> bytes:
    """A small PDF whose page becomes half a gigabyte of drawing."""
    press, some = zlib.compressobj(9), b"q 0 0 1 1 re f Q " * 100_000
    drawing = b"".join(press.compress(some) for _ in range(300)) + press.flush()
    page = b"/MediaBox[0 0 612 792]/Contents 5 0 R"
    resources = stream(drawing, b"/Filter/FlateDecode")
    return by_hand(b"", b"", resources, page=page).replace(b"/Contents 4 0 R", b"", 1)


def endless() -> bytes:
    """A TIFF whose second page says that the first comes next."""
    data = bytearray(fax(2))
    first = int.from_bytes(data[4:8], "little")
    entries = int.from_bytes(data[first : first + 2], "little")
    link = first + 2 + 12 * entries
    second = int.from_bytes(data[link : link + 4], "little")
    entries = int.from_bytes(data[second : second + 2], "little")
    link = second + 2 + 12 * entries
    data[link : link + 4] = first.to_bytes(4, "little")
    return bytes(data)


def bar_of(page: ReceivedPage) -> tuple[int, int, int, int]:
    """Where the dark of a page lies: left, top, right, bottom, in thousandths of the page."""
    grey = Image.frombytes("L", (page.width, page.height), page.grey)
    box = grey.point(lambda tone: 255 if tone < 128 else 0).getbbox()
    assert box is not None, "an empty page"
    left, top, right, bottom = box
    return (
        left * 1000 // page.width,
        top * 1000 // page.height,
        right * 1000 // page.width,
        bottom * 1000 // page.height,
    )
