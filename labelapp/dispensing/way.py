"""The way a draft has gone: what became of it at each station, and how that is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from labelapp.dispensing import show
from labelapp.dispensing.enter import Entered
from labelapp.dispensing.equipment import Equipment
from labelapp.dispensing.make import Made
from labelapp.dispensing.shown import Shown
from labelapp.rules.assess import Assessment
from labelapp.rx.decision import settled_by
from labelapp.rx.directions import Said
from labelapp.rx.draft import Draft
from labelapp.rx.finding import Finding, note
from labelapp.sig.say import say


@dataclass(frozen=True)
class Way:
    """How far a draft came on a day: entered, assessed, made; None beyond where it ended."""

    day: date
    draft: Draft
    entered: Entered
    assessment: Assessment | None = None
    made: Made | None = None

    def seen(self, found: tuple[Finding, ...], equipment: Equipment) -> Shown:
        """Show everything met on the way, with the findings said."""
        plain, draft, assessment = equipment.plain, self.draft, self.assessment
        shown = show.findings((*found, *_void(found, draft)), draft.decisions, plain)
        law = assessment.law if assessment else None
        units = assessment.units if assessment else None
        counted = "" if units is None else show.exact(units)
        reading = self.entered.reading
        of_sig = tuple(each for each in shown if each.finding in reading.findings)
        standard = law is not None and law.standard_phrases
        said = said_of(self.entered, equipment, standard=standard)
        return Shown(
            day=self.day,
            sig=show.sig(reading, said, counted, of_sig),
            findings=shown,
            bud=show.bud(assessment, plain) if assessment else None,
            days_supply=assessment.days if assessment else None,
            units_needed=counted,
            needed_days=_needed_days(self.entered, assessment),
            auxiliary=_auxiliary(assessment),
            jurisdiction=law.jurisdiction if law else "",
            label=show.label(self.made) if self.made else None,
        )


def said_of(entered: Entered, equipment: Equipment, *, standard: bool) -> tuple[Said, ...]:
    """Give the lines a label would say of the directions; none while they are not understood."""
    if entered.form is None or not entered.reading.sig.steps:
        return ()
    fill = entered.fill
    return say(
        entered.reading.sig,
        entered.form,
        equipment.phrases,
        standard,
        fill.first_day if fill else 1,
        fill.starts_on if fill else None,
    )


def _void(found: tuple[Finding, ...], draft: Draft) -> tuple[Finding, ...]:
    """Note each decision whose question is still there but with other values than it answered."""
    return tuple(
        note("decision.void", each.field, by=each.by, question=each.code)
        for each in draft.decisions
        if (asked := [finding for finding in found if each.speaks_of(finding)])
        and not any(settled_by(finding, draft.decisions) for finding in asked)
    )


def _needed_days(entered: Entered, assessment: Assessment | None) -> int | None:
    if assessment is None or entered.fill is None:
        return None
    return entered.fill.prescription.days_supply or assessment.days


def _auxiliary(assessment: Assessment | None) -> tuple[tuple[str, str, bool], ...]:
    if assessment is None:
        return ()
    return (
        *((each.id, each.text, True) for each in assessment.auxiliary),
        *((each.id, each.text, False) for each in assessment.offered),
    )
