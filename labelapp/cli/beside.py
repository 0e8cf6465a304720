"""Files named beside a prescription: the pharmacy's fields, the fill with its lots, decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import click

from labelapp.dispensing.files import open_file
from labelapp.rx.draft import Draft
from labelapp.rx.errors import UnreadableFile

Command = TypeVar("Command", bound=Callable[..., object])
OWN = "labelapp/"
PARTS = {"pharmacy": ("pharmacy.",), "fill": ("fill.", "lots.", "safety."), "decisions": ()}
"""What each option's file may hold, besides decisions in a file of decisions."""

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OPTIONS = (
    click.option("--pharmacy", type=FILE, help="Own-format file with the pharmacy's fields."),
    click.option("--fill", type=FILE, help="Own-format file with fill, lots and safety answers."),
    click.option("--decisions", type=FILE, help="Own-format file with decisions on findings."),
)


def with_files_beside(function: Command) -> Command:
    """Add the options whose files fill in what a prescription file leaves out."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def open_beside(files: Mapping[str, Path | None]) -> dict[str, Draft]:
    """Read the files named beside, each by its option. Raises UnreadableFile, UsageError."""
    return {option: _one(option, path) for option, path in files.items() if path is not None}


def _one(option: str, path: Path) -> Draft:
    """Read one file beside: the own format, its own part and nothing more."""
    drafts = opened(path)
    if len(drafts) != 1 or not drafts[0].source.startswith(OWN):
        source = drafts[0].source
        raise UnreadableFile("cli.beside-not-own", option=option, name=path.name, format=source)
    (extra,) = drafts
    other = sorted(each for each in extra.written if not each.startswith(PARTS[option]))
    other += ["decisions"] if extra.decisions and option != "decisions" else []
    other += ["instructions"] if extra.instructions else []
    if other:
        raise click.UsageError(f"--{option}: its file may not hold {other[0]}.")
    return extra


def opened(path: Path) -> tuple[Draft, ...]:
    """Read a prescription file to its drafts. Raises UnreadableFile, also for a folder."""
    try:
        folder = path.is_dir()
    except OSError:
        folder = False
    if folder:
        raise UnreadableFile("cli.folder", name=path.name)
    return open_file(path)


def drafts(file: Path, beside: Mapping[str, Draft]) -> tuple[Draft, ...]:
    """Read a file and put in what the files named beside it hold, each whole in its own part.

    A part that stands in both is taken from the file named on the command line, never mixed: one
    lot's number with another's date would be a lot that does not exist.
    """
    found = opened(file)
    for option, extra in beside.items():
        if option != "pharmacy" and len(found) > 1:
            raise click.UsageError(f"--{option} belongs to one prescription; {file} holds several.")
        found = tuple(_with(draft, extra) for draft in found)
    return found


def _with(draft: Draft, extra: Draft) -> Draft:
    """Put a file beside into a draft, with all that was noticed about that file."""
    heads = tuple({path.partition(".")[0] + "." for path in extra.written})
    kept = {path: text for path, text in draft.written.items() if not path.startswith(heads)}
    return replace(
        draft,
        written={**kept, **extra.written},
        unread=(*draft.unread, *extra.unread),
        weighty=(*draft.weighty, *extra.weighty),
        findings=(*draft.findings, *extra.findings),
        decisions=(*draft.decisions, *extra.decisions),
    )


def refuse_to_replace(output: Path, read: Sequence[Path]) -> None:
    """Refuse an output that is one of the files read, by whatever name, or is there and no PDF.

    A wildcard that a shell filled in after -o would otherwise put labels in place of a
    prescription. Raises UsageError.
    """
    if str(output) == "-":
        raise click.UsageError("-o -: labels are written to a file; name one.")
    if any(_is_same(output, each) for each in read):
        raise click.UsageError(f"-o {output}: that file is read here and would be replaced.")
    try:
        if output.is_file() and output.stat().st_size:
            with output.open("rb") as there:
                if there.read(5) != b"%PDF-":
                    raise click.UsageError(f"-o {output}: a file of that name is there and no PDF.")
    except (OSError, ValueError):
        return  # writing it will say why it cannot be


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False
