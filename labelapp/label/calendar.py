"""The calendar of a titration: a box for each day, the dose at each time of day, boxes to tick."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from fractions import Fraction

from labelapp.label.counts import amount_words, dose_words
from labelapp.label.document import VIAL, Label, Symbology
from labelapp.label.doses import Day, Spread
from labelapp.label.handout import (
    PAGE_NUMBER,
    Block,
    Cell,
    Handout,
    Passage,
    Style,
    Table,
    in_rows,
    passage_of,
)
from labelapp.label.papers import PaperWords
from labelapp.label.tally import WHY, directions, strengths_differ, sums, vial_name
from labelapp.label.vials import Container, Given, given, refusals
from labelapp.rx.amount import NBSP, number
from labelapp.rx.dates import label_date
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, stop
from labelapp.rx.timing import Clock, Weekday
from labelapp.sig.lines import Slot
from labelapp.sig.phrases import Phrases

MOST_PAGES = 3
MOST_DAYS = 110
"""More boxes than three pages ever hold: refused before they are set."""
TIMES_OF_SEVERAL = 2
"""Several containers are a larger supply: so many times the pages and days of one."""
WEEK = 7
SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)
"""The places of the week in the order an American calendar has them; 0 is a Monday."""
VIALS_A_LINE = 3
DRUGS_A_LINE = 2
"""So many containers are named beside one another at the head of a page; fewer, each with its drug."""


@dataclass(frozen=True)
class Language:
    """The words a calendar is said in: the phrases of directions, and the papers' own."""

    phrases: Phrases
    papers: PaperWords


def calendar(
    fill: Fill, containers: Sequence[Container], spread: Spread, language: Language
) -> Handout | tuple[Finding, ...]:
    """Make the one calendar of a fill over the days its supply lasts, or say why there is none.

    `containers` are what it leaves in, in the order they are taken; the fill itself where it is
    one. Of several, each dose says which it is taken from.
    """
    refused = refusals(fill, containers, spread)
    if refused:
        return refused
    times = TIMES_OF_SEVERAL if len(containers) > 1 else 1
    days = sum(each.days or 0 for each in containers)
    if days > MOST_DAYS * times:
        values = {"days": str(days), "pages": str(MOST_PAGES * times)}
        return (stop("twins.calendar-long", "fill.quantity", Settler.NOBODY, **values),)
    every, refused = given(fill, containers, spread)
    return refused or _Calendar(every, language).handout(MOST_PAGES * times)


class _Calendar:
    """A calendar being put together."""

    def __init__(self, every: Sequence[Given], language: Language) -> None:
        self._every = every
        self._labels = [each.container.label for each in every]
        self._words, self._phrases = language.papers, language.phrases
        self._form = every[0].container.fill.prescription.compound.form

    def handout(self, most_pages: int) -> Handout:
        """Give the calendar as a paper that flows."""
        label, first = self._labels[0], self._every[0].days[0]
        head = [self._weekdays()] if first.on else []
        page = self._words.word("page", n="{n}", total="{total}")
        named = (
            heading(label, self._words, "calendar")
            if len(self._every) == 1
            else heading_of_several(self._labels, self._words, "calendar")
        )
        said = directions(self._every, self._words)
        return Handout(
            serial=label.serial,
            running=(*named, *self._how(), *head),
            body=(*self._weeks(), *sums(self._every, self._words), *said),
            foot=(*rx_of(label, self._words), Passage(PAGE_NUMBER, page, WHY, Style.SMALL)),
            marks=tuple(each for each in label.marks if each.symbology is Symbology.DATAMATRIX),
            most_pages=most_pages,
        )

    def _how(self) -> list[Passage]:
        said = self._words.word("how_on_skin" if self._form.is_topical else "how")
        if len(self._every) > 1:
            called = self._every[0].container.called.lower()
            said = self._words.word("how_from", how=said, vial=called)
        return [Passage("calendar.how", said, WHY)]

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

    def _weeks(self) -> list[Table]:
        """Give the weeks: Sunday to Saturday where dates are known, else seven days of the sig.

        Of several containers each week is as high as it must be: the one in which dose and vial
        change both would make them all higher by half.
        """
        first = self._every[0].days[0]
        before = (first.on.weekday() + 1) % WEEK if first.on else (first.number - 1) % WEEK
        cells = [Cell()] * before
        cells += [self._cell(day, each) for each in self._every for day in each.days]
        rows = in_rows(cells, WEEK)
        tables = [rows] if len(self._every) == 1 else [(row,) for row in rows]
        return [Table(each, (1,) * WEEK) for each in tables]

    def _cell(self, day: Day, of: Given) -> Cell:
        key = f"day.{day.number}"
        numbered = self._words.word("day", n=number(Fraction(day.number)))
        said = [(numbered, Style.HEADING)]
        if day.on is not None:
            said = [(_month_day(day.on), Style.HEADING), (numbered, Style.SMALL)]
        opens = day.number == of.opened and of is not self._every[0]
        if day.is_new:
            said.append((self._words.word("new_dose"), Style.CHIP))
        if opens:
            called = of.container.called.lower()
            said.append((self._words.word("new_vial", vial=called), Style.CHIP))
        if not day.slots:
            said.append((self._words.word("no_dose"), Style.BODY))
        for each in day.slots:
            said += self._taken(each, of)
        if len(day.slots) > 1 or (day.slots and of.pieces != 1):
            amount = amount_words(day.taken * of.pieces, self._form.unit)
            said.append((self._words.word("whole_day", amount=amount), Style.SMALL))
        passages = tuple(Passage(key, text, WHY, style) for text, style in said)
        return Cell(passages, day.is_new or opens)

    def _taken(self, slot: Slot, of: Given) -> Iterator[tuple[str, Style]]:
        """Say one dose: its time with a box, the container it is taken from, and how much it is."""
        yield self._time(slot, of), Style.TICK
        if len(self._every) > 1:
            differ = strengths_differ(self._every)
            name = vial_name(of.container, self._words, strength=differ)
            style = Style.SMALL if differ else Style.BODY  # so that it stands on one line
            yield self._words.word("from_vial", vial=name), style
        yield dose_words(slot.dose.low, self._phrases), Style.STRONG

    def _time(self, slot: Slot, of: Given) -> str:
        if slot.clock is not None:
            return _clock(slot.clock, self._words)
        if slot.when is None:
            return self._words.word("any_time")
        said = self._words.word(slot.when.value)
        steps = of.container.fill.prescription.sig.steps
        leads = any(each.timing.lead for each in steps)
        return self._words.word("see_directions", time=said) if leads else said


