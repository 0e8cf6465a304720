"""What the screen shows beside the English: each line in the patient's language, drafts marked."""

from __future__ import annotations

from dataclasses import replace

from labelapp.dispensing import show
from labelapp.dispensing.languages import Languages, is_english
from labelapp.dispensing.plain import Plain
from labelapp.dispensing.shown import Shown, ShownFinding, ShownLine, ShownSig, ShownTranslation
from labelapp.rx.directions import Said
from labelapp.rx.finding import Finding, note
from labelapp.sig.language.tongues import Tongue
from labelapp.sig.language.translate import in_tongue


def translated(shown: ShownSig, language: str, languages: Languages, plain: Plain) -> ShownSig:
    """Put beside each line what the table says for it, and a note for each it does not know.

    Raises NoSuchLanguage.
    """
    if is_english(language):
        return shown
    tongue = languages.table(language)
    draft = languages.approval(tongue) is None
    lines = tuple(_translated(each, tongue, draft=draft) for each in shown.lines)
    notes = _notes(lines, tongue, draft=draft, plain=plain)
    return replace(shown, language=tongue.language, lines=lines, findings=(*shown.findings, *notes))


def seen_in(shown: Shown, language: str, languages: Languages, plain: Plain) -> Shown:
    """Put the patient's language beside the directions of a whole view. Raises NoSuchLanguage."""
    sig = translated(shown.sig, language, languages, plain)
    notes = sig.findings[len(shown.sig.findings) :]
    return replace(shown, sig=sig, findings=(*shown.findings, *notes))


def _notes(
    lines: tuple[ShownLine, ...], tongue: Tongue, *, draft: bool, plain: Plain
) -> tuple[ShownFinding, ...]:
    found: list[Finding] = [
        note("phrases.stays-english", "sig", line=each.text, language=tongue.name)
        for each in lines
        if each.translation is None
    ]
    if draft and len(found) < len(lines):
        which = {"table": tongue.language, "sha256": tongue.sha256}
        found.append(note("phrases.draft", "sig", language=tongue.name, **which))
    return show.findings(found, (), plain)


def _translated(line: ShownLine, tongue: Tongue, *, draft: bool) -> ShownLine:
    text = line.text.removeprefix(f"{line.lead}: ") if line.lead else line.text
    found = in_tongue(Said(text, lead=line.lead), tongue)
    said = ShownTranslation(tongue.language, found.whole, draft) if found else None
    return replace(line, translation=said)
