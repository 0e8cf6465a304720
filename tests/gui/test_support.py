"""The report for support is saved where somebody says, and trouble with that is said."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from labelapp.bootstrap.machine import Machine
from labelapp.bootstrap.report import save_report
from labelapp.gui.foot import Foot
from labelapp.gui.settings import Start
from labelapp.gui.support import Support


def support(foot: Foot, tmp_path: Path, troubles: list[object]) -> Support:
    begin = Start(
        words=lambda key, /, **values: " ".join([key, *values.values()]),
        clock=lambda: datetime(2026, 11, 22, tzinfo=UTC),
        save_report=lambda path: save_report(Machine(), tmp_path, Path(path)),
    )
    return Support(foot, begin, troubles.append)


def test_the_report_is_saved_and_said(counter, window, tmp_path):
    troubles: list[object] = []
    foot = window.frame.foot
    support(foot, tmp_path, troubles).save(str(tmp_path / "report.txt"))
    assert "labelapp" in (tmp_path / "report.txt").read_text("utf-8")
    assert not troubles


def test_a_folder_that_is_not_there_is_trouble_in_words(counter, window, tmp_path):
    troubles: list[object] = []
    foot = window.frame.foot
    support(foot, tmp_path, troubles).save(str(tmp_path / "no" / "report.txt"))
    assert [getattr(each, "code", "") for each in troubles] == ["file.no-folder"]