def heading(label: Label, words: PaperWords, title: str) -> tuple[Block, ...]:
    """Give the head of a letter page: what it is, who made it, whose it is and what is in it.

    One of several containers is named: its page is not taken for that of another, or of the fill.
    """
    there = {each.key: each for each in reversed(label.elements)}
    names = [passage_of(there[key], Style.NAME) for key in ("patient", "drug") if key in there]
    if VIAL in there:
        vial = there[VIAL]
        names.append(passage_of(vial, Style.BODY, f"{vial.label} {vial.text}"))
    return (_top(label, words, title), *names)


def heading_of_several(labels: Sequence[Label], words: PaperWords, title: str) -> tuple[Block, ...]:
    """Give the head of a page about several containers: which they are, and what is in each."""
    there = [{each.key: each for each in reversed(label.elements)} for label in labels]
    names = [passage_of(there[0]["patient"], Style.NAME)]
    is_one = len({each["drug"].text for each in there}) == 1
    if is_one:
        names.append(passage_of(there[0]["drug"], Style.NAME))
    cells = []
    for place, each in enumerate(there, start=1):
        vial = each[VIAL]
        said = [passage_of(vial, Style.BODY, f"{vial.label} {vial.text}")]
        if not is_one:
            said.insert(0, passage_of(each["drug"], Style.NAME))
        cells.append(Cell(tuple(replace(one, key=f"{one.key}.{place}") for one in said)))
    columns = min(len(cells), VIALS_A_LINE if is_one else DRUGS_A_LINE)
    vials = Table(in_rows(cells, columns), (1,) * columns, framed=False)
    return (_top(labels[0], words, title), *names, vials)


def _top(label: Label, words: PaperWords, title: str) -> Table:
    """Give what a page is, and beside it who made it."""
    there = {each.key: each for each in reversed(label.elements)}
    beside = []
    if "pharmacy" in there:
        name, phone = there["pharmacy"], there.get("pharmacy_phone")
        values = {"name": name.text, "phone": phone.text.replace(" ", NBSP) if phone else ""}
        beside.append(passage_of(name, Style.BODY, words.word("pharmacy", **values)))
    if "sample" in there:
        beside.append(passage_of(there["sample"], Style.CHIP, words.word("sample")))
    what = Passage("title", words.word(title), WHY, Style.TITLE)
    return Table(((Cell((what,)), Cell(tuple(beside))),), (3, 2), framed=False)


def rx_of(label: Label, words: PaperWords) -> tuple[Passage, ...]:
    """Give prescription number and prescriber as the foot of a letter page says them."""
    there = {each.key: each for each in reversed(label.elements)}
    if not {"rx_number", "prescriber"} <= set(there):
        return ()
    values = {"value": there["rx_number"].text, "prescriber": there["prescriber"].text}
    return (passage_of(there["rx_number"], Style.SMALL, words.word("rx_number", **values)),)


def _month_day(day: date) -> str:
    return label_date(day).partition(",")[0].replace(" ", NBSP)


def _clock(clock: Clock, words: PaperWords) -> str:
    if clock.until is None:
        return _hour(clock.at)
    return words.word("dates", **{"from": _hour(clock.at), "to": _hour(clock.until)})


def _hour(at: time) -> str:
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{NBSP}{'AM' if at.hour < 12 else 'PM'}"
