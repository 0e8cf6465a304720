"""The command line run in this process, as a person would type it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from labelapp.__main__ import main
from labelapp.bootstrap.journal import end_log


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    """Run the command as typed; gives exit code, stdout and stderr."""

    def typed(*words: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        end_log()
        said = capsys.readouterr()
        code = left.value.code
        return (code if isinstance(code, int) else 0), said.out, said.err

    return typed
