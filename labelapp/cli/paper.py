"""To paper without a window: printed once, listed printers, and what became of a doubtful print."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from labelapp.cli.beside import refuse_to_replace, with_files_beside
from labelapp.cli.counter import Counter, at_counter, with_counter
from labelapp.cli.documents import findings_told, of_error
from labelapp.cli.ending import COULD_NOT, DONE, REFUSED, Commands, Means, Telling, exit_for
from labelapp.cli.labels import REASON, Batched, batched
from labelapp.cli.papers import of_paper, one_paper
from labelapp.cli.phrases import desk_in, in_other_language
from labelapp.cli.tell import Teller
from labelapp.cli.told import told
from labelapp.dispensing.desk import Desk
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.shown import Shown, Wanted
from labelapp.rx.draft import Draft
from labelapp.rx.errors import LabelappError, PrinterFailed
from labelapp.rx.receipt import Receipt

RAW, FILE = "raw://", "file:"
MOST_COPIES = 9
_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")


@dataclass
class _Outcome:
    """What became of each label so far. `left` names the files nothing was sent of any more."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    refused: list[tuple[str, Shown | LabelappError]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    exit: int = DONE

    def add(self, exit_code: int) -> None:
        """Keep the gravest exit there was."""
        self.exit = max(self.exit, exit_code)


@click.command("print", cls=Telling)
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--to", required=True, metavar="QUEUE|file:PDF", help="See `labelapp printers`.")
@click.option("--copies", type=click.IntRange(1, MOST_COPIES), default=1, show_default=True)
@REASON
@click.option("--stock", default="", help="See `labelapp stocks`; the paper's usual one else.")
@click.option("--dpi", type=click.IntRange(min=1), help="The printer's head.")
@click.option("--jurisdiction", default="", help="State whose law holds: CA. Else the pharmacy's.")
@one_paper
@in_other_language
@with_files_beside
@at_counter
@_json
def print_(
    counter: Counter,
    files: tuple[Path, ...],
    to: str,
    copies: int,
    reason: str,
    stock: str,
    dpi: int | None,
    jurisdiction: str,
    paper: str,
    left_off_on: str,
    language: str,
    approvals: Path | None,
    table: Path | None,
    pharmacy: Path | None,
    fill: Path | None,
    decisions: Path | None,
    *,
    colour: bool,
    as_json: bool,
) -> None:
    """Print the labels of prescriptions, each reserved before it is sent, sent once and settled.

    Every copy has its own serial; another than the first has a --reason. Until there are people,
    and with --training, every label says SAMPLE.
    """
    _check(to, copies, reason, files)
    found = batched(files, {"pharmacy": pharmacy, "fill": fill, "decisions": decisions})
    if not counter.signs_in and not counter.door().is_set_up():
        counter.warn("cli.print.training")
        counter = counter.trained()
    teller = Teller(counter.means.plain(), as_json=as_json)
    with counter.office() as office:
        desk, language = desk_in(counter.means, None, language, approvals, table, office)
        label = Wanted(stock, dpi, jurisdiction, language, reason)
        wanted = of_paper(label, paper, colour=colour, left_off_on=left_off_on)
        done = _Outcome(refused=list(found.unread))
        if to.startswith(FILE):
            _to_file(desk, found, wanted, Path(to.removeprefix(FILE)), done)
        else:
            _to_queue(office, desk, found, wanted, (to, copies), done)
    _tell(teller, counter, to, done)
    raise SystemExit(max(done.exit, REFUSED if done.refused else DONE))


@click.command(cls=Telling)
@_json
@click.pass_obj
def printers(means: Means, *, as_json: bool) -> None:
    """List the queues of this computer with what they say of themselves."""
    listed = means.desk(None).printers()
    if as_json:
        Teller(means.plain(), as_json=True).document({"printers": told(listed)})
        return
    for each in listed:
        state, word = each.state, means.plain().word
        if each.in_colour:
            state = word("queue.in-colour", state=state)
        click.echo(word("cli.printers.row", name=each.name, state=state))


@click.group(cls=Commands)
@with_counter
def prints() -> None:
    """See to prints nobody knows the end of; nothing is ever sent again by itself."""


@prints.command()
@at_counter
@_json
def doubtful(counter: Counter, *, as_json: bool) -> None:
    """List the prints nobody knows the end of."""
    with counter.office() as office:
        found = office.prints.in_doubt()
    if as_json:
        Teller(counter.means.plain(), as_json=True).document({"jobs": told(found)})
        return
    for each in found:
        serials = ", ".join(each.serials)
        said = {"rx": each.rx, "patient": each.patient, "printer": each.printer, "at": each.at}
        counter.tell("cli.prints.row", job=str(each.id), serials=serials, **said)
    if not found:
        counter.tell("cli.prints.none")


