"""Builds what the command line is handed: the desk, the records, and the words of the screen."""

from __future__ import annotations

from functools import partial

from labelapp.bootstrap import built, codes, phrasebook, records
from labelapp.bootstrap.machine import Machine
from labelapp.bootstrap.words import LAST_WORDS, plain
from labelapp.cli import Means
from labelapp.dispensing.codes import CodeBook
from labelapp.dispensing.office.door import training
from labelapp.dispensing.office.office import Office


def means(machine: Machine) -> Means:
    """Give the means of the command line on this computer."""
    return Means(
        desk=partial(built.desk, machine),
        plain=lambda: plain(machine.language),
        check_self=built.self_test,
        last_words=LAST_WORDS,
        code_book=partial(_code_book, machine),
        phrase_book=lambda approvals, table: phrasebook.phrase_book(
            plain(machine.language), approvals, table
        ),
        import_phrases=phrasebook.import_phrases,
        door=partial(records.door, machine),
        training=lambda: training(records.fittings(language=machine.language), machine.pharmacy),
        house=machine.pharmacy,
    )


def _code_book(machine: Machine, office: Office | None) -> CodeBook:
    """Open the code book in the records; without any, the one of this computer."""
    words = plain(machine.language)
    if office is None:
        return codes.code_book(words)
    return codes.office_book(words, office.codes, lambda: office.ledger.clock().date())
