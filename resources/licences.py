"""Makes licences.txt: what is bundled with labelapp, at the locked version, under which licence.

Run by `make licences` after `make lock`; a test holds the two together. A row is
name, version, licence, where the licence's words lie; the columns are parted by tabs.
"""

from __future__ import annotations

import re
import tomllib
from email.message import Message
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
HEAD = "# What is bundled with labelapp: name, version, licence, where its words lie"

# Needed on another system than the one this runs on, so that its own words cannot be asked.
ELSEWHERE = {
    "colorama": ("BSD-3-Clause", (), "on Windows only"),
    "pywin32-ctypes": ("BSD-3-Clause", (), "on Windows only"),
    "tzdata": ("Apache-2.0", (), "on Windows only"),
}
# What a package's own words leave out.
REMARKS = {
    "psycopg": "used under LGPL-3.0-only: its files may be replaced by others",
    "psycopg-binary": "holds libpq; used under LGPL-3.0-only: its files may be replaced by others",
    "pypdfium2": "holds PDFium",
    "pyside6-essentials": "used under LGPL-3.0-only: its files may be replaced by others",
    "shiboken6": "used under LGPL-3.0-only: its files may be replaced by others",
    "sqlcipher3": "holds SQLCipher, BSD-3-Clause, SQLite and OpenSSL, Apache-2.0",
    "zint-bindings": "holds libzint, BSD-3-Clause",
}
# Parts that name no licence but hold its words.
UNNAMED = {"sqlcipher3": "Zlib"}
FONT = "Noto Sans\t{version}\tOFL-1.1\tresources/fonts/OFL.txt"
WORDS = "SCOWL (English words)\t2020.12.07\tSCOWL\tresources/sig/english-licence.txt"


def locked() -> dict[str, str]:
    """Read the version of each package from the lock."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    rows = re.findall(r"^([A-Za-z0-9._-]+)==([^ \\;]+)", text, re.MULTILINE)
    return {canonicalize_name(name): version for name, version in rows}


def licence(told: Message) -> str:
    """Read the licence a package gives itself: the expression, else the classifier, else the words."""
    classified = [
        line.rsplit(" :: ", 1)[1]
        for line in told.get_all("Classifier", [])
        if line.startswith("License :: ")
    ]
    return told.get("License-Expression") or ", ".join(classified) or told.get("License", "")


def words(name: str) -> tuple[str, list[str], str]:
    """Ask one package for its licence, for what it needs in turn, and for its licence's words."""
    try:
        package = distribution(name)
    except PackageNotFoundError:
        given, needs, where = ELSEWHERE[name]
        return given, list(needs), where
    told = package.metadata
    remark = REMARKS.get(name, "")
    kept = told.get_all("License-File", [])
    where = f"{len(kept)} licence files in the package" if len(kept) > 1 else "".join(kept)
    return (
        licence(told) or UNNAMED.get(name, ""),
        package.requires or [],
        "; ".join(filter(None, [where, remark])),
    )


def bundled() -> list[str]:
    """Follow what labelapp needs at run time, on every system, to the end."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names: set[str] = set()
    known = locked()  # what an older Python needs stands on no lock
    waiting = [(each, "") for each in project["dependencies"]]
    while waiting:
        said, extra = waiting.pop()
        part = Requirement(said)
        name = canonicalize_name(part.name)
        of_extra = part.marker is not None and "extra" in str(part.marker)
        if of_extra and not (extra and part.marker.evaluate({"extra": extra})):
            continue
        if name not in known or (name in names and not part.extras):
            continue
        names.add(name)
        waiting += [(each, asked) for each in words(name)[1] for asked in ("", *part.extras)]
    return sorted(names)


def table() -> str:
    """Lay the rows out, one for each part."""
    versions = locked()
    rows = [HEAD, FONT.format(version=versions["fontpkg-noto-sans"]), WORDS]
    for name in bundled():
        given, _, where = words(name)
        rows.append(f"{name}\t{versions[name]}\t{given}\t{where}".rstrip())
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    (HERE / "licences.txt").write_text(table(), encoding="utf-8", newline="\n")
