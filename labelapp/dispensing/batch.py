"""Several prescriptions in one PDF: what one of them lacks never costs the others their labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from labelapp.dispensing import send, show
from labelapp.dispensing.equipment import Equipment
from labelapp.dispensing.make import Made, bind
from labelapp.dispensing.office.prints import Prints, Reserved
from labelapp.dispensing.plain import Plain
from labelapp.dispensing.shown import Batch, Shown
from labelapp.rx.errors import LabelappError, ProofFailed
from labelapp.rx.finding import Finding, Settler, stop
from labelapp.rx.receipt import Receipt


def batched(ways: Sequence[tuple[Shown, Made | None]], equipment: Equipment) -> Batch:
    """Bind the labels of those that may print; what cannot stand beside the others is refused.

    A prescription and fill that came before in the same batch is not printed again: two labels of
    one serial could not be told apart at the check.
    """
    views = [shown for shown, _made in ways]
    labels: dict[int, Made] = {}
    for place, (shown, made) in enumerate(ways):
        if made is None or not shown.may_print:
            continue
        if made.label.serial in {each.label.serial for each in labels.values()}:
            twice = stop("label.twice", "rx_number", Settler.NOBODY, serial=made.label.serial)
            views[place] = left_out(shown, twice, equipment.plain)
        else:
            labels[place] = made
    pdf = _bound(labels, views, equipment)
    return Batch(tuple(views), pdf)


def saved(
    batch: Batch,
    path: Path,
    prints: Prints,
    reserve: Callable[[Shown], tuple[Reserved, Made]],
    equipment: Equipment,
) -> Batch:
    """Reserve each label of a batch, write them as one PDF, and settle each whatever came of it.

    One that cannot be reserved is left out with the reason. Raises CannotWrite and ProofFailed;
    then every reserved label is settled as refused.
    """
    views = list(batch.shown)
    taken: list[tuple[Reserved, Made]] = []
    outcome: Receipt | None = None
    pdf: bytes | None = None
    try:
        for place, shown in enumerate(views):
            if not shown.may_print:
                continue
            try:
                taken.append(reserve(shown))
            except LabelappError as refused:
                views[place] = left_out(shown, _refusal(refused), equipment.plain)
        if taken:
            pdf = bind([made for _, made in taken], equipment)
            send.write(pdf, path)
            outcome = Receipt("file", str(path), 1)
    finally:
        for reserved, _made in taken:
            prints.settle(reserved, outcome)
    return Batch(tuple(views), pdf)


def _refusal(refused: LabelappError) -> Finding:
    """Give what the records refused as what nobody can settle here."""
    values = {name: said for name, said in refused.values.items() if name != "field"}
    return stop(refused.code, refused.values.get("field", ""), Settler.NOBODY, **values)


def not_proofed(failed: ProofFailed) -> Finding:
    """Give a failed proof as what nobody can settle."""
    return stop(failed.code, "", Settler.NOBODY, **failed.values)


def left_out(shown: Shown, why: Finding, plain: Plain) -> Shown:
    """Give a view without its label, and with the reason before everything else."""
    return replace(shown, findings=(*show.findings((why,), (), plain), *shown.findings), label=None)


def _bound(labels: dict[int, Made], views: list[Shown], equipment: Equipment) -> bytes | None:
    """Bind labels; one whose pages fail the proof among the others is left out and told."""
    while labels:
        try:
            return bind(tuple(labels.values()), equipment)
        except ProofFailed as failed:
            place = _place_of(failed, labels)
            if place is None:
                raise
            del labels[place]
            views[place] = left_out(views[place], not_proofed(failed), equipment.plain)
    return None


def _place_of(failed: ProofFailed, labels: Mapping[int, Made]) -> int | None:
    """Find the prescription that the page of a failed proof belongs to."""
    page = failed.values.get("page", "")
    if failed.code == "proof.page-count" or not page.isdecimal():
        return None
    pages = [place for place, made in labels.items() for _page in made.pages.pages]
    return pages[int(page) - 1]
