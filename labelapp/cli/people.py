"""The people of the pharmacy without a window: listed, added, changed, given PINs and badges."""

from __future__ import annotations

import click

from labelapp.cli.counter import Counter, at_counter, with_counter
from labelapp.cli.ending import Commands
from labelapp.cli.tell import Teller
from labelapp.cli.told import told
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.shown import ShownPerson
from labelapp.rx.errors import LabelappError
from labelapp.rx.people import Role

_ROLES = click.Choice([each.value for each in Role])
_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
_new_pin = click.option(
    "--new-pin-stdin", is_flag=True, help="The new PIN is the line after the own PIN."
)


class NoSuchPerson(LabelappError):
    """Nobody of those initials or that name has an account."""

    code = "people.no-such"


@click.group(cls=Commands)
@with_counter
def people() -> None:
    """List, add and change the people of the pharmacy."""


@people.command("list")
@at_counter
@_json
def list_(counter: Counter, *, as_json: bool) -> None:
    """List everybody with an account, those who left among them."""
    with counter.office() as office:
        listed = office.staff.listed()
    if as_json:
        Teller(counter.means.plain(), as_json=True).document({"people": told(listed)})
        return
    for each in listed:
        _say(counter, "cli.people.row" if each.active else "cli.people.left", each)


@people.command()
@click.option("--name", required=True)
@click.option("--initials", required=True, help="Up to 4 letters or digits.")
@click.option("--role", type=_ROLES, required=True)
@_new_pin
@at_counter
def add(counter: Counter, name: str, initials: str, role: str, *, new_pin_stdin: bool) -> None:
    """Give somebody an account with a PIN of their own."""
    with counter.office() as office:
        pin = counter.secret("cli.ask.new-pin", from_stdin=new_pin_stdin, twice=True)
        made = office.staff.add(name, initials, Role(role), pin)
    _say(counter, "cli.people.added", made)


@people.command()
@click.argument("who")
@click.option("--name", default="")
@click.option("--role", type=_ROLES, default=None)
@click.option("--back", is_flag=True, help="They work here again.")
@at_counter
def change(counter: Counter, who: str, name: str, role: str | None, *, back: bool) -> None:
    """Change the name or role of WHO (initials or name), or take them back."""
    if not (name or role or back):
        raise click.UsageError("nothing to change: --name, --role or --back.")
    with counter.office() as office:
        known = _known(office, who)
        wanted = Role(role) if role else known.role
        active = known.active or back
        made = office.staff.alter(known, name or known.name, wanted, active=active)
    _say(counter, "cli.people.changed", made)


@people.command()
@click.argument("who", required=False)
@_new_pin
@at_counter
def pin(counter: Counter, who: str | None, *, new_pin_stdin: bool) -> None:
    """Give WHO another PIN; without WHO change the own one."""
    if who is None:
        _own_pin(counter, from_stdin=new_pin_stdin)
        return
    with counter.office() as office:
        known = _known(office, who)
        new = counter.secret("cli.ask.new-pin", from_stdin=new_pin_stdin, twice=True)
        office.staff.set_pin(known.id, new)
    _say(counter, "cli.people.pin", known)


@people.command()
@click.argument("who")
@click.option("--badge-stdin", is_flag=True, help="What the badge scans as is the line after it.")
@click.option("--take-away", is_flag=True, help="WHO has no badge any more.")
@at_counter
def badge(counter: Counter, who: str, *, badge_stdin: bool, take_away: bool) -> None:
    """Give WHO a badge that is scanned in place of the name, before the PIN."""
    with counter.office() as office:
        known = _known(office, who)
        scanned = "" if take_away else counter.secret("cli.ask.badge", from_stdin=badge_stdin)
        office.staff.set_badge(known.id, scanned)
    _say(counter, "cli.people.badge-gone" if take_away else "cli.people.badge", known)


@people.command()
@click.argument("who")
@at_counter
def remove(counter: Counter, who: str) -> None:
    """Close the account of WHO; what they did stays theirs in the records."""
    with counter.office() as office:
        known = _known(office, who)
        made = office.staff.alter(known, known.name, known.role, active=False)
    _say(counter, "cli.people.removed", made)


def _own_pin(counter: Counter, *, from_stdin: bool) -> None:
    key, old = counter.key(counter.door()), counter.pin()
    with counter.office(key, old) as office:
        new = counter.secret("cli.ask.new-pin", from_stdin=from_stdin, twice=True)
        office.signing.change_pin(old, new)
    counter.tell("cli.people.own-pin")


def _known(office: Office, who: str) -> ShownPerson:
    """Find an account by initials, else by name. Raises NoSuchPerson."""
    wanted, listed = who.strip().casefold(), office.staff.listed()
    for each in listed:
        if each.initials.casefold() == wanted:
            return each
    named = [each for each in listed if each.name.casefold() == wanted]
    if len(named) != 1:
        raise NoSuchPerson(who=who.strip()[:40])
    return named[0]


def _say(counter: Counter, key: str, each: ShownPerson) -> None:
    counter.tell(key, initials=each.initials, name=each.name, role=each.role.value)
