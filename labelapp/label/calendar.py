"""The calendar of a titration: a box for each day, the dose at each time of day, boxes to tick."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from fractions import Fraction

from labelapp.label.document import HOW_TO_TAKE, VIAL, Label, Symbology
from labelapp.label.doses import Day, Spread, days_of, unset
from labelapp.label.handout import (
    PAGE_NUMBER,
    Block,
    Cell,
    Handout,
    Passage,
    Style,
    Table,
    passage_of,
)
from labelapp.label.papers import PaperWords
from labelapp.rules.weight import in_form_units
from labelapp.rx.amount import NBSP, Amount, Unit, decimal_of, number
from labelapp.rx.dates import label_date
from labelapp.rx.directions import unit_of
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, stop
from labelapp.rx.timing import Clock, Weekday
from labelapp.sig.lines import Slot
from labelapp.sig.phrases import Phrases

MOST_PAGES = 3
MOST_DAYS = 110
"""More boxes than three pages ever hold: refused before they are set."""
WEEK = 7
SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)
"""The places of the week in the order an American calendar has them; 0 is a Monday."""
WHY = "House: the directions of the label, day by day"


@dataclass(frozen=True)
class Language:
    """The words a calendar is said in: the phrases of directions, and the papers' own."""

    phrases: Phrases
    papers: PaperWords


def calendar(
    fill: Fill, label: Label, days: int | None, spread: Spread, language: Language
) -> Handout | tuple[Finding, ...]:
    """Make the calendar of a fill over the days its supply lasts, or say why there is none.

    `days` are those the quantity covers from the fill's first day, None where nobody can count.
    """
    refused = unset(fill, spread)
    if refused:
        return refused
    unit = unit_of(fill.prescription.sig.steps)
    factor = in_form_units(unit, fill.prescription.compound) if unit else None
    if not days or factor is None:
        return (stop("twins.calendar-uncounted", "fill.quantity", Settler.NOBODY),)
    if days > MOST_DAYS:
        return (stop("twins.calendar-long", "fill.quantity", Settler.NOBODY, days=str(days)),)
    return _Calendar(fill, label, days_of(fill, days, spread), factor, language).handout()


class _Calendar:
    """A calendar being put together."""

    def __init__(
        self, fill: Fill, label: Label, days: tuple[Day, ...], factor: Fraction, language: Language
    ) -> None:
        self._fill, self._days, self._factor = fill, days, factor
        self._label = label
        self._words, self._phrases = language.papers, language.phrases
        self._unit = fill.prescription.compound.form.unit

    def handout(self) -> Handout:
        """Give the calendar as a paper that flows."""
        head = [self._weekdays()] if self._days[0].on else []
        page = self._words.word("page", n="{n}", total="{total}")
        return Handout(
            serial=self._label.serial,
            running=(*heading(self._label, self._words, "calendar"), *self._how(), *head),
            body=(self._table(), *self._sums(), *self._directions()),
            foot=(*rx_of(self._label, self._words), Passage(PAGE_NUMBER, page, WHY, Style.SMALL)),
            marks=tuple(
                each for each in self._label.marks if each.symbology is Symbology.DATAMATRIX
            ),
            most_pages=MOST_PAGES,
        )

    def _how(self) -> list[Passage]:
        topical = self._fill.prescription.compound.form.is_topical
        said = self._words.word("how_on_skin" if topical else "how")
        return [Passage("calendar.how", said, WHY)]

    def _directions(self) -> list[Passage]:
        said = [each for each in self._label.elements if each.key in HOW_TO_TAKE]
        head = Passage("calendar.directions", self._words.word("directions"), WHY, Style.HEADING)
        lines = [replace(passage_of(each, Style.BODY), joined=True) for each in said]
        return [head, *lines]

    def _weekdays(self) -> Table:
        names = [tuple(Weekday)[place] for place in SUNDAY_FIRST]
        cells = tuple(
            Cell(
                (
                    Passage(
                        f"calendar.{each}",
                        self._phrases.word("weekday", each.value),
                        WHY,
                        Style.STRONG,
                    ),
                ),
                bare=True,
            )
            for each in names
        )
        return Table((cells,), (1,) * WEEK)

    def _table(self) -> Table:
        """Give the weeks: Sunday to Saturday where dates are known, else seven days of the sig."""
        first = self._days[0]
        before = (first.on.weekday() + 1) % WEEK if first.on else (first.number - 1) % WEEK
        cells = [Cell()] * before + [self._cell(each) for each in self._days]
        cells += [Cell()] * (-len(cells) % WEEK)
        rows = tuple(tuple(cells[at : at + WEEK]) for at in range(0, len(cells), WEEK))
        return Table(rows, (1,) * WEEK)

    def _cell(self, day: Day) -> Cell:
        key = f"day.{day.number}"
        numbered = self._words.word("day", n=number(Fraction(day.number)))
        said = [(numbered, Style.HEADING)]
        if day.on is not None:
            said = [(_month_day(day.on), Style.HEADING), (numbered, Style.SMALL)]
        if day.is_new:
            said.append((self._words.word("new_dose"), Style.CHIP))
        if not day.slots:
            said.append((self._words.word("no_dose"), Style.BODY))
        for each in day.slots:
            said.append((self._time(each), Style.TICK))
            said.append((self._dose(each), Style.STRONG))
        if len(day.slots) > 1 or (day.slots and self._factor != 1):
            said.append((self._words.word("whole_day", amount=self._counted(day)), Style.SMALL))
        return Cell(tuple(Passage(key, text, WHY, style) for text, style in said), day.is_new)

    def _time(self, slot: Slot) -> str:
        if slot.clock is not None:
            return _clock(slot.clock, self._words)
        if slot.when is None:
            return self._words.word("any_time")
        said = self._words.word(slot.when.value)
        leads = any(each.timing.lead for each in self._fill.prescription.sig.steps)
        return self._words.word("see_directions", time=said) if leads else said

    def _dose(self, slot: Slot) -> str:
        return dose_words(slot.dose.low, self._phrases)

    def _counted(self, day: Day) -> str:
        return amount_words(day.taken * self._factor, self._unit)

    def _sums(self) -> list[Passage]:
        """Say what the calendar adds up to, and what of the fill is left over."""
        used = sum((each.taken for each in self._days), Fraction(0)) * self._factor
        first, last = self._days[0].number, self._days[-1].number
        frame = "days" if last > first else "one_day"
        days = self._words.word(frame, first=str(first), last=str(last))
        amount = amount_words(used, self._unit)
        said = self._words.word("this_fill", amount=amount, days=days)
        if vial := next((each for each in self._label.elements if each.key == VIAL), None):
            said = f"{vial.label} {vial.text}, {amount}"  # a part of the fill is not the fill
        sums = [Passage("calendar.sum", said, WHY, Style.HEADING)]
        left = Fraction(self._fill.quantity.value) - used
        if left > 0:
            text = self._words.word("left", amount=amount_words(left, self._unit))
            sums.append(Passage("calendar.left", text, WHY, Style.BODY, joined=True))
        return sums


