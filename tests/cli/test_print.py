"""Printing and rendering by command: for a patient on record, or a sample that nobody keeps."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from labelapp.dispensing.office.door import Door
from labelapp.dispensing.shown import Wanted
from tests.cli.recorded import Till, till, with_released_lot
from tests.dispensing.office.offices import PASSPHRASE, PIN, fittings


@pytest.fixture
def at(tmp_path: Path) -> Till:
    return till(tmp_path)


def pages(file: Path) -> int:
    document = pypdfium2.PdfDocument(file)
    try:
        return len(document)
    finally:
        document.close()


def test_a_label_of_a_signed_in_person_is_no_sample_and_is_kept(at: Till) -> None:
    rx, pdf = with_released_lot(at), at.folder / "label.pdf"
    code, out, err = at.by("TT", "render", rx, "-o", pdf, "--json")
    assert code == 0, err
    (label,) = json.loads(out)["labels"]
    assert label["sample"] is False
    (fill,) = at.told("TT", "order", "1234567")["fills"]
    assert [each["serial"] for each in fill["labels"]] == [label["serial"]]
    assert fill["state"] == "printed"
    assert pages(pdf) == 1


def test_without_a_person_it_is_a_sample_and_nothing_is_kept(at: Till) -> None:
    rx, pdf = with_released_lot(at), at.folder / "label.pdf"
    code, out, err = at.typed("render", rx, "-o", pdf, "--today", "2026-11-22", "--json")
    assert code == 0, err
    assert json.loads(out)["labels"][0]["sample"] is True
    assert at.by("TT", "order", "1234567")[0] == 3


def test_a_label_on_record_is_of_the_day_it_is_made(at: Till) -> None:
    rx = with_released_lot(at)
    words = ("render", rx, "-o", at.folder / "a.pdf", "--today", "2026-11-22")
    assert at.by("TT", *words)[0] == 2


def test_another_copy_needs_a_reason_and_has_its_own_serial(at: Till) -> None:
    rx, to = with_released_lot(at), f"file:{at.folder / 'label.pdf'}"
    (first,) = at.told("TT", "print", rx, "--to", to)["labels"]
    code, out, _ = at.by("TT", "print", rx, "--to", to, "--json")
    assert code == 3
    (refused,) = json.loads(out)["refused"]
    assert "print.before" in {each["code"] for each in refused["findings"]}
    (second,) = at.told("TT", "print", rx, "--to", to, "--reason", "label was torn")["labels"]
    assert (first["serial"][-1], second["serial"][-1]) == ("1", "2")


def test_several_go_into_one_file_each_on_record_and_the_refused_are_named(at: Till) -> None:
    rx, pdf = with_released_lot(at), at.folder / "labels.pdf"
    other = at.prescription("other", rx_number="1234568")
    odd = at.prescription("odd", rx_number="1234569", sig="as directed")
    code, out, _ = at.by("TT", "render", rx, odd, other, "-o", pdf, "--json")
    told = json.loads(out)
    assert code == 3
    assert [each["file"] for each in told["labels"]] == [str(rx), str(other)]
    assert [each["file"] for each in told["refused"]] == [str(odd)]
    assert pages(pdf) == 2
    for number in ("1234567", "1234568"):
        (fill,) = at.told("TT", "order", number)["fills"]
        assert fill["state"] == "printed"
    assert at.by("TT", "order", "1234569")[0] == 3


def test_one_that_the_records_refuse_in_the_end_leaves_the_others_their_labels(at: Till) -> None:
    rx = with_released_lot(at)
    second = at.prescription("second", fill__number="1")
    third = at.prescription("third", rx_number="1234568")
    pdf = at.folder / "labels.pdf"
    code, out, _ = at.by("TT", "print", rx, second, third, "--to", f"file:{pdf}", "--json")
    told = json.loads(out)
    assert code == 3
    assert [each["file"] for each in told["labels"]] == [str(rx), str(third)]
    assert [each["file"] for each in told["refused"]] == [str(second)]
    assert pages(pdf) == 2


def test_a_file_that_cannot_be_written_leaves_the_fill_unprinted(at: Till) -> None:
    rx = with_released_lot(at)
    code, _, err = at.by("TT", "print", rx, "--to", f"file:{at.folder / 'no' / 'label.pdf'}")
    assert code == 4
    assert "folder" in err
    (fill,) = at.told("TT", "order", "1234567")["fills"]
    assert fill["state"] == "entered"
    assert at.told("TT", "prints", "doubtful")["jobs"] == []


def test_training_prints_samples_and_keeps_nothing(at: Till, tmp_path: Path) -> None:
    rx, pdf = at.prescription(), at.folder / "label.pdf"
    code, out, err = at.typed("print", rx, "--to", f"file:{pdf}", "--training", "--json")
    assert code == 0, err
    assert json.loads(out)["labels"][0]["sample"] is True
    nobody = Till(tmp_path / "elsewhere", at.clock)
    code, _, err = nobody.typed("print", rx, "--to", f"file:{pdf}")
    assert code == 0
    assert "training" in err
    assert not nobody.store.exists()


def test_once_there_are_people_somebody_must_sign_in(at: Till) -> None:
    code, _, err = at.typed("print", at.prescription(), "--to", "file:x.pdf")
    assert code == 2
    assert "--user" in err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--to", "raw://10.0.0.5:9100"), 4),
        (("--to", "file:x.pdf", "--copies", "2"), 2),
        (("--to", "file:x.pdf", "--copies", "2", "--reason", "two vials"), 2),
    ],
)
def test_what_cannot_be_asked_of_a_printer_is_said_before_anybody_signs_in(
    at: Till, words: tuple[str, ...], code: int
) -> None:
    ended, _, err = at.typed("print", at.prescription(), *words)
    assert ended == code
    assert err


def test_a_queue_there_is_not_takes_nothing_and_the_rest_is_not_sent(at: Till) -> None:
    rx = with_released_lot(at)
    other = at.prescription("other", rx_number="1234568")
    code, out, err = at.by("TT", "print", rx, other, "--to", "no such queue", "--json")
    told = json.loads(out)
    assert code == 4, err
    assert told["labels"] == []
    assert told["left"] == [str(other)]
    (fill,) = at.told("TT", "order", "1234567")["fills"]
    assert fill["state"] == "entered"


def test_a_print_left_in_the_middle_is_doubtful_until_a_person_says(at: Till) -> None:
    rx = with_released_lot(at)
    office = Door(str(at.store), fittings(at.folder, at.clock)).open(passphrase=PASSPHRASE)
    office.signing.sign_in("TT", PIN)
    desk = at._desk(None, office=office)
    shown = desk.look(desk.open(str(rx))[0], Wanted())
    desk._reserved(office, shown, "a queue")  # and then the power went out
    office.close()
    (job,) = at.told("TT", "prints", "doubtful")["jobs"]
    assert (job["rx"], job["patient"]) == ("1234567", "DOE, Jane")
    assert at.by("TT", "prints", "not-printed", job["id"])[0] == 0
    assert at.told("TT", "prints", "doubtful")["jobs"] == []
    assert at.by("TT", "prints", "printed", job["id"])[0] == 3
