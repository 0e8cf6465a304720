"""What a print server answers is read as it is said, and nonsense is nobody's answer."""

from __future__ import annotations

import http.server
import struct
import threading
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.printing.cups import Cups, NoAnswer, Queue
from labelapp.printing.ipp import Answer, Garbled, Operation, Tag, answer, question
from labelapp.printing.printer import State

GOOD, GONE = 0x0000, 0x0406


def written(status: int, group: int, **attributes: Any) -> bytes:
    """An answer as a server writes it: each attribute a tag and its raw values."""
    message = struct.pack(">BBHIB", 2, 0, status, 1, group)
    for name, (tag, *values) in attributes.items():
        for number, raw in enumerate(values):
            title = b"" if number else name.replace("_", "-").encode()
            message += struct.pack(">BH", tag, len(title)) + title
            message += struct.pack(">H", len(raw)) + raw
    return message + b"\x03"


def number(value: int) -> bytes:
    return struct.pack(">i", value)


OPEN = {
    "printer_state": (Tag.ENUM, number(3)),
    "printer_state_reasons": (Tag.KEYWORD, b"none"),
    "printer_is_accepting_jobs": (Tag.BOOLEAN, b"\x01"),
    "printer_resolution_default": (Tag.RESOLUTION, struct.pack(">iib", 203, 203, 3)),
}


class Teller(http.server.HTTPServer):
    """A server on this machine that gives one answer to everything."""

    status, body = 200, b""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Reply)
        self.cups = Cups("127.0.0.1", self.server_port, "technician")


class Reply(http.server.BaseHTTPRequestHandler):
    server: Teller

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def told():
    server = Teller()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def queue(told: Teller, **attributes: Any) -> Queue:
    told.body = written(GOOD, 4, **{**OPEN, **attributes})
    found = told.cups.queue("Zebra")
    assert found
    return found


def test_an_open_queue_is_ready_at_its_resolution(told):
    found = queue(told)
    assert (found.state.state, found.state.ready, found.state.reasons) == (State.IDLE, True, ())
    assert (found.resolution, found.habits) == ((203, 203), ())


@pytest.mark.parametrize(
    ("said", "state", "ready"),
    [
        (3, State.IDLE, True),
        (4, State.PRINTING, True),
        (5, State.PAUSED, False),
        (77, State.ERROR, False),
    ],
)
def test_each_state_has_its_word(told, said, state, ready):
    found = queue(told, printer_state=(Tag.ENUM, number(said))).state
    assert (found.state, found.ready) == (state, ready)


@pytest.mark.parametrize("ending", ["", "-report", "-warning", "-error"])
def test_a_queue_without_labels_is_not_ready(told, ending):
    reasons = (Tag.KEYWORD, b"marker-supply-low-warning", f"media-empty{ending}".encode())
    found = queue(told, printer_state_reasons=reasons).state
    assert (found.state, found.ready) == (State.IDLE, False)
    assert found.reasons == ("marker-supply-low-warning", f"media-empty{ending}")


def test_a_low_ribbon_is_told_and_stops_nothing(told):
    found = queue(told, printer_state_reasons=(Tag.KEYWORD, b"marker-supply-low-warning")).state
    assert (found.ready, found.reasons) == (True, ("marker-supply-low-warning",))


def test_a_resolution_in_centimetres_is_not_taken_for_inches(told):
    in_centimetres = (Tag.RESOLUTION, struct.pack(">iib", 80, 80, 4))
    assert queue(told, printer_resolution_default=in_centimetres).resolution is None


@pytest.mark.parametrize(
    ("has", "modes", "told_so"),
    [
        (b"\x01", (b"monochrome", b"color"), True),
        (b"\x01", (b"auto", b"color", b"monochrome"), True),
        (b"\x01", (b"monochrome", b"auto"), False),
        (b"\x01", None, True),
        (b"\x00", (b"monochrome", b"color"), False),
        (b"\x00", None, False),
        (None, (b"monochrome", b"color"), False),
        (None, None, False),
    ],
)
def test_colours_are_sent_where_a_queue_says_it_has_them_and_nowhere_else(
    told, has, modes, told_so
):
    said = {}
    if has is not None:
        said["color_supported"] = (Tag.BOOLEAN, has)
    if modes is not None:
        said["print_color_mode_supported"] = (Tag.KEYWORD, *modes)
    assert queue(told, **said).state.in_colour is told_so


def test_habits_are_named_as_the_server_names_them(told):
    found = queue(
        told, copies_default=(Tag.INTEGER, number(2)), number_up_default=(0x21, number(1))
    )
    assert found.habits == ("copies-default=2",)


def test_no_such_queue_is_an_answer(told):
    told.body = written(GONE, 1)
    assert told.cups.queue("Zebra") is None


def test_a_job_is_known_by_its_title_and_by_coming_later(told):
    def job(at: int, title: bytes) -> dict[str, Any]:
        return {"job_id": (Tag.INTEGER, number(at)), "job_name": (Tag.NAME, title)}

    first, second, third = (
        written(GOOD, 2, **job(at, title))[8:-1]
        for at, title in ((7, b"LDN label 1"), (8, b"LDN label 2"), (9, b"LDN label 2"))
    )
    told.body = struct.pack(">BBHI", 2, 0, GOOD, 1) + first + third + second + b"\x03"
    assert told.cups.newest_job("Zebra") == 9
    assert told.cups.job_after("Zebra", 6, "LDN label 2") == 8
    assert told.cups.job_after("Zebra", 6, "LDN label 3") is None


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b""),
        (200, b"<html>a router's own page</html>"),
        (401, written(GOOD, 4, **OPEN)),
        (200, written(GOOD, 4, **OPEN)[:-9]),
        (200, written(GOOD, 1)),
        (200, written(0x0500, 4, **OPEN)),
        (200, written(GOOD, 4, **OPEN) + bytes(4_000_000)),
    ],
    ids=["empty", "html", "unauthorised", "cut short", "no queue in it", "fault", "endless"],
)
def test_nonsense_is_no_answer(told, status, body):
    told.status, told.body = status, body
    with pytest.raises(NoAnswer):
        told.cups.queue("Zebra")


def test_a_server_that_is_not_there_gives_no_answer(told, tmp_path):
    for absent in (Cups("127.0.0.1", 1, "me"), Cups(str(tmp_path / "cups.sock"), 0, "me")):
        with pytest.raises(NoAnswer):
            absent.queue("Zebra")


@given(st.binary(max_size=200))
def test_any_bytes_are_an_answer_or_garbled(message):
    with suppress(Garbled):
        assert isinstance(answer(message), Answer)


@given(st.binary(max_size=80))
def test_any_tail_of_a_true_answer_is_an_answer_or_garbled(tail):
    message = written(GOOD, 4, **OPEN)
    with suppress(Garbled):
        assert isinstance(answer(message[:-20] + tail), Answer)


@given(st.text(max_size=40), st.lists(st.integers(-(2**31), 2**31 - 1), min_size=1, max_size=5))
def test_a_question_is_read_back_as_it_was_asked(text, numbers):
    """A question and an answer have one shape (RFC 8010, 3.1)."""
    asked = question(
        Operation.GET_JOBS,
        f"ipp://localhost/printers/{text}",
        (Tag.NAME, "requesting-user-name", (text,)),
        (Tag.INTEGER, "job-id", tuple(numbers)),
    )
    ((_, attributes),) = answer(asked).groups
    assert attributes["printer-uri"] == (f"ipp://localhost/printers/{text}",)
    assert attributes["requesting-user-name"] == (text,)
    assert attributes["job-id"] == tuple(numbers)
