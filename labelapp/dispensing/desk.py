"""The desk: everything a front end can ask for, each as one call that gives a frozen view."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from labelapp.dispensing import send, show
from labelapp.dispensing.batch import batched, left_out, not_proofed, saved
from labelapp.dispensing.beside import seen_in, translated
from labelapp.dispensing.enter import enter
from labelapp.dispensing.equipment import Equipment
from labelapp.dispensing.house import House
from labelapp.dispensing.make import Made, unsayable
from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.entry import Entry
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.prints import Reserved, sent_once
from labelapp.dispensing.papers import make_paper
from labelapp.dispensing.past import Past, with_first_fill
from labelapp.dispensing.scanned import opened, scanned
from labelapp.dispensing.shown import (
    ENGLISH,
    FEDERAL,
    Batch,
    Shown,
    ShownPrinter,
    ShownSig,
    ShownStock,
    Wanted,
)
from labelapp.dispensing.stocking import chosen, not_chosen
from labelapp.dispensing.stockroom import StockRoom, stocked
from labelapp.dispensing.way import Way, said_of
from labelapp.intake.limits import examined
from labelapp.intake.own import schema
from labelapp.rules.assess import assess
from labelapp.rx.directions import units_for
from labelapp.rx.draft import Draft
from labelapp.rx.errors import LabelappError, ProofFailed
from labelapp.rx.finding import Finding
from labelapp.rx.receipt import Receipt, Unknown

Sent = TypeVar("Sent", bound=Receipt | Unknown)


class LabelChanged(LabelappError):
    """The label that would print now is not the one that was looked at: the records changed."""

    code = "label.changed"


class NotWhole(LabelappError):
    """An order was to be recorded of which something is missing that every order has."""

    code = "order.not-whole"


class Desk:
    """The dispensing desk. Its calls are pure looks but for `save` and `send`.

    `today` tells the day at the pharmacy. `house` holds fields that belong to the pharmacy rather
    than to a prescription (its name and address): a draft that says nothing of them takes them
    from here. `office` are the records; without them everything is a sample and nothing is kept.
    """

    def __init__(
        self,
        equipment: Equipment,
        today: Callable[[], date],
        house: Mapping[str, str] | None = None,
        office: Office | None = None,
    ) -> None:
        self._equipment = equipment
        self._today = today
        self._house = House(house or {}, office)
        self._past = Past(office)
        self.office = office
        self.room = StockRoom(equipment, office.stocks if office is not None else None)
        """The stocks there are, and the making of the pharmacy's own."""
        self.home_law = FEDERAL
        """The law of the pharmacy's own state, the federal one where that has no rows."""
        self._stocks = self.restocked()

    def open(self, path: str) -> tuple[Draft, ...]:
        """Read a prescription file to its drafts; a fax or scan begins one with the scan beside it.

        Raises UnreadableFile with the reason.
        """
        return opened(Path(path))

    def look(self, draft: Draft, wanted: Wanted) -> Shown:
        """Go the whole way with a draft, as far as it goes, and show everything met on it."""
        return self._way(draft, wanted)[0]

    def is_of_today(self, shown: Shown) -> bool:
        """Tell whether a view was looked at today; yesterday's is neither saved nor sent."""
        return shown.day == self._today()

    def batch(self, drafts: Iterable[Draft], *wanted: Wanted) -> Batch:
        """Go the way with several prescriptions; those that may print share one proofed PDF.

        Of each prescription every paper wanted is made, one after the other.
        """
        ways = [self._proofed(draft, each) for draft in drafts for each in wanted]
        return batched(ways, self._equipment)

    def _proofed(self, draft: Draft, wanted: Wanted) -> tuple[Shown, Made | None]:
        """Go the way with one of several: a failed proof is told and holds up no other."""
        try:
            return self._way(draft, wanted)
        except ProofFailed as failed:
            shown = self.check(draft, wanted.jurisdiction)
            return left_out(shown, not_proofed(failed), self._equipment.plain), None

    def _way(self, draft: Draft, wanted: Wanted) -> tuple[Shown, Made | None]:
        shown, made = self._gone(draft, wanted)
        tools = self._equipment
        seen = seen_in(shown, wanted.language, tools.languages, tools.plain)
        return replace(seen, draft=draft, wanted=wanted), made

    def _gone(self, draft: Draft, wanted: Wanted) -> tuple[Shown, Made | None]:
        today = self._today()
        draft = self._at_home(draft, today)
        entered = enter(draft, self._equipment.lexicon, today)
        if entered.fill is None:
            return self._seen(Way(today, draft, entered), entered.findings), None
        record = self._past.of(Entry(entered.fill, draft, paper=wanted.paper))
        past = record.history if record and not record.is_other else None
        entered = replace(entered, fill=with_first_fill(entered.fill, past))
        assert entered.fill is not None
        assessment = assess(entered.fill, self._equipment.tables, today, wanted.jurisdiction, past)
        law = assessment.law.jurisdiction if assessment.law else ""
        way = Way(today, draft, entered, assessment)
        printed, known = self._past.known(entered.fill, law, record, wanted)
        found = (*entered.findings, *assessment.findings, *known)
        stock, dpi = chosen(wanted, self._equipment.stocks)
        if stock is None or not entered.reading.sig.steps or assessment.bud is None:
            refused = not_chosen(wanted, self._equipment.stocks) if stock is None else ()
            return self._seen(way, (*found, *refused)), None
        made = make_paper(entered.fill, assessment, stock, dpi, self._equipment, printed)
        if not isinstance(made, Made):
            return self._seen(way, (*found, *made.findings)), None
        return self._seen(replace(way, made=made), (*found, *made.findings)), made

    def read_sig(self, draft: Draft, days: int | None = None, language: str = ENGLISH) -> ShownSig:
        """Read the directions alone, with whatever form and strength the draft has.

        Raises NoSuchLanguage.
        """
        entered = enter(draft, self._equipment.lexicon, self._today())
        read = entered.reading
        shown = show.findings(read.findings, draft.decisions, self._equipment.plain)
        units = ""
        if days is not None and read.sig.steps:
            units = show.exact(units_for(read.sig.steps, days))
        sig = show.sig(read, said_of(entered, self._equipment, standard=True), units, shown)
        return translated(sig, language, self._equipment.languages, self._equipment.plain)

    def read_draft(self, draft: Draft) -> Shown:
        """Understand a draft as far as order entry goes: steps, findings, no assessment."""
        today = self._today()
        entered = enter(draft, self._equipment.lexicon, today)
        found = (*draft.findings, *entered.reading.findings, *entered.disagreements)
        return self._seen(Way(today, draft, entered), found)

    def check(self, draft: Draft, jurisdiction: str) -> Shown:
        """Assess a draft, and say what its label would lack; no label is made."""
        today = self._today()
        draft = self._at_home(draft, today)
        entered = enter(draft, self._equipment.lexicon, today)
        if entered.fill is None:
            return self._seen(Way(today, draft, entered), entered.findings)
        assessment = assess(entered.fill, self._equipment.tables, today, jurisdiction)
        lacks = unsayable(entered.fill, assessment, self._equipment)
        found = (*entered.findings, *assessment.findings, *lacks)
        return self._seen(Way(today, draft, entered, assessment), found)

    def _seen(self, way: Way, found: tuple[Finding, ...]) -> Shown:
        return way.seen(found, self._equipment)

    def write(self, pdf: bytes, path: Path) -> None:
        """Write a proofed PDF of a batch. Raises CannotWrite; never leaves half a file."""
        send.write(pdf, path)

    def stocks(self) -> tuple[ShownStock, ...]:
        """List the stocks one can choose, as they were read last; the records are not asked."""
        return self._stocks

    def restocked(self) -> tuple[ShownStock, ...]:
        """Read the pharmacy's own stocks anew, and list all one can choose."""
        self._equipment = stocked(self._equipment, self.room)
        self._stocks = self.room.listed()
        state = self._house.state
        self.home_law = state if state in self._equipment.tables.laws else FEDERAL
        return self._stocks

    def jurisdictions(self) -> tuple[str, ...]:
        """List the states whose law stands in the rows."""
        return tuple(sorted(self._equipment.tables.laws))

    def languages(self) -> tuple[tuple[str, str], ...]:
        """List the languages that have a table, each by its tag and its own name."""
        known = self._equipment.languages
        return tuple((each, known.table(each).name) for each in known.tags())

    def language(self, named: str) -> str:
        """Give a language's tag however its letters were typed. Raises NoSuchLanguage."""
        return self._equipment.languages.named(named)

    def printers(self) -> tuple[ShownPrinter, ...]:
        """List the queues of this computer with what they say of themselves."""
        return send.printers(self._equipment.plain)

    def save(self, shown: Shown, path: str) -> Receipt:
        """Save the proofed label as a PDF file. Raises CannotWrite.

        Refuses while a question is open, and a label looked at on another day.
        """
        return self._out(shown, "file", lambda: send.save(shown, Path(path), self._today()))

    def save_all(self, batch: Batch, path: Path) -> Batch:
        """Save the labels of a batch as one PDF, each reserved before and settled after.

        One that the records refuse is left out with the reason. Raises CannotWrite.
        """
        if self.office is None:
            if batch.pdf is not None:
                self.write(batch.pdf, path)
            return batch
        reserve = partial(self._reserved, self.office, printer="file")
        return saved(batch, path, self.office.prints, reserve, self._equipment)

    def send(self, shown: Shown, printer: str) -> Receipt | Unknown:
        """Send the proofed label to a queue, once. Raises PrinterFailed when it was not taken.

        Refuses while a question is open, and a label looked at on another day.
        """
        return self._out(shown, printer, lambda: send.send(shown, printer, self._today()))

    def keep(self, shown: Shown) -> None:
        """Record an order and its fill as entered, before its label is printed.

        It must be whole; open questions may stay open. Raises NotWhole, and all the records raise.
        """
        draft = shown.draft
        if self.office is None or draft is None:
            return
        kept = self._at_home(draft, self._today())
        entered = enter(kept, self._equipment.lexicon, self._today())
        if entered.fill is None:
            raise NotWhole
        self.office.orders.keep(Entry(entered.fill, kept, shown.days_supply or 0))

    def attach(self, draft: Draft, path: str) -> Draft:
        """Put a fax or scan of the order beside a draft: PDF, TIFF, JPEG or PNG.

        It is opened in a process of its own first. Raises UnreadableFile.
        """
        return replace(draft, came=scanned(Path(path)))

    def _out(self, shown: Shown, printer: str, go: Callable[[], Sent]) -> Sent:
        """Reserve, send once, settle; without records, only send."""
        send.check(shown, self._today())
        if self.office is None or shown.draft is None or shown.wanted is None:
            return go()
        reserved, _made = self._reserved(self.office, shown, printer)
        sent: Sent = sent_once(self.office.prints, reserved, go)
        return sent

    def _reserved(self, office: Office, shown: Shown, printer: str) -> tuple[Reserved, Made]:
        """Make the label once more from what was looked at, and commit its serials.

        If the records or the rows changed since, it is another label, and nothing leaves. Raises
        LabelChanged.
        """
        send.check(shown, self._today())
        office.ledger.ask(Act.PRINT)  # before the label is made anew: what is missing is a person
        assert shown.draft is not None
        assert shown.wanted is not None
        again, made = self._way(shown.draft, shown.wanted)
        same = made is not None and shown.label is not None and made.pdf == shown.label.pdf
        if made is None or again.label is None or not (same and again.may_print):
            raise LabelChanged
        kept = self._at_home(shown.draft, self._today())
        wanted = shown.wanted
        entry = Entry(made.fill, kept, again.days_supply or 0, wanted.language, wanted.paper)
        dots = tuple(page.bits for page in again.label.pages)
        reason = shown.wanted.reason
        return office.prints.reserve(entry, made, dots, printer, reason), made

    def plain(self, error: LabelappError) -> tuple[str, str]:
        """Say an error and the way out."""
        return self._equipment.plain.error(error)

    def word(self, key: str, /, **values: str) -> str:
        """Give a word of the screen."""
        return self._equipment.plain.word(key, **values)

    def _at_home(self, draft: Draft, today: date) -> Draft:
        """Look at the characters of every field, and put in what lots and pharmacy on record say.

        A decision dated after today was not made yet: it is left out.
        """
        made = tuple(each for each in draft.decisions if each.at.date() <= today)
        draft = replace(examined(draft), decisions=made)
        records = self._past.records
        return self._house.put_into(records.lots.on_record(draft) if records else draft)


def own_schema() -> Mapping[str, object]:
    """Give the JSON schema of the own prescription format."""
    return schema()