@prints.command()
@click.argument("job", type=click.IntRange(1))
@at_counter
def printed(counter: Counter, job: int) -> None:
    """Record that the labels of JOB came out."""
    with counter.office() as office:
        office.prints.it_printed(job)
    counter.tell("cli.prints.printed", job=str(job))


@prints.command("not-printed")
@click.argument("job", type=click.IntRange(1))
@at_counter
def not_printed(counter: Counter, job: int) -> None:
    """Record that the labels of JOB did not come out: print again, with a reason."""
    with counter.office() as office:
        office.prints.it_did_not(job)
    counter.tell("cli.prints.not-printed", job=str(job))


def _check(to: str, copies: int, reason: str, files: tuple[Path, ...]) -> None:
    if copies > 1 and not reason.strip():
        raise click.UsageError("--copies: every copy after the first needs a --reason.")
    if to.startswith(RAW):
        raise PrinterFailed("printer.no-raw", printer=to)
    if to.startswith(FILE):
        if copies > 1:
            raise click.UsageError("--copies: a file holds each label once.")
        refuse_to_replace(Path(to.removeprefix(FILE)), files)


def _to_file(desk: Desk, found: Batched, wanted: Wanted, path: Path, done: _Outcome) -> None:
    batch = desk.save_all(desk.batch((draft for _, draft in found.named), wanted), path)
    for (name, _), shown in zip(found.named, batch.shown, strict=True):
        if shown.may_print and shown.label is not None:
            done.sent.append(_sent(name, shown, "sent", str(path)))
        else:
            done.refused.append((name, shown))


def _to_queue(
    office: Office,
    desk: Desk,
    found: Batched,
    wanted: Wanted,
    where: tuple[str, int],
    done: _Outcome,
) -> None:
    """Send label after label; after one nobody knows the end of, nothing more is sent."""
    queue, copies = where
    for name, draft in found.named:
        for _ in range(copies):
            office.signing.touch()
            if done.exit == COULD_NOT:
                done.left.append(name)
                break
            if not _one(desk, (name, draft), wanted, queue, done):
                break


def _one(desk: Desk, of: tuple[str, Draft], wanted: Wanted, queue: str, done: _Outcome) -> bool:
    """Send one label once; tell whether it is known to be taken."""
    name, draft = of
    shown = desk.look(draft, wanted)
    if not shown.may_print:
        done.refused.append((name, shown))
        return False
    try:
        outcome = desk.send(shown, queue)
    except LabelappError as error:
        done.refused.append((name, error))
        done.add(exit_for(error))
        return False
    if isinstance(outcome, Receipt):
        has_lost = shown.label is not None and shown.label.in_colour and not outcome.in_colour
        lost = {"no_colours": True} if has_lost else {}
        done.sent.append({**_sent(name, shown, "sent", outcome.job), **lost})
        return True
    done.sent.append({**_sent(name, shown, "unknown", ""), "code": outcome.code})
    done.add(COULD_NOT)
    return False


def _sent(name: str, shown: Shown, state: str, job: str) -> dict[str, Any]:
    assert shown.label is not None
    of_label = {"serial": shown.label.serial, "sample": shown.label.sample}
    return {"file": name, "state": state, "job": job, **of_label}


def _tell(teller: Teller, counter: Counter, to: str, done: _Outcome) -> None:
    if teller.as_json:
        refused = [
            {"file": name, "findings": _findings(counter, why)} for name, why in done.refused
        ]
        teller.document({"printer": to, "labels": done.sent, "refused": refused, "left": done.left})
        return
    for each in done.sent:
        is_sample = each["sample"] and each["state"] == "sent"
        key = "cli.print.sample" if is_sample else f"cli.print.{each['state']}"
        counter.tell(key, file=each["file"], serial=each["serial"], job=each["job"])
        if each.get("no_colours"):
            counter.tell("cli.print.no-colours", file=each["file"], printer=to)
    for name, why in done.refused:
        counter.warn("cli.refused", file=name)
        if isinstance(why, LabelappError):
            teller.error(why)
        else:
            teller.say(why.open_findings)
    for name in done.left:
        counter.warn("cli.print.left", file=name)


def _findings(counter: Counter, why: Shown | LabelappError) -> list[dict[str, Any]]:
    if isinstance(why, LabelappError):
        return [of_error(why, counter.means.plain())]
    return findings_told(why.findings)
