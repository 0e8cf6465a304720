"""The label of a lot without a window: saved, refused, printed once."""

from __future__ import annotations

from pathlib import Path

import pytest

from labelapp.draw.raster import raster
from tests.cli.recorded import Till, till, with_released_lot


@pytest.fixture
def at(tmp_path: Path) -> Till:
    made = till(tmp_path)
    with_released_lot(made)
    return made


def test_a_label_is_saved_under_its_number_or_its_code(at: Till) -> None:
    for place, number in enumerate(("26-118", "L26-118")):
        path = at.folder / f"{place}.pdf"
        code, out, err = at.by("TT", "lots", "label", number, "-o", path, "--ingredients")
        assert (code, err) == (0, "")
        assert out == f"The label of lot 26-118 is in {path}.\n"
        assert len(raster(path.read_bytes(), 203)) == 1
    code, _out, err = at.by("TT", "lots", "label", "26-118", "-o", at.folder / "0.pdf")
    assert code == 2
    assert "a file of that name is there" in err


def test_copies_are_pages(at: Till) -> None:
    path = at.folder / "lot.pdf"
    words = ("--copies", "3", "--stock", "thermal-3x2", "--dpi", "300")
    assert at.by("TT", "lots", "label", "26-118", "-o", path, *words)[0] == 0
    pages = raster(path.read_bytes(), 300)
    assert {page.size for page in pages} == {(900, 600)}
    assert len(pages) == 3


def test_what_cannot_be_is_refused_in_words(at: Till) -> None:
    path = at.folder / "lot.pdf"
    for words, said in (
        (("26-999", "-o", path), "26-999"),
        (("26-118", "-o", path, "--stock", "no-such"), "no-such"),
        (("26-118", "-o", path, "--stock", "sticker-1.5x0.375"), "does not fit"),
        (("26-118", "--to", "no queue of this name"), "no queue of this name"),
    ):
        code, _out, err = at.by("TT", "lots", "label", *words)
        assert code in {3, 4}
        assert said in err
    assert not path.exists()


def test_it_goes_to_a_file_or_to_a_queue(at: Till) -> None:
    for words in ((), ("-o", at.folder / "a.pdf", "--to", "zebra")):
        code, _out, err = at.by("TT", "lots", "label", "26-118", *words)
        assert code == 2
        assert "either -o FILE or --to QUEUE" in err


def test_an_administrator_makes_none(at: Till) -> None:
    code, _out, err = at.by("AD", "lots", "label", "26-118", "-o", at.folder / "a.pdf")
    assert code == 3
    assert err
    assert not (at.folder / "a.pdf").exists()
