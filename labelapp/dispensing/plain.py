"""Plain words: every finding and error in the language of the screen, from one table of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING

from labelapp.rx.field import general

if TYPE_CHECKING:
    from labelapp.rx.errors import LabelappError
    from labelapp.rx.finding import Finding

SHOWN_AT_MOST = 300
"""Characters of one value that stand in a sentence; a longer value is shown with its length."""


@dataclass(frozen=True)
class Sentence:
    """What a code says, and the way out; `{name}` is a value of the finding or error."""

    says: str
    way: str = ""


@dataclass(frozen=True)
class Plain:
    """The words of the screen in one language: `sentences` by code, for window and command line."""

    language: str
    sentences: Mapping[str, Sentence]

    def finding(self, finding: Finding) -> tuple[str, str]:
        """Say a finding: its sentence and the way out."""
        values = {**dict(finding.values), "field": self.field(finding.field)}
        return self._say(finding.code, values)

    def error(self, error: LabelappError) -> tuple[str, str]:
        """Say an error: its sentence and the way out."""
        return self._say(error.code, dict(error.values))

    def word(self, key: str, /, **values: str) -> str:
        """Give a word or phrase of the screen by its key."""
        return self._say(key, values)[0]

    def field(self, path: str) -> str:
        """Name a field as the form does: `lots.0.number` is "Lot number", lots.1 its second."""
        sentence = self.sentences.get(f"field.{general(path)}")
        if sentence is None:
            return path
        places = [int(part) + 1 for part in path.split(".") if part.isdecimal()]
        many = " ".join(str(place) for place in places) if any(p > 1 for p in places) else ""
        return f"{sentence.says} {many}".strip()

    def _say(self, code: str, values: Mapping[str, str]) -> tuple[str, str]:
        sentence = self.sentences.get(code)
        if sentence is None:
            return f"{code} ({', '.join(f'{k}: {_bounded(v)}' for k, v in values.items())})", ""
        return _filled(sentence.says, values), _filled(sentence.way, values)


def _filled(template: str, values: Mapping[str, str]) -> str:
    """Put values into a sentence; a value is data and is never itself read as a template."""
    said = []
    for text, name, _, _ in Formatter().parse(template):
        said.append(text)
        if name is not None:
            said.append(_bounded(values.get(name, "?")))
    return "".join(said)


def _bounded(value: str) -> str:
    """Show a value so that it can neither flood the screen nor hide: long and unseen are told."""
    shown = "".join(
        c if c.isprintable() or c in "\n\N{NO-BREAK SPACE}" else f"[U+{ord(c):04X}]" for c in value
    )
    if len(shown) <= SHOWN_AT_MOST:
        return shown
    return f"{shown[:SHOWN_AT_MOST]} [and {len(value) - SHOWN_AT_MOST} more characters]"
