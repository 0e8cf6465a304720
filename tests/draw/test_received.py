"""Faxes and scans become grey pages, upright and whole; everything else is refused by its code."""

from __future__ import annotations

import io
import random
import traceback
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from labelapp.draw import received_child as reader
from labelapp.draw.received import LIMITS, Limits, ReceivedKind, _answer, _NoPages, pages_of
from labelapp.rx.errors import UnreadableFile
from tests.draw import faxes

ORIENTATION = 0x0112
UNTURN = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""What a camera did to an upright picture that it marks with this orientation."""
WHOLE = {
    "pdf": faxes.pdf(2, dose="4.5 mg"),
    "scan": faxes.with_picture(faxes.saved(faxes.picture("RGB"), "JPEG"), *faxes.FAX, "DCTDecode"),
    "fax": faxes.fax(2),
    "tiff": faxes.saved(faxes.picture("RGB", (400, 400)), "TIFF", compression="tiff_lzw"),
    "jpeg": faxes.saved(faxes.picture("RGB", (400, 400)), "JPEG"),
    "cmyk": faxes.saved(faxes.picture("CMYK", (400, 400)), "JPEG", progressive=True),
    "png": faxes.saved(faxes.picture("P", (400, 400)), "PNG"),
}


def refused(data: bytes, limits: Limits = LIMITS) -> str:
    """Say by which code a file is refused."""
    with pytest.raises(UnreadableFile) as no:
        pages_of(data, limits)
    return no.value.code


def bars(data: bytes) -> list[tuple[int, int, int, int]]:
    return [faxes.bar_of(page) for page in pages_of(data).pages]


def marked(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return exif


# ---------------------------------------------------------------- what is read


def test_a_pdf_gives_its_pages_in_their_order_as_finely_as_a_fax():
    found = pages_of(faxes.pdf(3))
    assert found.kind is ReceivedKind.PDF
    assert [(page.width, page.height) for page in found.pages] == [(1700, 2200)] * 3
    lowest = [faxes.bar_of(page)[3] for page in found.pages]
    assert lowest == sorted(set(lowest))


def test_a_wide_page_of_a_pdf_is_no_wider_than_a_tall_one():
    for points, dots in (((792, 612), (1700, 1314)), ((1191, 842), (1700, 1202))):
        (page,) = pages_of(faxes.by_hand(b"", page=b"/MediaBox[0 0 %d %d]" % points)).pages
        assert (page.width, page.height) == dots


def test_what_was_typed_into_the_form_of_a_pdf_is_on_its_page():
    blank, filled = (pages_of(faxes.pdf(dose=dose)).pages[0] for dose in (" ", "4.5 mg"))
    assert faxes.bar_of(filled)[3] > 850 > faxes.bar_of(blank)[3]


def test_a_pdf_anyone_may_open_is_opened_and_a_locked_one_says_so():
    assert bars(faxes.pdf(password="")) == bars(faxes.pdf())
    assert refused(faxes.pdf(password="secret")) == "received.locked"


def test_a_pdf_behind_the_lines_of_a_fax_server_is_one():
    assert bars(b"@PJL ENTER LANGUAGE=PDF\r\n" + faxes.pdf()) == bars(faxes.pdf())


@pytest.mark.parametrize("dpi", [(204, 98), (204, 196)])
def test_a_fax_of_either_fineness_has_the_shape_of_its_paper(dpi):
    found = pages_of(faxes.fax(3, dpi))
    assert found.kind is ReceivedKind.TIFF
    assert {page.width for page in found.pages} == {1700}
    assert {abs(page.height - 2208) <= 1 for page in found.pages} == {True}
    assert [faxes.bar_of(page)[1] // 10 for page in found.pages] == [3, 7, 10]


def test_a_fax_sent_lying_is_turned_upright_with_its_dots_square():
    lying = faxes.fax(tiffinfo={ORIENTATION: 6})
    (page,) = pages_of(lying).pages
    assert page.width == 1700
    assert abs(page.height / page.width - (1728 / 204) / (2156 / 196)) < 0.01
    assert faxes.bar_of(page)[2] > 900  # its head is now on the right


@pytest.mark.parametrize("orientation", UNTURN)
@pytest.mark.parametrize("format_", ["JPEG", "PNG", "TIFF"])
def test_a_photograph_is_turned_upright(format_, orientation):
    upright = faxes.picture("RGB", (400, 600))
    turn = UNTURN[orientation]
    held = upright.transpose(turn) if turn is not None else upright
    (page,) = pages_of(faxes.saved(held, format_, exif=marked(orientation))).pages
    assert (page.width, page.height) == (400, 600)
    left, top, right, bottom = faxes.bar_of(page)
    assert (left // 10, top // 10, right // 10, bottom // 10) == (12, 33, 50, 50)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "I;16", "LA", "YCbCr"])
def test_ink_is_dark_and_paper_white_whatever_a_scanner_writes(mode):
    image = faxes.picture(mode, (400, 600))
    written = {"CMYK": ["JPEG", "TIFF"], "YCbCr": ["JPEG"]}.get(mode, ["PNG", "TIFF"])
    for format_ in written:
        (page,) = pages_of(faxes.saved(image, format_)).pages
        ink, paper = page.grey[250 * 400 + 100], page.grey[250 * 400 + 300]
        assert ink < 50, format_
        assert paper > 235, format_


def test_a_transparent_picture_lies_on_white_paper():
    (page,) = pages_of(faxes.transparent()).pages
    assert (page.grey[250 * 600 + 100], page.grey[0]) == (0, 255)


def test_a_wide_picture_is_made_narrower_and_a_small_one_left_alone():
    sizes = []
    for size in ((5100, 6600), (1700, 2000), (190, 120)):
        (page,) = pages_of(faxes.saved(faxes.picture("L", size, (9, 90)), "JPEG")).pages
        sizes.append((page.width, page.height))
    assert sizes == [(1700, 2200), (1700, 2000), (190, 120)]


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    "data",
    [b"", b"%", b"Naltrexone 4.5 mg", b"PK\x03\x04", b"GIF89a", b" " * 2000 + b"%PDF-1.7"],
)
def test_what_it_is_stands_in_its_bytes(data):
    assert refused(data) == "received.unknown-kind"


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_breaks_off_is_refused_wherever_it_does(name):
    data = WHOLE[name]
    for cut in (30, *(len(data) * tenth // 10 for tenth in range(1, 10)), len(data) - 9):
        assert refused(data[:cut]) == "received.damaged", cut


@pytest.mark.parametrize("make", [faxes.pdf, faxes.fax])
def test_twenty_pages_are_read_and_one_more_is_refused(make):
    assert len(pages_of(make(20)).pages) == 20
    assert refused(make(21)) == "received.too-many-pages"


def test_pages_that_go_in_a_circle_are_refused():
    assert refused(faxes.endless()) == "received.damaged"


def test_a_photograph_is_read_no_finer_than_it_is_shown():
    photograph = faxes.saved(faxes.picture("RGB", (6_000, 6_000)), "JPEG")
    assert pages_of(photograph, replace(LIMITS, memory_bytes=120_000_000)).pages[0].width == 1700


def test_a_pdf_with_a_picture_that_cannot_be_read_is_not_shown_without_it():
    scan = faxes.saved(faxes.picture("RGB", (400, 400)), "JPEG2000")
    assert bars(faxes.with_picture(scan, 400, 400, "JPXDecode"))
    broken = faxes.with_picture(scan[: len(scan) // 2], 400, 400, "JPXDecode")
    assert refused(broken) == "received.damaged"


def test_a_file_with_more_dots_or_bytes_than_any_order_is_too_large():
    white = Image.new("1", (6_400, 6_400), 1)
    assert refused(faxes.saved(white, "PNG")) == "received.too-large"
    assert refused(faxes.saved(white, "TIFF", compression="group4")) == "received.too-large"
    lying = bytearray(faxes.saved(white, "JPEG"))
    frame = lying.index(b"\xff\xc0")
    lying[frame + 5 : frame + 9] = b"\xff" * 4
    assert refused(bytes(lying)) == "received.too-large"
    long = faxes.by_hand(b"", page=b"/MediaBox[0 0 612 100000]")
    assert refused(long) == "received.too-large"
    assert refused(faxes.with_picture(b"", 40_000, 50_000, "FlateDecode")) == "received.too-large"
    assert refused(faxes.pdf() + bytes(20_000_000)) == "received.too-large"


def test_twenty_megabytes_of_nonsense_are_refused():
    noise = random.Random(1).randbytes(19_999_900)
    for data in (noise, b"1 0 obj <</A[" * 1_500_000):
        assert refused(b"%PDF-1.7\n" + data + b"\n%%EOF\n") == "received.damaged"


def test_a_file_that_takes_all_memory_ends_its_reader_and_nothing_else():
    assert refused(faxes.swelling()) == "received.too-large"
    scan = faxes.saved(Image.new("L", (6_000, 6_000), 255), "PNG")
    assert refused(scan, replace(LIMITS, memory_bytes=60_000_000)) == "received.too-large"
    assert bars(faxes.pdf())


@pytest.mark.parametrize("limits", [Limits(cpu_seconds=1), Limits(wall_seconds=0.4)])
def test_a_file_that_takes_for_ever_is_given_up(limits):
    assert refused(faxes.slow(), limits) == "received.too-slow"


def test_pages_that_take_too_much_room_here_are_refused():
    data = faxes.pdf(3)
    assert refused(data, replace(LIMITS, answer_bytes=8_000_000)) == "received.too-large"


@given(
    st.sampled_from(sorted(WHOLE)),
    st.integers(1, 40),
    st.sampled_from((100, 1_000, 10_000_000)),
    st.randoms(use_true_random=False),
)
def test_a_spoilt_file_ends_in_pages_or_in_a_refusal(name, many, within, chance):
    data = bytearray(WHOLE[name])
    for _ in range(many):
        data[chance.randrange(min(within, len(data)))] ^= 1 << chance.randrange(8)
    try:
        found = pages_of(bytes(data))
    except UnreadableFile:
        return
    assert all(len(page.grey) == page.width * page.height for page in found.pages)


@given(st.sampled_from((b"%PDF-", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0")), st.binary())
def test_chance_bytes_behind_a_right_beginning_are_refused(mark, noise):
    assert refused(mark + noise) == "received.damaged"


def test_one_wrong_bit_anywhere_in_a_png_is_noticed():
    data = WHOLE["png"]
    for place in range(8, len(data), len(data) // 12):
        wrong = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        assert refused(wrong).startswith("received."), place


def test_a_refusal_says_nothing_of_what_stands_in_the_file():
    uncompressed = faxes.by_hand(b"BT (" + faxes.PATIENT.encode() + b") Tj ET")
    for data in (faxes.PATIENT.encode(), uncompressed[:-20], b"\xff\xd8\xff" + uncompressed):
        with pytest.raises(UnreadableFile) as no:
            pages_of(data)
        said = "".join(traceback.format_exception(no.value)) + repr(dict(no.value.values))
        assert faxes.PATIENT not in said
        assert no.value.__cause__ is None
        assert no.value.__context__ is None


def test_a_page_shown_to_a_developer_keeps_its_dots_to_itself():
    (page,) = pages_of(WHOLE["png"]).pages
    assert repr(page) == "ReceivedPage(width=400, height=400)"


# ---------------------------------------------------------------- what the reader may say

ONE = reader.PAGE + reader.SIZE.pack(2, 3) + bytes(6)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (b"", "received.no-reader"),
        (b"Traceback", "received.no-reader"),
        (b"R", ""),
        (b"RE", "received.damaged"),
        (b"RXL", "received.too-large"),
        (b"RX?", "received.damaged"),
        (b"R" + ONE, ""),
        (b"R" + ONE[:-1], ""),
        (b"R" + ONE[:5], ""),
        (b"R" + ONE + b"EE", "received.damaged"),
        (b"R" + ONE + b"?", "received.damaged"),
        (b"R" + ONE * 21 + b"E", "received.damaged"),
        (b"RP" + reader.SIZE.pack(0, 3) + b"E", "received.damaged"),
        (b"RP" + reader.SIZE.pack(1701, 1) + bytes(1701) + b"E", "received.damaged"),
        (b"RP" + reader.SIZE.pack(1700, 2**32 - 1), "received.too-large"),
    ],
)
def test_not_a_word_of_the_reader_is_believed_without_a_check(said, code):
    with pytest.raises(_NoPages) as no:
        _answer(io.BytesIO(said), LIMITS)
    assert no.value.code == code


def test_the_reader_is_heard_when_it_keeps_to_the_form():
    (page, _) = _answer(io.BytesIO(b"R" + ONE * 2 + b"E"), LIMITS)
    assert (page.width, page.height, page.grey) == (2, 3, bytes(6))
