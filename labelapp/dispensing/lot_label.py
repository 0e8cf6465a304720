"""The stock label of a lot: from what is on record of it to a proofed PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from labelapp.dispensing import show
from labelapp.dispensing.enter import read_lot
from labelapp.dispensing.equipment import Equipment
from labelapp.dispensing.fields import Reader
from labelapp.dispensing.make import Refused
from labelapp.dispensing.shown import ShownLabel
from labelapp.draw.page import draw
from labelapp.draw.proof import Proof, proof
from labelapp.label.document import Label
from labelapp.label.lot import Stocked, compose_lot
from labelapp.layout.lot import fit_lot
from labelapp.layout.page import Pages, TooLong
from labelapp.layout.stock import Stock
from labelapp.layout.unsaid import unsaid
from labelapp.rules.bud import beyond_use
from labelapp.rx.amount import Amount, read_number
from labelapp.rx.compound import Form
from labelapp.rx.draft import Draft
from labelapp.rx.errors import ProofFailed
from labelapp.rx.field import FIELDS, general
from labelapp.rx.finding import Finding, Settler, Severity, stop

_STEM = "lots.0."


@dataclass(frozen=True)
class LotWish:
    """What is wanted of a lot's label: its stock and head, whether what it is made of stands on it.

    `dpi` None is the stock's usual head; `copies` of the same label are printed in one job.
    """

    stock: str = "thermal-4x2"
    dpi: int | None = None
    ingredients: bool = False
    copies: int = 1


@dataclass(frozen=True)
class LotPrint:
    """How a lot's label is printed: by which state's law, and whether as a sample."""

    jurisdiction: str = ""
    sample: bool = False
    ingredients: bool = False
    copies: int = 1


@dataclass(frozen=True)
class MadeLot:
    """A lot's label on its stock, as often as it is wanted, and the proof that read it back."""

    label: Label
    pages: Pages
    pdf: bytes
    proof: Proof

    def shown(self) -> ShownLabel:
        """Show the label: the very PDF and the picture its proof was made on."""
        return ShownLabel(
            stock=show.stock(self.pages.stock),
            dpi=self.pages.dpi,
            serial=self.label.serial,
            pdf=self.pdf,
            pages=show.pages(self.pages, self.proof),
            sample=self.label.sample,
        )


def make_lot_label(
    stocked: Stocked, stock: Stock, dpi: int, equipment: Equipment, printed: LotPrint
) -> MadeLot | Refused:
    """Make the label of a lot: compose, fit, draw, proof. Raises ProofFailed."""
    laws = equipment.tables.laws
    label, found = compose_lot(
        stocked,
        equipment.wording,
        laws.get(printed.jurisdiction),
        sample=printed.sample,
        ingredients=printed.ingredients,
    )
    if label is None:
        return Refused(found)
    pages = fit_lot(label, stock, dpi, equipment.ruler)
    if isinstance(pages, TooLong):
        return Refused((_too_long(pages, label, stock, dpi, equipment),))
    if key := unsaid(label.elements, pages.pages[0]):
        raise ProofFailed("proof.words-lost", page="1", key=key)
    pages = replace(pages, pages=pages.pages * printed.copies)
    pdf = draw(pages, equipment.fonts)
    return MadeLot(label, pages, pdf, proof(pdf, pages, equipment.fonts))


def read_stocked(
    says: Mapping[str, object], released_by: str, equipment: Equipment
) -> tuple[Stocked | None, tuple[Finding, ...]]:
    """Read what is on record of a lot; None with the findings where something makes no sense.

    The beyond-use date is weighed as for a fill: the earliest of the class of the preparation, its
    ingredients' dates, and the date somebody shortened it to.
    """
    told = {f"{_STEM}{name}": str(said) for name, said in says.items()}
    fields = {path: said for path, said in told.items() if general(path) in FIELDS}
    reader = Reader(Draft(fields, "records"), equipment.lexicon)
    lot = read_lot(reader, _STEM.rstrip("."))
    held = tuple(each for each in reader.findings if each.severity is not Severity.NOTE)
    if lot is None or held:
        return None, held
    lot = replace(lot, released_by=released_by)
    bud = beyond_use((lot,), equipment.tables.classes, equipment.tables.settings)
    return (
        Stocked(
            lot,
            bud.last_day if bud else None,
            str(says.get("name", "")),
            _quantity(str(says.get("quantity", "")), lot.form),
            str(says.get("prepared_by", "")),
        ),
        (),
    )


def _quantity(written: str, form: Form | None) -> str:
    """Say how much was made with the form's unit; what is no number stands as it was written."""
    try:
        return str(Amount(read_number(written), form.unit)) if form else written
    except ValueError:
        return written


def _too_long(
    excess: TooLong, label: Label, stock: Stock, dpi: int, equipment: Equipment
) -> Finding:
    """Say what does not fit, and name the next stock on which it would; never switch to it."""
    if excess.missing:
        signs = " ".join(f"{each} (U+{ord(each):04X})" for each in excess.missing)
        return stop("layout.no-glyph", excess.field, Settler.NOBODY, characters=signs)
    fits = _next_stock(label, stock, dpi, equipment)
    code = "lot.label-too-long" if fits else "lot.label-too-long-anywhere"
    values = {"excess": excess.excess, "stock": stock.name, "dpi": str(dpi)}
    return stop(code, excess.field, Settler.NOBODY, fits=fits, **values)


def _next_stock(label: Label, stock: Stock, dpi: int, equipment: Equipment) -> str:
    """Name the smallest other stock of this head that takes the label; one of the same maker first."""
    others = (
        each
        for each in equipment.stocks.values()
        if dpi in each.dpi and each.area_mm2 > stock.area_mm2
    )
    for each in sorted(others, key=lambda row: (row.maker != stock.maker, row.area_mm2)):
        if isinstance(fit_lot(label, each, dpi, equipment.ruler), Pages):
            return f"{each.name} ({each.id})"
    return ""
