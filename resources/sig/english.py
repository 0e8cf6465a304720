"""Makes english.txt: the English words that no pharmacy's own sig code may be.

Run by `make words` on a developer's machine with Debian's package `wamerican`, which is SCOWL by
Kevin Atkinson up to size 50; its licence stands beside the list. Words of 2 to 12 plain small
letters are kept: a code is no longer, and names and contractions are no code.
"""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = Path("/usr/share/dict/american-english")
LICENCE = Path("/usr/share/doc/wamerican/copyright")
HEAD = """\
# English words of 2 to 12 letters, one a line: no pharmacy's own sig code may be one of them.
# From SCOWL up to size 50 (Debian wamerican 2020.12.07) by resources/sig/english.py (make words).
# Copyright 2000-2011 Kevin Atkinson and others: see english-licence.txt.
"""


def words() -> list[str]:
    """Read the words that could be taken for a code, each once, in order."""
    return sorted(set(re.findall(r"^[a-z]{2,12}$", SOURCE.read_text("utf-8"), re.MULTILINE)))


if __name__ == "__main__":
    listed = HEAD + "\n".join(words()) + "\n"
    (HERE / "english.txt").write_text(listed, encoding="utf-8", newline="\n")
    (HERE / "english-licence.txt").write_text(
        LICENCE.read_text("utf-8"), encoding="utf-8", newline="\n"
    )
