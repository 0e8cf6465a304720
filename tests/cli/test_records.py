"""Setting up and signing in without a window, and where every secret comes from."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.recorded import SECRET, Till, environment, process, set_up, till, with_released_lot
from tests.dispensing.office.offices import PASSPHRASE, PIN, Clock

posix = pytest.mark.skipif(os.name != "posix", reason="rights of files and terminals are POSIX")


@pytest.fixture
def at(tmp_path: Path) -> Till:
    return till(tmp_path)


@posix
def test_records_are_set_up_by_real_lines_and_opened_by_a_file_of_ones_own(tmp_path: Path) -> None:
    recovery = set_up(tmp_path, tmp_path / "records")
    assert (tmp_path / "recovery.txt").stat().st_mode & 0o777 == 0o600
    kept = tmp_path / "passphrase"
    kept.write_text(f"{SECRET}\n", "utf-8")
    kept.chmod(0o600)
    said = {"LABELAPP_STORE": str(tmp_path / "records"), "LABELAPP_PASSPHRASE_FILE": str(kept)}
    words = ("people", "list", "--user", "pc", "--pin-stdin")
    ended = process(tmp_path, *words, lines=(PIN,), **said)
    assert (ended.returncode, ended.stdout) == (0, "PC  Pat Charge  pharmacist-in-charge\n")
    kept.chmod(0o640)
    ended = process(tmp_path, *words, lines=(PIN,), **said)
    assert ended.returncode == 3
    assert "others may read it" in ended.stderr
    del said["LABELAPP_PASSPHRASE_FILE"]
    ended = process(tmp_path, *words, "--recovery-stdin", lines=(recovery, PIN), **said)
    assert ended.returncode == 0
    logs = "".join(each.read_text("utf-8") for each in (tmp_path / ".state").rglob("*.log"))
    assert not any(each in logs for each in (SECRET, recovery))
    again = process(tmp_path, "setup", "--store", tmp_path / "records", "--recovery-file", "x",
                    "--typed-back-stdin", "--name", "A", "--initials", "A")  # fmt: skip
    assert again.returncode == 3
    assert not (tmp_path / "x").exists()


@posix
def test_on_a_terminal_secrets_are_asked_for_and_never_shown(tmp_path: Path) -> None:
    set_up(tmp_path, tmp_path / "records")
    ours, theirs = pty.openpty()
    words = ["people", "list", "--store", str(tmp_path / "records"), "--user", "PC"]
    run = subprocess.Popen(
        [sys.executable, "-m", "labelapp", *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(tmp_path),
        start_new_session=True,
    )
    os.close(theirs)
    seen = b""
    for asked, typed in ((b"Passphrase:", SECRET), (b"PIN:", PIN), (b"Pat Charge", "")):
        while asked not in seen:
            seen += os.read(ours, 1_000)
        os.write(ours, f"{typed}\n".encode() if typed else b"")
    assert run.wait() == 0
    os.close(ours)
    assert SECRET.encode() not in seen
    assert PIN.encode() not in seen


def test_without_terminal_and_lines_it_is_refused_in_plain_words(at: Till) -> None:
    code, out, err = at.typed("people", "list", "--store", at.store, "--user", "PC")
    assert (code, out) == (3, "")
    assert "Nobody can be asked here: Passphrase" in err
    said = ("--store", at.store, "--user", "PC", "--passphrase-stdin", "--pin-stdin")
    code, _, err = at.typed("people", "list", *said, lines=(PASSPHRASE,))
    assert code == 3
    assert "No line came on stdin: PIN" in err
    code, _, err = at.typed("people", "list", "--store", at.store)
    assert code == 2
    assert "--user" in err


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("another passphrase", PIN), "does not open these records"),
        ((PASSPHRASE, "9999"), "name or PIN is not right"),
    ],
)
def test_a_wrong_secret_is_refused_and_not_repeated(
    at: Till, lines: tuple[str, str], said: str
) -> None:
    words = ("--store", at.store, "--user", "PC", "--passphrase-stdin", "--pin-stdin")
    code, out, err = at.typed("people", "list", *words, lines=lines)
    assert (code, out) == (3, "")
    assert said in err
    assert not any(line in err for line in lines)


def test_the_counter_may_be_named_before_the_command(at: Till) -> None:
    words = ("--store", at.store, "--user", "PC", "--passphrase-stdin", "--pin-stdin")
    assert at.typed(*words, "people", "list", lines=(PASSPHRASE, PIN))[0] == 0


def test_a_password_in_the_address_is_wrong_usage(at: Till) -> None:
    code, _, err = at.typed("people", "list", "--store", "postgresql://a:hush@localhost/x")
    assert code == 2
    assert "hush" not in err


def test_there_are_no_records_and_that_is_said(tmp_path: Path) -> None:
    code, _, err = Till(tmp_path).by("PC", "people", "list")
    assert code == 4
    assert "labelapp setup" in err


def test_setting_up_in_this_process_gives_the_pharmacy_and_needs_the_key_typed_back(
    tmp_path: Path,
) -> None:
    at = Till(tmp_path, Clock())
    words = ("setup", "--store", at.store, "--name", "Pat", "--initials", "PC")
    lines = (PASSPHRASE, PIN, "not the key")
    stdin = ("--passphrase-stdin", "--pin-stdin")
    assert at.typed(*words, *stdin, lines=lines)[0] == 3
    key = tmp_path / "key"
    code, _, err = at.typed(
        *words, *stdin, "--recovery-file", key, "--typed-back-stdin", lines=lines
    )
    assert code == 3
    assert "not the recovery key" in err
    assert not key.exists()
    assert not at.store.exists()


def test_the_passphrase_is_changed_with_the_recovery_key(at: Till) -> None:
    new = "quite another passphrase"
    words = ("--store", at.store, "--user", "PC", "--pin-stdin")
    code, _, err = at.typed(
        "passphrase", *words, "--recovery-stdin", "--new-passphrase-stdin",
        lines=(at.recovery, PIN, new),
    )  # fmt: skip
    assert code == 0, err
    assert at.by("PC", "people", "list")[0] == 3
    assert at.typed("people", "list", *words, "--passphrase-stdin", lines=(new, PIN))[0] == 0


def test_a_computer_without_a_keychain_says_so(at: Till) -> None:
    code, _, err = at.by("PC", "remember")
    assert code == 4
    assert "no keychain" in err
    assert at.typed("forget", "--store", at.store)[0] == 0


def test_the_list_of_a_state_is_signed_by_the_pharmacist_in_charge_alone(at: Till) -> None:
    state = ("--jurisdiction", "ca")
    code, _, err = at.by("PH", "approvals", "sign", *state, "--yes")
    assert code == 3
    assert "pharmacist" in err
    assert at.by("PC", "approvals", "sign", *state)[0] == 2
    code, out, err = at.by("PC", "approvals", "sign", *state, "--yes")
    assert (code, out) == (0, "0 rows signed for CA.\n")
    told = at.told("PH", "approvals", "list", *state)
    assert told["waiting"] == "0"
    assert f"{len(told['rows'])} rows, 0 of them not signed" in err
    assert at.by("PC", "approvals", "list", "--jurisdiction", "XX")[0] == 2


def test_lots_are_recorded_released_listed_and_traced(at: Till) -> None:
    file = at.prescription()
    assert at.by("TT", "lots", "add", file)[0] == 0
    assert at.by("TT", "lots", "add", file)[0] == 3
    code, _, err = at.by("TT", "lots", "release", "26-118")
    assert code == 3
    assert "technician may not" in err
    assert at.by("PH", "lots", "release", "26-118")[0] == 0
    (lot,) = at.told("TT", "lots", "list")["lots"]
    assert (lot["number"], lot["released_by"]) == ("26-118", "PH")
    assert at.by("TT", "lots", "recall", "none")[0] == 3
    at.by("TT", "print", file, "--to", f"file:{at.folder / 'label.pdf'}")
    (reached,) = at.told("TT", "lots", "recall", "26-118")["reached"]
    assert (reached["patient"], reached["rx_number"], reached["fill"]) == (
        "DOE, Jane",
        "1234567",
        "0",
    )
    table = at.folder / "recall.csv"
    assert at.by("TT", "lots", "recall", "26-118", "-o", table)[0] == 0
    assert "DOE, Jane" in table.read_text("utf-8-sig")


def test_a_prescription_is_found_shown_reviewed_verified_and_ended(at: Till) -> None:
    file = with_released_lot(at)
    label = at.told("TT", "print", file, "--to", f"file:{at.folder / 'label.pdf'}")["labels"][0]
    hits = at.told("TT", "find", "doe")["hits"]
    assert [each["text"] for each in hits] == ["DOE, Jane"]
    code, out, _ = at.by("TT", "find", "doe")
    assert (code, "DOE, Jane" in out) == (0, True)
    order = at.told("TT", "order", "1234567")
    assert (order["fills"][0]["state"], order["fills"][0]["lots"]) == ("printed", ["26-118"])
    assert at.by("PH", "order", "review", "1234567")[0] == 2
    assert at.told("PH", "order", "review", "1234567", "--yes")["reviewed_by"] == "PH"
    verify = ("order", "verify", "1234567", "--fill", "0", "--label", label["serial"])
    assert at.by("PH", *verify, "--lot", "26-119")[0] == 3
    assert at.by("PH", "order", "verify", "1234567", "--fill", "5", "--label", "x")[0] == 3
    checked = at.told("PH", *verify, "--lot", "26-118")
    assert checked["fills"][0]["state"] == "verified"
    assert at.by("TT", "order", "discontinue", "1234567", "--reason", "a reaction")[0] == 3
    assert at.by("PH", "order", "discontinue", "1234567")[0] == 2
    assert at.by("PH", "order", "discontinue", "1234567", "--reason", "a reaction")[0] == 0
    assert at.told("TT", "order", "1234567")["standing"] == "discontinued"
    assert at.by("PH", "order", "resume", "1234567", "--reason", "it was an error")[0] == 0
    assert at.by("PH", "order", "transfer", "1234567", "--reason", "to Other")[0] == 0
    assert at.by("TT", "order", "7654321")[0] == 3
    came = at.folder / "came"
    assert at.by("TT", "order", "received", "1234567", "-o", came)[0] == 0
    assert came.read_bytes() == file.read_bytes()


def test_everybody_is_signed_out_at_the_end(at: Till) -> None:
    at.by("TT", "find", "doe")
    at.by("TT", "people", "list")
    acts = [each["act"] for each in at.told("PC", "audit", "list", "--person", "TT")["rows"]]
    assert acts == ["sign-out", "denied", "sign-in", "sign-out", "sign-in"]
