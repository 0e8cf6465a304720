"""Save as PDF: the very bytes, whole or not at all, and a plain reason when it cannot be done."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest

from labelapp.printing.file import FilePrinter
from labelapp.printing.printer import Job, Kind
from labelapp.rx.errors import CannotWrite

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 800 + b"%%EOF\n"
NOBODY = 65534
needs_posix = pytest.mark.skipif(os.name != "posix", reason="rights are otherwise there")


def job(pdf: bytes = PDF) -> Job:
    page = bytes(102 * 406)
    size = (Decimal("101.6"), Decimal("50.8"))
    return Job("LDN label 3f9a", pdf, (page, page), 812, 406, 203, *size)


def refusal(path: Path) -> CannotWrite:
    with pytest.raises(CannotWrite) as refused:
        FilePrinter(path).send(job())
    return refused.value


def test_it_takes_the_page_itself_for_any_head():
    wants = FilePrinter("label.pdf").wants(Decimal(62), Decimal(29))
    assert (wants.kind, wants.dpi) == (Kind.PDF, None)


def test_the_file_is_the_label_byte_for_byte_and_nothing_lies_beside_it(tmp_path):
    receipt = FilePrinter(tmp_path / "label.pdf").send(job())
    assert (tmp_path / "label.pdf").read_bytes() == PDF
    assert [path.name for path in tmp_path.iterdir()] == ["label.pdf"]
    assert (receipt.printer, receipt.job, receipt.pages) == ("file", str(tmp_path / "label.pdf"), 2)


def test_a_file_of_that_name_is_replaced_at_once(tmp_path):
    """Whoever has the old file open goes on reading the whole old file."""
    path = tmp_path / "label.pdf"
    path.write_bytes(b"an older label")
    with path.open("rb") as reading:
        FilePrinter(path).send(job())
        assert reading.read() == b"an older label"
    assert path.read_bytes() == PDF


@needs_posix
def test_a_file_kept_from_others_stays_kept_from_them(tmp_path):
    path = tmp_path / "label.pdf"
    path.write_bytes(b"an older label")
    path.chmod(0o600)
    FilePrinter(path).send(job())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@needs_posix
def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "shelf").mkdir()
    link = tmp_path / "label.pdf"
    link.symlink_to(tmp_path / "shelf" / "kept.pdf")
    FilePrinter(link).send(job())
    assert link.is_symlink()
    assert (tmp_path / "shelf" / "kept.pdf").read_bytes() == PDF


def test_a_missing_folder_is_named(tmp_path):
    refused = refusal(tmp_path / "gone" / "label.pdf")
    assert refused.code == "file.no-folder"
    assert refused.values == {"folder": str(tmp_path / "gone"), "name": "label.pdf"}
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_no_folder(tmp_path):
    (tmp_path / "shelf").write_bytes(b"")
    assert refusal(tmp_path / "shelf" / "label.pdf").code == "file.no-folder"


def test_a_folder_is_never_overwritten(tmp_path):
    (tmp_path / "label.pdf").mkdir()
    assert refusal(tmp_path / "label.pdf").code == "file.is-folder"
    assert (tmp_path / "label.pdf").is_dir()


@needs_posix
def test_what_is_no_file_is_never_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "null.pdf").symlink_to("/dev/null")
    for name in ("pipe.pdf", "null.pdf"):
        assert refusal(tmp_path / name).code == "file.no-file"
    assert refusal(Path("/dev/null")).code == "file.no-file"
    assert stat.S_ISFIFO((tmp_path / "pipe.pdf").stat().st_mode)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["null.pdf", "pipe.pdf"]


def test_a_file_kept_from_writing_is_never_replaced(tmp_path):
    path = tmp_path / "label.pdf"
    path.write_bytes(b"an older label")
    path.chmod(0o444)
    assert refusal(path).code == "file.kept-from-writing"
    assert path.read_bytes() == b"an older label"


@pytest.mark.parametrize("name", ["a\0b.pdf", "\ud800.pdf", "x" * 300 + ".pdf"])
def test_a_name_no_file_can_have_is_refused_plainly(tmp_path, name):
    assert refusal(tmp_path / name).code == "file.bad-name"
    assert list(tmp_path.iterdir()) == []


@needs_posix
def test_links_in_a_circle_are_refused(tmp_path):
    (tmp_path / "label.pdf").symlink_to(tmp_path / "label.pdf")
    assert refusal(tmp_path / "label.pdf").code == "file.cannot-write"


@pytest.fixture
def others_folder():
    """A folder this person may look into but not write to; root steps down for the while."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "label.pdf").write_bytes(b"an older label")
        folder.chmod(0o555)
        as_root = os.geteuid() == 0
        if as_root:
            os.seteuid(NOBODY)
        yield folder
        if as_root:
            os.seteuid(0)
        folder.chmod(0o755)


@needs_posix
def test_a_folder_without_the_right_to_write_is_named(others_folder):
    assert refusal(others_folder / "new.pdf").code == "file.no-right"
    assert refusal(others_folder / "label.pdf").code == "file.no-right"
    assert (others_folder / "label.pdf").read_bytes() == b"an older label"


CRAMPED = """
import resource, sys
from pathlib import Path
from labelapp.printing.file import write_whole
from labelapp.rx.errors import CannotWrite
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    write_whole(bytes(200_000), Path(sys.argv[1]))
except CannotWrite as refused:
    print(refused.code)
"""


@needs_posix
def test_no_room_for_the_whole_file_leaves_the_old_one(tmp_path):
    path = tmp_path / "label.pdf"
    path.write_bytes(b"an older label")
    told = subprocess.run([sys.executable, "-c", CRAMPED, path], capture_output=True, text=True)
    assert (told.stdout.strip(), told.stderr) == ("file.disk-full", "")
    assert path.read_bytes() == b"an older label"
    assert [each.name for each in tmp_path.iterdir()] == ["label.pdf"]


@pytest.fixture
def small_disk(need):
    """A disk with room for 64 kB, where one may be made."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("needs root to make a small disk")
    with tempfile.TemporaryDirectory() as name:
        size = ["-o", "size=64k", "labels"]
        made = subprocess.run([need("mount"), "-t", "tmpfs", *size, name], capture_output=True)
        if made.returncode:
            pytest.skip("needs the right to make a small disk")
        yield Path(name)
        subprocess.run([need("umount"), name], check=True)


def test_a_full_disk_is_named_and_nothing_half_is_left_on_it(small_disk):
    path = small_disk / "label.pdf"
    path.write_bytes(b"an older label")
    assert refusal(path).code == "file.disk-full"
    assert path.read_bytes() == b"an older label"
    assert [each.name for each in small_disk.iterdir()] == ["label.pdf"]
