"""The phrase book: the tables of other languages, listed, and the importer of official files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from labelapp.dispensing import show
from labelapp.dispensing.languages import Languages
from labelapp.dispensing.plain import Plain
from labelapp.dispensing.shown import ShownFinding
from labelapp.rx.errors import UnreadableFile
from labelapp.sig.language.official import Imported, imported, read_official
from labelapp.sig.language.tongues import digest, is_clean


@dataclass(frozen=True)
class ShownPhrase:
    """One sentence of a table beside its English, with its own source and remark."""

    english: str
    text: str
    source: str
    note: str


@dataclass(frozen=True)
class ShownPhrases:
    """A table of sentences as a front end lists it.

    `draft` is false when an approval of exactly this content was given; then who gave it and when
    stand in `approved`.
    """

    language: str
    name: str
    status: str
    source: str
    sha256: str
    draft: bool
    approved: str
    rows: tuple[ShownPhrase, ...]


@dataclass(frozen=True)
class ShownImport:
    """What an official file gave: the new table's digest, its sentences, and what has no place.

    `document` is the table as it is to be written; None when not one sentence was placed.
    """

    sha256: str
    placed: int
    document: Mapping[str, Any] | None
    findings: tuple[ShownFinding, ...]


class PhraseBook:
    """Lists the tables of other languages with who opened them, and imports official files.

    `shipped` gives the rows of a shipped table as they stand in its file.
    """

    def __init__(
        self,
        languages: Languages,
        shipped: Callable[[str], Mapping[str, Any]],
        words: Plain,
    ) -> None:
        self._languages = languages
        self._shipped = shipped
        self._words = words

    def languages(self) -> tuple[str, ...]:
        """List the languages that have a table, by their tags."""
        return self._languages.tags()

    def named(self, language: str) -> str:
        """Give a language's tag however its letters were typed. Raises NoSuchLanguage."""
        return self._languages.table(language).language

    def table(self, language: str) -> ShownPhrases:
        """List one table with all its sentences. Raises NoSuchLanguage."""
        return shown_table(self._languages, language)

    def imported(self, data: bytes, name: str, language: str, source: str = "") -> ShownImport:
        """Set the sentences of an official file, CSV or TSV in UTF-8, beside their English.

        Raises UnreadableFile and NoSuchLanguage.
        """
        wanted, named = self.named(language), source or name
        if not is_clean(named):
            raise UnreadableFile("phrases.bad-source", source=named)
        try:
            rows = read_official(data.decode("utf-8-sig"), name)
        except UnicodeDecodeError as broken:
            raise UnreadableFile("phrases.not-utf-8", name=name) from broken
        done: Imported = imported(rows, self._shipped(wanted), named)
        document = done.table if done.placed else None
        found = show.findings(done.findings, (), self._words)
        return ShownImport(digest(done.table), done.placed, document, found)


def shown_table(languages: Languages, language: str) -> ShownPhrases:
    """List one table with all its sentences and who opened it. Raises NoSuchLanguage."""
    tongue = languages.table(language)
    approval = languages.approval(tongue)
    by = f"{approval.approved_by}, {approval.approved_on}" if approval else ""
    rows = (*tongue.leads.values(), *tongue.sentences.values())
    return ShownPhrases(
        tongue.language,
        tongue.name,
        tongue.status,
        tongue.source,
        tongue.sha256,
        draft=approval is None,
        approved=by,
        rows=tuple(
            ShownPhrase(each.english, each.text, each.source or tongue.source, each.note)
            for each in rows
        ),
    )
