"""Turns the values of the rooms below into the frozen views the front ends see."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from zlib import compress

from labelapp.dispensing.make import Made
from labelapp.dispensing.plain import Plain
from labelapp.dispensing.shown import (
    ShownBox,
    ShownBud,
    ShownFinding,
    ShownFit,
    ShownLabel,
    ShownLine,
    ShownMark,
    ShownPage,
    ShownRule,
    ShownSig,
    ShownStep,
    ShownStock,
)
from labelapp.draw.proof import Proof
from labelapp.draw.raster import bits, shares
from labelapp.layout.page import Page, Pages, Words
from labelapp.layout.stock import Fits, Stock
from labelapp.rules.assess import Assessment
from labelapp.rx.amount import decimal_of, number
from labelapp.rx.dates import staff_date
from labelapp.rx.decision import Decision, settled_by
from labelapp.rx.directions import Dated, Increase, Said, laid_out
from labelapp.rx.finding import Finding, Settler, Severity
from labelapp.rx.timing import Clock
from labelapp.sig.read import Reading

MM_PER_INCH = 25.4
_ORDER = {Severity.STOP: 0, Severity.ASK: 1, Severity.NOTE: 2}


def findings(
    found: Iterable[Finding], decisions: tuple[Decision, ...], plain: Plain
) -> tuple[ShownFinding, ...]:
    """Say every finding once, the gravest first, each with the decision that settles it."""
    shown = []
    for each in sorted(dict.fromkeys(found), key=lambda finding: _ORDER[finding.severity]):
        sentence, way_out = plain.finding(each)
        answer = settled_by(each, decisions)
        settled = ""
        if answer is not None:
            said = ": ".join(part for part in (answer.choice, answer.reason) if part)
            proposed = each.settler is Settler.CLINICAL and not answer.role.is_pharmacist
            settled = plain.word(
                "settled.proposed" if proposed else "settled.by",
                by=answer.by,
                role=answer.role.value,
                at=staff_date(answer.at),
                said=said,
            )
        shown.append(ShownFinding(each, sentence, way_out, settled))
    return tuple(shown)


def exact(value: Fraction) -> str:
    """Write an exact number, as a decimal where there is one and else as a fraction, 2/3."""
    decimal = decimal_of(value)
    return str(value) if decimal is None else number(decimal)


def sig(
    reading: Reading, said: tuple[Said, ...], units: str, shown: tuple[ShownFinding, ...]
) -> ShownSig:
    """Show what was understood of the directions."""
    return ShownSig(
        status=reading.status,
        steps=tuple(_step(each) for each in laid_out(reading.sig.steps)),
        lines=tuple(
            ShownLine(
                f"{each.lead}: {each.text}" if each.lead else each.text, each.spans, each.lead
            )
            for each in said
        ),
        units_for_days=units,
        findings=shown,
        purpose=reading.sig.purpose,
        rules=tuple(map(_rule, reading.sig.increases)),
    )


def _step(dated: Dated) -> ShownStep:
    step = dated.step
    return ShownStep(
        sequence=step.sequence,
        low=step.dose.low.value,
        high=step.dose.high.value if step.dose.high else None,
        unit=step.dose.low.unit.value,
        dose_mg=exact(step.dose_mg) if step.dose_mg is not None else "",
        when=tuple(each.value for each in step.timing.when),
        times_per_day=exact(step.timing.doses_a_day * step.timing.days_share),
        start_day=dated.first,
        end_day=dated.last,
        as_needed=step.as_needed,
        days_on=step.timing.days_on,
        every_days=step.timing.every_days,
        weekdays=tuple(each.value for each in step.timing.weekdays),
        clock=tuple(map(_clock, step.timing.clock)),
        conditions=step.conditions,
    )


def _clock(clock: Clock) -> str:
    until = "" if clock.until is None else f"-{clock.until:%H:%M}"
    return f"{clock.at:%H:%M}{until}"


def _rule(rule: Increase) -> ShownRule:
    return ShownRule(
        rule.by.value, rule.by.unit.value, rule.every, rule.up_to.value, rule.first, rule.last
    )


def bud(assessment: Assessment, plain: Plain) -> ShownBud | None:
    """Show the beyond-use date, its reason and every limit that was weighed."""
    if assessment.bud is None:
        return None
    said = {
        limit: plain.word(limit.code, last_day=staff_date(limit.last_day), **dict(limit.values))
        for limit in assessment.bud.limits
    }
    return ShownBud(
        assessment.bud.last_day, said[assessment.bud.reason], tuple(dict.fromkeys(said.values()))
    )


def stock(row: Stock, fits: Fits | None = None, *, own: bool = False) -> ShownStock:
    """Show a stock in a chooser, with what was counted to fit on it."""
    counted = fits.labels.items() if fits else ()
    return ShownStock(
        id=row.id,
        name=row.name,
        width_mm=row.width_mm,
        height_mm=row.height_mm,
        dpi=row.dpi,
        maker=row.maker,
        number=row.number,
        use=row.use,
        own=own,
        fits=tuple(ShownFit(state, *counts) for state, counts in counted),
        bars=fits.bars if fits else None,
    )


def label(made: Made) -> ShownLabel:
    """Show the finished label: the very PDF and the picture its proof was made on."""
    return ShownLabel(
        stock=stock(made.pages.stock),
        dpi=made.pages.dpi,
        serial=made.label.serial,
        pdf=made.pdf,
        pages=pages(made.pages, made.proof),
        sample=made.label.sample,
        dropped=made.pages.dropped,
        paper=made.paper,
    )


def pages(laid: Pages, proven: Proof) -> tuple[ShownPage, ...]:
    """Show each page as the dots its proof was made on, with what stands where.

    Where one of them has colours, each is shown in colour as well: they are printed together.
    """
    has_colours = any(proven.in_colour)
    return tuple(
        ShownPage(
            width=page.width,
            height=page.height,
            dpi=laid.dpi,
            bits=bits(picture),
            boxes=tuple(_box(words, laid.dpi) for words in page.words),
            marks=_marks(page),
            packed_colours=compress(shares(tinted or picture)) if has_colours else b"",
        )
        for page, picture, tinted in zip(laid.pages, proven.pages, proven.in_colour, strict=True)
    )


def _marks(page: Page) -> tuple[ShownMark, ...]:
    return tuple(ShownMark(bars.symbology.value, bars.payload) for bars in page.bars)


def _box(words: Words, dpi: int) -> ShownBox:
    def mm(dots: int) -> float:
        return round(dots * MM_PER_INCH / dpi, 2)

    return ShownBox(
        words.text,
        words.key,
        words.why,
        words.size_pt,
        mm(words.box.x),
        mm(words.box.y),
        mm(words.box.width),
        mm(words.box.height),
        words.spans,
    )
