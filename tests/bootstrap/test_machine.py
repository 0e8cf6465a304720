"""This computer's choices are kept, a damaged file is named, and a report tells no secret."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from labelapp.bootstrap.journal import LOG, end_log, keep_log, places
from labelapp.bootstrap.machine import BadMachineFile, Machine, keep_machine, read_machine
from labelapp.bootstrap.report import report, save_report
from labelapp.rx.errors import CannotWrite


def test_a_computer_without_a_file_has_the_defaults(tmp_path: Path) -> None:
    assert read_machine(tmp_path / "machine.toml") == Machine()


def test_choices_are_kept_and_the_pharmacy_stays(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "machine.toml"
    path.parent.mkdir()
    path.write_text('[pharmacy]\nname = "Corner"\n[pharmacy.address]\nstate = "CA"\n')
    assert keep_machine({"stock": "dymo-30256", "dpi": 300, "look": "dark"}, path)
    machine = read_machine(path)
    assert (machine.stock, machine.dpi, machine.look) == ("dymo-30256", 300, "dark")
    assert dict(machine.pharmacy) == {"pharmacy.name": "Corner", "pharmacy.address.state": "CA"}
    assert machine.stocks_used == ()
    assert keep_machine({"stocks_used": ("dymo-30256", "thermal-4x2")}, path)
    assert read_machine(path).stocks_used == ("dymo-30256", "thermal-4x2")
    assert keep_machine({"dpi": None}, path)
    assert read_machine(path).dpi is None


@pytest.mark.parametrize("text", ["not toml [", "dpi = 'many'", "pharmacy = 3", "\udcff"])
def test_a_damaged_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "machine.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BadMachineFile) as refused:
        read_machine(path)
    assert refused.value.values["path"] == str(path)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("dpi = 'many'", "dpi"),
        ("dpi = 0", "dpi"),
        ("dpi = true", "dpi"),
        ("dpi = 203.0", "dpi"),
        ("text_size = 1000000000", "text_size"),
        ("language = ['en']", "language"),
        ('stock = "a\\u001b[2J"', "stock"),
        ("stocks_used = 'thermal-4x2'", "stocks_used"),
        ("stocks_used = ['thermal-4x2', 3]", "stocks_used"),
        ('stocks_used = ["a\\u001b[2J"]', "stocks_used"),
        (f"stocks_used = {['a'] * 101}", "stocks_used"),
        ("pharmacy = 3", "pharmacy"),
        ("[pharmacy]\nfax = '1'", "pharmacy.fax"),
        ("[pharmacy]\nphone = 3105550100", "pharmacy.phone"),
        ("[pharmacy]\nname = ['A', 'B']", "pharmacy.name"),
        ("[pharmacy]\nname = 'A\u202eB'", "pharmacy.name"),
        ("[pharmacy.address]\nline = ['A', 3]", "pharmacy.address.line"),
        ("[pharmacy.address.line]\none = 'A'", "pharmacy.address.line.one"),
    ],
)
def test_what_no_computer_can_have_chosen_is_named(tmp_path: Path, text: str, key: str) -> None:
    path = tmp_path / "machine.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadMachineFile) as refused:
        read_machine(path)
    assert refused.value.code == "machine.bad-key"
    assert refused.value.values == {"path": str(path), "key": key}


def test_an_address_may_be_a_list_of_lines(tmp_path: Path) -> None:
    path = tmp_path / "machine.toml"
    path.write_text("[pharmacy.address]\nline = ['1 A Street', 'Unit 2']\ncity = 'Jose\u0301'")
    assert dict(read_machine(path).pharmacy) == {
        "pharmacy.address.line": "1 A Street\nUnit 2",
        "pharmacy.address.city": "Jos\u00e9",
    }


def test_a_report_goes_where_it_can_be_written_or_says_why(tmp_path: Path) -> None:
    save_report(Machine(printer="\udcff"), tmp_path, tmp_path / "report.txt")
    assert (tmp_path / "report.txt").read_text("utf-8").startswith("labelapp")
    with pytest.raises(CannotWrite):
        save_report(Machine(), tmp_path, tmp_path / "a\0b")


def test_a_folder_that_cannot_be_written_holds_nothing_up(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    assert not keep_machine({"look": "dark"}, in_the_way / "machine.toml")
    assert keep_log(in_the_way / "logs") is None


def test_the_log_names_places_and_never_what_an_error_said(tmp_path: Path) -> None:
    path = keep_log(tmp_path)
    assert path is not None
    try:
        int("ZZCANARY, Jane")
    except ValueError:
        LOG.error("stopped\n%s", places(sys.exc_info()[2]))
    finally:
        end_log()
    said = path.read_text("utf-8")
    assert "test_machine.py" in said
    assert "ZZCANARY" not in said
    shown = report(Machine(pharmacy={"pharmacy.name": "Corner"}), tmp_path)
    assert "test_machine.py" in shown
    assert "Corner" not in shown
