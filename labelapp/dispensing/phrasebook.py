"""The phrase book: directions in the patient's language beside the English, drafts marked as such."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from labelapp.dispensing import show
from labelapp.dispensing.plain import Plain
from labelapp.dispensing.shown import ShownFinding, ShownLine, ShownSig, ShownTranslation
from labelapp.rx.directions import Said
from labelapp.rx.errors import LabelappError, UnreadableFile
from labelapp.rx.finding import Finding, note
from labelapp.sig.approvals import Approvals
from labelapp.sig.official import Imported, imported, read_official
from labelapp.sig.tongues import Tongue, digest, is_clean
from labelapp.sig.translate import in_tongue

ENGLISH = "en"


class NoSuchLanguage(LabelappError):
    """A language was asked for that has no table."""

    code = "phrases.no-such-language"


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
    """The tables of other languages, who opened them, and the importer.

    `tables` are the tables by language; `shipped` gives the rows of a shipped one as they stand
    in its file.
    """

    def __init__(
        self,
        tables: Mapping[str, Tongue],
        shipped: Callable[[str], Mapping[str, Any]],
        approvals: Approvals,
        words: Plain,
    ) -> None:
        self._tables = tables
        self._shipped = shipped
        self._approvals = approvals
        self._words = words

    def languages(self) -> tuple[str, ...]:
        """List the languages that have a table, by their tags."""
        return tuple(sorted(self._tables))

    def named(self, language: str) -> str:
        """Give a language's tag however its letters were typed. Raises NoSuchLanguage."""
        for each in self._tables:
            if each.casefold() == language.strip().casefold():
                return each
        raise NoSuchLanguage(language=language, known=", ".join(self.languages()))

    def translated(self, shown: ShownSig, language: str) -> ShownSig:
        """Put beside each line what the table says for it, and a note for each it does not know.

        Raises NoSuchLanguage.
        """
        tongue = self._tables[self.named(language)]
        draft = not self._approvals.open(tongue)
        lines = tuple(_translated(each, tongue, draft=draft) for each in shown.lines)
        found: list[Finding] = [
            note("phrases.stays-english", "sig", line=each.text, language=tongue.name)
            for each in lines
            if each.translation is None
        ]
        if draft and len(found) < len(lines):
            found.append(note("phrases.draft", "sig", language=tongue.name))
        notes = show.findings(found, (), self._words)
        return replace(
            shown, language=tongue.language, lines=lines, findings=(*shown.findings, *notes)
        )

    def table(self, language: str) -> ShownPhrases:
        """List one table with all its sentences. Raises NoSuchLanguage."""
        tongue = self._tables[self.named(language)]
        approval = self._approvals.of(tongue)
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


def _translated(line: ShownLine, tongue: Tongue, *, draft: bool) -> ShownLine:
    text = line.text.removeprefix(f"{line.lead}: ") if line.lead else line.text
    found = in_tongue(Said(text, lead=line.lead), tongue)
    said = ShownTranslation(tongue.language, found.whole, draft) if found else None
    return replace(line, translation=said)
