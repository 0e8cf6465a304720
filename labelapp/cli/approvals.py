"""The list of the pharmacist-in-charge without a window: read and signed."""

from __future__ import annotations

import click

from labelapp.cli.counter import Counter, at_counter, with_counter
from labelapp.cli.ending import Commands
from labelapp.cli.tell import Teller
from labelapp.cli.told import told

_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
_state = click.option(
    "--jurisdiction", required=True, help="The state whose labels rest on the rows: CA."
)


@click.group(cls=Commands)
@with_counter
def approvals() -> None:
    """Read and sign the rows that the labels of a state rest on."""


@approvals.command("list")
@_state
@at_counter
@_json
def list_(counter: Counter, jurisdiction: str, *, as_json: bool) -> None:
    """List every row with its source, and who approved exactly what it says."""
    with counter.office() as office:
        state = _known(counter, jurisdiction)
        listed = office.approving.listed(state)
    waiting = [each for each in listed if not each.approved_by]
    if as_json:
        document = {"jurisdiction": state, "waiting": str(len(waiting)), "rows": told(listed)}
        Teller(counter.means.plain(), as_json=True).document(document)
        return
    for each in listed:
        key = "cli.approvals.row" if each.approved_by else "cli.approvals.waits"
        counter.tell(key, id=each.id, text=each.text, by=each.approved_by, on=each.approved_on[:10])
    counter.tell("cli.approvals.count", rows=str(len(listed)), waiting=str(len(waiting)))


@approvals.command()
@_state
@click.option("--why", default="", help="What goes into the records beside the signature.")
@click.option("--yes", is_flag=True, help="The list was read; nobody is asked.")
@at_counter
def sign(counter: Counter, jurisdiction: str, why: str, *, yes: bool) -> None:
    """Sign every row of a state's list as it stands now; labels are no samples any more."""
    with counter.office() as office:
        state = _known(counter, jurisdiction)
        seen = office.approving.listed(state)
        waiting = sum(not each.approved_by for each in seen)
        counter.warn("cli.approvals.count", rows=str(len(seen)), waiting=str(waiting))
        counter.sure(yes=yes)
        signed = office.approving.sign(state, seen, why)
    counter.tell("cli.approvals.signed", rows=str(signed), state=state)


def _known(counter: Counter, state: str) -> str:
    """Give a state whose law stands in the rows; another is wrong usage."""
    known = counter.means.desk(None).jurisdictions()
    if state.strip().upper() not in known:
        raise click.UsageError(f"--jurisdiction {state}: there are {', '.join(known)}.")
    return state.strip().upper()
