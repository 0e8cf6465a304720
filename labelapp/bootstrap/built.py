"""Builds the desk from the rows, fonts and clock of this machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from labelapp import __version__, resources
from labelapp.bootstrap.codes import code_book, on_record, read_codes
from labelapp.bootstrap.machine import Machine
from labelapp.bootstrap.phrasebook import languages
from labelapp.bootstrap.words import plain
from labelapp.dispensing.desk import Desk
from labelapp.dispensing.equipment import Equipment
from labelapp.dispensing.fitting import read_yardsticks
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.shown import Wanted
from labelapp.draw.fonts import Fonts
from labelapp.draw.ruler import FontRuler
from labelapp.resources import typed
from labelapp.rx.errors import BadResource, ProofFailed, UnreadableFile

__all__ = ["code_book", "desk", "equipment", "self_test"]

GOLDEN = ("examples/01-capsule-4.5-mg.json", date(2026, 11, 22))


@cache
def equipment(language: str = "en") -> Equipment:
    """Build everything the way of a label needs; a second call gives the same things."""
    fonts = Fonts(resources.folder() / "fonts")
    return Equipment(
        lexicon=typed.lexicon("en"),
        phrases=typed.phrases("en"),
        tables=typed.tables(),
        wording=typed.wording(),
        stocks=typed.stocks(),
        fits=typed.fits(),
        yardsticks=read_yardsticks(resources.folder() / "yardsticks"),
        ruler=FontRuler(fonts),
        fonts=fonts,
        plain=plain(language),
        languages=languages(),
        papers=typed.paper_words(),
        leaflet=typed.leaflet(),
    )


def desk(
    machine: Machine,
    today: date | None = None,
    approvals: Path | None = None,
    table: Path | None = None,
    office: Office | None = None,
) -> Desk:
    """Build the desk of this machine, with the pharmacy's own codes; `today` stands in for the clock.

    With an `office` what is printed is kept in its records, and its approvals hold.

    `approvals` stands in for the approvals this computer keeps, `table` for a shipped table of
    another language. Raises BadCodesFile: no directions are read while the pharmacy's codes cannot be.
    """
    built = equipment(machine.language)
    kept = read_codes() if office is None or office.is_training else on_record(office.codes)
    taught = replace(
        built,
        lexicon=kept.taught(built.lexicon),
        languages=languages(approvals, table, today, office),
    )
    return Desk(taught, lambda: today or date.today(), machine.pharmacy, office)


def self_test() -> str:
    """Draw and proof a label this program brings along. Raises ProofFailed when it comes out wrong.

    A packaged program runs this on the machine it was installed on.
    """
    name, day = GOLDEN
    built = Desk(equipment(), lambda: day)
    try:
        draft = built.open(str(resources.folder() / name))[0]
    except UnreadableFile as damaged:
        raise BadResource(name=name) from damaged
    shown = built.look(draft, Wanted())
    codes = [each.finding.code for each in shown.open_findings]
    if not shown.may_print or shown.label is None:
        raise ProofFailed("self-test.failed", codes=", ".join(codes))
    return f"labelapp {__version__}: label {shown.label.serial} drawn and proofed"