def heading(label: Label, words: PaperWords, title: str) -> tuple[Block, ...]:
    """Give the head of a letter page: what it is, who made it, whose it is and what is in it.

    One of several containers is named: its page is not taken for that of another, or of the fill.
    """
    there = {each.key: each for each in reversed(label.elements)}
    beside = []
    if "pharmacy" in there:
        name, phone = there["pharmacy"], there.get("pharmacy_phone")
        values = {"name": name.text, "phone": phone.text.replace(" ", NBSP) if phone else ""}
        beside.append(passage_of(name, Style.BODY, words.word("pharmacy", **values)))
    if "sample" in there:
        beside.append(passage_of(there["sample"], Style.CHIP, words.word("sample")))
    what = Passage("title", words.word(title), WHY, Style.TITLE)
    names = [passage_of(there[key], Style.NAME) for key in ("patient", "drug") if key in there]
    if VIAL in there:
        vial = there[VIAL]
        names.append(passage_of(vial, Style.BODY, f"{vial.label} {vial.text}"))
    return (Table(((Cell((what,)), Cell(tuple(beside))),), (3, 2), framed=False), *names)


def rx_of(label: Label, words: PaperWords) -> tuple[Passage, ...]:
    """Give prescription number and prescriber as the foot of a letter page says them."""
    there = {each.key: each for each in reversed(label.elements)}
    if not {"rx_number", "prescriber"} <= set(there):
        return ()
    values = {"value": there["rx_number"].text, "prescriber": there["prescriber"].text}
    return (passage_of(there["rx_number"], Style.SMALL, words.word("rx_number", **values)),)


def dose_words(amount: Amount, phrases: Phrases) -> str:
    """Say a dose as the directions say it: `1 and one-half tablets`, `0.5 mL`."""
    whole = amount.value // 1
    part = phrases.words["part"].get(number(amount.value - whole))
    if part is None or amount.unit.is_mass or amount.unit is Unit.ML:
        return str(amount)
    unit = amount.unit.of(amount.value)
    if not whole:
        return phrases.frame("part", part=part, unit=unit)
    return phrases.frame("whole_and_part", whole=number(whole), part=part, unit=unit)


def amount_words(value: Fraction, unit: Unit) -> str:
    """Write a sum with its unit: `69 capsules`; a third of one as the fraction it is."""
    exact = decimal_of(value)
    return f"{value}{NBSP}{unit.of(value)}" if exact is None else str(Amount(exact, unit))


def _month_day(day: date) -> str:
    return label_date(day).partition(",")[0].replace(" ", NBSP)


def _clock(clock: Clock, words: PaperWords) -> str:
    if clock.until is None:
        return _hour(clock.at)
    return words.word("dates", **{"from": _hour(clock.at), "to": _hour(clock.until)})


def _hour(at: time) -> str:
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{NBSP}{'AM' if at.hour < 12 else 'PM'}"
