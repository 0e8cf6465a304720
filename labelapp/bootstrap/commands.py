"""Builds what the command line is handed: the desk, the records, and the words of the screen."""

from __future__ import annotations

from functools import partial

from labelapp.bootstrap import built, phrasebook, records
from labelapp.bootstrap.machine import Machine
from labelapp.bootstrap.words import LAST_WORDS, plain
from labelapp.cli import Means
from labelapp.dispensing.office.door import training


def means(machine: Machine) -> Means:
    """Give the means of the command line on this computer."""
    return Means(
        desk=partial(built.desk, machine),
        plain=lambda: plain(machine.language),
        check_self=built.self_test,
        last_words=LAST_WORDS,
        code_book=lambda: built.code_book(plain(machine.language)),
        phrase_book=lambda approvals, table: phrasebook.phrase_book(
            plain(machine.language), approvals, table
        ),
        import_phrases=phrasebook.import_phrases,
        door=partial(records.door, machine),
        training=lambda: training(records.fittings(), machine.pharmacy),
        house=machine.pharmacy,
    )
