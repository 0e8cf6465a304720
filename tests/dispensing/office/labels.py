"""What tests of the office do with labels: look, print into a file, read the audit."""

from __future__ import annotations

from labelapp.dispensing.office.shown import ShownFill
from labelapp.dispensing.shown import Shown, Wanted
from labelapp.rx.draft import Draft
from tests.dispensing.office.offices import Counter


def look(at: Counter, given: Draft, reason: str = "") -> Shown:
    """Look at a label that may print."""
    shown = at.desk().look(given, Wanted(reason=reason))
    assert shown.may_print, [each.finding.code for each in shown.open_findings]
    return shown


def printed(at: Counter, given: Draft, reason: str = "") -> str:
    """Save a label as a PDF, the printer that is a file; give its serial."""
    shown = look(at, given, reason)
    assert shown.label is not None
    at.desk().save(shown, str(at.folder / "label.pdf"))
    return shown.label.serial


def codes(at: Counter, given: Draft, reason: str = "") -> set[str]:
    """Give the codes of what holds a label up."""
    shown = at.desk().look(given, Wanted(reason=reason))
    return {each.finding.code for each in shown.open_findings}


def fill_of(at: Counter, number: str = "1234567", fill: int = 0) -> ShownFill:
    """Give a fill of a prescription."""
    return next(e for e in at.office.orders.open(number).fills if e.number == fill)


def acts(at: Counter, by: str = "PC") -> list[tuple[str, str]]:
    """Give what the audit says, the newest first, each with whose act it was."""
    at.sign_in(by)
    return [(each.act, each.person) for each in at.office.keeping.audit_page()][2:]
