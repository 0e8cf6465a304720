"""The patient's language: which tables there are, who opened them, and what they put on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from labelapp.dispensing.shown import ENGLISH
from labelapp.rx.directions import Beside, Said
from labelapp.rx.errors import LabelappError
from labelapp.sig.language.approvals import Approval, Approvals
from labelapp.sig.language.tongues import Tongue
from labelapp.sig.language.translate import Translation, in_tongue


class NoSuchLanguage(LabelappError):
    """A language was asked for that has no table."""

    code = "phrases.no-such-language"


class Languages:
    """The tables of other languages and the approvals that open them for paper.

    Neither is read before somebody asks for a language: a label in English waits for no table,
    and a damaged file of approvals holds up no label but those it speaks of.
    """

    def __init__(
        self, tables: Callable[[], Mapping[str, Tongue]], approvals: Callable[[], Approvals]
    ) -> None:
        self._read_tables = tables
        self._read_approvals = approvals

    def tags(self) -> tuple[str, ...]:
        """List the languages that have a table, by their tags."""
        return tuple(sorted(self._tables))

    def named(self, language: str) -> str:
        """Give a language's tag however its letters were typed. Raises NoSuchLanguage."""
        if is_english(language):
            return ENGLISH
        for each in self._tables:
            if each.casefold() == language.strip().casefold():
                return each
        raise NoSuchLanguage(language=language, known=", ".join(self.tags()))

    def table(self, language: str) -> Tongue:
        """Give the table of a language other than English. Raises NoSuchLanguage."""
        tag = self.named(language)
        if tag not in self._tables:
            raise NoSuchLanguage(language=language, known=", ".join(self.tags()))
        return self._tables[tag]

    def approval(self, tongue: Tongue) -> Approval | None:
        """Give the approval of exactly this table's content; None while it is a draft."""
        return self._approvals.of(tongue)

    def on_paper(self, said: Iterable[Said], language: str) -> tuple[Said, ...]:
        """Put under each line what an approved table says for it; a draft puts nothing there.

        A line the table has no sentence for stays English; where that is a dose, all of them do:
        nobody shall read the first step of a titration and none after it. Raises NoSuchLanguage.
        """
        if is_english(language):
            return tuple(said)
        tongue = self.table(language)
        approval = self.approval(tongue)
        if approval is None:
            return tuple(said)
        lines = [(each, in_tongue(each, tongue)) for each in said]
        if any(found is None and each.sequence for each, found in lines):
            return tuple(each for each, _ in lines)
        return tuple(_with(each, found, tongue, approval) for each, found in lines)

    @cached_property
    def _tables(self) -> Mapping[str, Tongue]:
        return self._read_tables()

    @cached_property
    def _approvals(self) -> Approvals:
        return self._read_approvals()


def is_english(language: str) -> bool:
    """Tell whether nothing is wanted beside the English."""
    return language.strip().casefold() in {"", ENGLISH}


def _with(said: Said, found: Translation | None, tongue: Tongue, approval: Approval) -> Said:
    if found is None:
        return said
    rows = " and ".join(f"“{each}”" for each in found.rows)
    why = (
        f"{tongue.name} ({tongue.language}): {rows}; translated by {approval.translated_by}, "
        f"verified by {approval.verified_by} ({approval.competence}), "
        f"approved by {approval.approved_by}, {approval.approved_on}"
    )
    colon = found.colon.strip()
    return replace(said, beside=Beside(tongue.language, found.text, found.lead, colon, why))
