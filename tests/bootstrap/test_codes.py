"""The file of own codes: kept as a whole, and never over what another program wrote."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from labelapp.bootstrap.codes import BadCodesFile, CodesChanged, code_book, read_codes
from labelapp.bootstrap.words import plain
from labelapp.dispensing.codes import MOST_CODES, CodeBook, TooManyCodes
from labelapp.resources import typed
from labelapp.sig.codes.own import OwnCode

DAY = date(2026, 11, 22)


def book(path: Path) -> CodeBook:
    return code_book(plain(), lambda: DAY, path)


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "codes.toml"
    assert book(path).add("Z.O.R.P.", "  at bedtime\n with food. ", "R. Rossi").status == "ok"
    kept = read_codes(path)
    assert kept.rows == (OwnCode("zorp", "at bedtime with food", "R. Rossi", DAY),)
    assert kept.damaged == ()
    assert kept.taught(typed.lexicon("en")).own.rows == kept.rows


def test_two_programs_never_write_over_one_another(tmp_path: Path) -> None:
    path = tmp_path / "codes.toml"
    first, second = book(path), book(path)
    first.add("zorp", "at bedtime", "R. Rossi")
    with pytest.raises(CodesChanged):
        second.add("blig", "at noon", "A. Ng")
    assert [row.code for row in read_codes(path).rows] == ["zorp"]


def test_the_book_has_an_end(tmp_path: Path) -> None:
    path = tmp_path / "codes.toml"
    letters = "bdfgklmnpt"
    rows = "".join(
        f"[[codes]]\ncode = 'zz{a}{b}{c}'\nmeans = 'at noon'\n"
        for a in letters[:5] for b in letters for c in letters
    )  # fmt: skip
    path.write_text(rows, "utf-8")
    assert len(read_codes(path).rows) == MOST_CODES
    with pytest.raises(TooManyCodes):
        book(path).add("blig", "at noon", "A. Ng")
    path.write_text(rows + "[[codes]]\ncode = 'blig'\nmeans = 'at noon'\n", "utf-8")
    with pytest.raises(BadCodesFile):
        read_codes(path)


def test_a_row_without_its_seal_is_left_out_by_name(tmp_path: Path) -> None:
    path = tmp_path / "codes.toml"
    path.write_text("[[codes]]\ncode = 'zorp'\nmeans = 'at noon'\n", "utf-8")
    (shown,) = book(path).listed()
    assert (shown.code, shown.is_read, shown.status) == ("zorp", False, "refused")


def test_the_english_words_are_read_only_when_a_code_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "codes.toml"
    book(path).add("zorp", "at bedtime", "R. Rossi")
    kept: list[tuple[OwnCode, ...]] = []
    read: list[str] = []

    def english() -> frozenset[str]:
        read.append("read")
        return frozenset({"zorp"})

    rows = read_codes(path)
    looked = CodeBook(
        rows.taught(typed.lexicon("en")), rows.rows, english, kept.append, plain(), lambda: DAY
    )
    assert [each.is_read for each in looked.listed()] == [True]
    looked.remove("zorp")
    assert (kept, read) == ([()], [])
    looked.check("blig", "at noon")
    assert read == ["read"]
