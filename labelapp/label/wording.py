"""The quiet words of a label, as rows of one language: "Qty", "Discard after", "SAMPLE"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from labelapp.rx.compound import Form
from labelapp.rx.directions import Route
from labelapp.rx.errors import BadResource
from labelapp.rx.lot import Storage

WORDS = frozenset(
    {
        "rx_number", "quantity", "refills", "refills_some", "refills_none", "prescriber",
        "date_filled", "date_written", "lot", "compounded_on", "bud", "filler", "purpose",
        "patient_address", "description", "vial", "vial_day", "vial_days", "date_first_filled",
        "compounded_by", "compounded_short", "rph_initials", "sample", "sample_short", "continued", "continued_last",
        "grid_morning", "grid_noon", "grid_evening", "grid_bedtime", "grid_every_day",
    }
)  # fmt: skip
"""Every word a label needs; a language that lacks one is damaged."""

LOT = frozenset(
    {"stock", "number", "made_on", "quantity", "prepared_by", "released_by", "not_released"}
    | {"component", "component_lot", "component_expires"}
)
"""Every word the label of a lot needs."""

NAMED = frozenset(
    {"grid", "code128", "serial_text", "filler", "date_written", "description", "refills"}
)
"""Everything but warnings that may give way when a label is tight."""


@dataclass(frozen=True)
class Wording:
    """The label's own words in one language, each a text by its key.

    `words` has the names of facts and short sentences; `storage` and `storage_short` where the
    medicine is kept; `route` how a form is used, `route_short` the same without the form;
    `route_of_form` the route a form has when the directions name none; `says_already` the
    warnings another element says; `names` what staff call an element that gave way; `container`
    what each form leaves the counter in; `lot` the words on the label of a lot in stock.
    """

    language: str
    words: Mapping[str, str]
    storage: Mapping[str, str]
    storage_short: Mapping[str, str]
    route: Mapping[str, str]
    route_short: Mapping[str, str]
    route_of_form: Mapping[str, str]
    says_already: Mapping[str, str]
    names: Mapping[str, str]
    container: Mapping[str, str]
    lot: Mapping[str, str]

    def word(self, key: str, **values: str) -> str:
        """Give a word by its key, with its values put in."""
        return _filled(self.words[key], values)

    def form_and_route(self, form: Form, routes: tuple[Route, ...]) -> str:
        """Say form and route: `Capsule, for oral use`. Several routes are each said once."""
        name = form.value[:1].upper() + form.value[1:]
        said = (_filled(self.route[each], {"form": name}) for each in self._used(form, routes))
        return "; ".join(dict.fromkeys(said))

    def route_alone(self, form: Form, routes: tuple[Route, ...]) -> str:
        """Say the route alone: `For oral use`. Several routes are each said once."""
        return "; ".join(dict.fromkeys(self.route_short[each] for each in self._used(form, routes)))

    def _used(self, form: Form, routes: tuple[Route, ...]) -> list[str]:
        return [route.value for route in routes] or [self.route_of_form[form.value]]


def named(key: str, wording: Wording, text: str = "") -> str:
    """Name what gave way on a label, in the trade's words: `refills` is "Refills left".

    `key` is one of `Pages.dropped`. A warning has no name but its own `text`; what is named
    nowhere is called by its key.
    """
    return wording.names.get(key) or text or key.replace("_", " ")


def read_wording(table: Mapping[str, Any], file: str) -> Wording:
    """Read the words of one language from its file's table. Raises BadResource when one lacks."""
    parts: dict[str, Any] = {"language": table.get("language", "")}
    for part in fields(Wording)[1:]:
        parts[part.name] = _texts(table.get(part.name), file, part.name)
    wording = Wording(**parts)
    needed = {
        "words": WORDS,
        "storage": {each.value for each in Storage},
        "storage_short": {each.value for each in Storage},
        "route": {each.value for each in Route},
        "route_short": {each.value for each in Route},
        "names": NAMED,
        "route_of_form": {each.value for each in Form},
        "container": {each.value for each in Form},
        "lot": LOT,
    }
    for part_name, keys in needed.items():
        for key in sorted(keys - set(getattr(wording, part_name))):
            raise BadResource("resource.bad-row", name=file, row=part_name, key=key)
    return wording


def _texts(table: object, file: str, part: str) -> Mapping[str, str]:
    if not isinstance(table, Mapping) or not all(isinstance(each, str) for each in table.values()):
        raise BadResource("resource.bad-row", name=file, row=part, key="")
    return MappingProxyType(dict(table))


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Put values in by their names, once: a brace that came in with a value stays what it is."""
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), text)


_PLACE = re.compile(r"\{([a-z]+)\}")
