"""The house: what belongs to the pharmacy and not to a prescription, and how a draft takes it on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from labelapp.dispensing.office.office import Office
from labelapp.rx.draft import Draft
from labelapp.rx.finding import Settler, ask


class House:
    """The pharmacy's own fields, its name and address: as its settings have them, or as given."""

    def __init__(self, given: Mapping[str, str], office: Office | None) -> None:
        self._given = dict(given)
        self._office = office

    @property
    def fields(self) -> dict[str, str]:
        """The fields as they are now, by their paths in a draft."""
        kept = dict(self._office.rules.now().pharmacy) if self._office is not None else {}
        return kept or self._given

    @property
    def state(self) -> str:
        """The state the pharmacy is in, as its address writes it."""
        return self.fields.get("pharmacy.address.state", "").strip().upper()

    def put_into(self, draft: Draft) -> Draft:
        """Put the pharmacy into a draft that says nothing of one.

        A prescription that names another pharmacy keeps it, and somebody is asked.
        """
        fields = self.fields
        if not fields:
            return draft
        if not any(path.startswith("pharmacy.") for path in draft.written):
            return replace(draft, written={**fields, **draft.written})
        named, own = draft.get("pharmacy.name"), fields.get("pharmacy.name", "")
        if named.casefold() == own.casefold():
            return draft
        other = ask("pharmacy.other", "pharmacy.name", Settler.ANYONE, named=named, own=own)
        return replace(draft, findings=(*draft.findings, other))
