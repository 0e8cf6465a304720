"""A pharmacy's own codes: rows beside the shipped ones, read as if their words had been typed."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from labelapp.rx.finding import Finding, Settler, Span, ask
from labelapp.sig.codes.atoms import Atom, atoms

LONGEST_TEXT = 1000
"""Characters of directions in which own codes are sought; the reader refuses more."""

_ENDS = {".", ";", ":", "->", "=>", "→"}
"""Marks that end what stands before them; any other may join two numbers: 1-2, 1/2, 2 (1)."""

Pointing = TypeVar("Pointing")


@dataclass(frozen=True)
class OwnCode:
    """A code of one pharmacy and the plain directions it stands for, with who added it and when.

    `alike` are the shipped or own codes it looks like, which whoever added it was told of.
    """

    code: str
    means: str
    added_by: str = ""
    added_on: date | None = None
    alike: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """An own code that is not read, and what is wrong with it."""

    row: OwnCode
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class OwnCodes:
    """The own codes of a pharmacy: those that are read, and those left out.

    A code left out is neither its own meaning nor a shipped one: a text that holds it is asked
    about, so that neither silently wins.
    """

    rows: tuple[OwnCode, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is any code, read or left out."""
        return bool(self.rows or self.left_out)

    @cached_property
    def means(self) -> Mapping[str, str]:
        """Give what each code that is read stands for."""
        return MappingProxyType({row.code: row.means for row in self.rows})

    @cached_property
    def dropped(self) -> Mapping[str, str]:
        """Give what each code that was left out was meant to stand for."""
        return MappingProxyType({each.row.code: each.row.means for each in self.left_out})


@dataclass(frozen=True)
class _Part:
    """A piece of the text as written, and where it lies once the codes are typed out."""

    written: Span
    typed: Span
    is_code: bool


@dataclass(frozen=True)
class TypedOut:
    """Directions with every own code typed out, and the way back to the text as written."""

    written: str
    text: str
    parts: tuple[_Part, ...]
    dropped: tuple[tuple[Span, str], ...]

    def pointed_back(self, value: Pointing) -> Pointing:
        """Point every span in a value at the text as written: at the whole code it came from."""
        if isinstance(value, Span):
            return self._back(value)  # type: ignore[return-value] # a Span for a Span
        if isinstance(value, tuple):
            moved_parts = tuple(self.pointed_back(each) for each in value)
            spans = all(isinstance(each, Span) for each in value)
            return tuple(dict.fromkeys(moved_parts)) if spans else moved_parts  # type: ignore[return-value]
        if not is_dataclass(value) or isinstance(value, type):
            return value
        found = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
        moved = {name: self.pointed_back(part) for name, part in found.items()}
        if all(moved[name] is found[name] or moved[name] == found[name] for name in found):
            return value
        return replace(value, **moved)

    def findings(self, field: str) -> tuple[Finding, ...]:
        """Ask about codes left out, and about a code that runs together with what is beside it."""
        found = [
            _at(
                span,
                ask("own.left-out", field, Settler.NOBODY, text=span.of(self.written), means=means),
            )
            for span, means in self.dropped
        ]
        found += [
            _at(
                part.written,
                ask(
                    "own.runs-together",
                    field,
                    Settler.NOBODY,
                    text=part.written.of(self.written),
                    means=part.typed.of(self.text).strip(),
                ),
            )
            for part in self.parts
            if part.is_code and self._is_joined(part.typed)
        ]
        return tuple(found)

    def _back(self, span: Span) -> Span:
        touched = [
            part
            for part in self.parts
            if part.typed.start < span.end and span.start < part.typed.end
        ]
        if not touched:
            return Span(0, 0) if not self.parts else self.parts[-1].written
        first, last = touched[0], touched[-1]
        start = first.written.start + (
            0 if first.is_code else max(span.start - first.typed.start, 0)
        )
        left = last.typed.end - span.end
        end = last.written.end - (0 if last.is_code else max(left, 0))
        return Span(start, end)

    def _is_joined(self, typed: Span) -> bool:
        """Tell whether a number or word of the meaning would take in what stands beside it."""
        edges = {typed.start, typed.end}
        return any(
            each.start < edge < each.end for each in self._atoms for edge in edges
        ) or self._meets_a_number(typed)

    @cached_property
    def _atoms(self) -> tuple[Atom, ...]:
        return atoms(self.text)

    def _meets_a_number(self, typed: Span) -> bool:
        """Tell whether the meaning begins with a number and another stands before it: 2-hc, 2 hc."""
        before = [each for each in self._atoms if each.end <= typed.start and not _joins(each)]
        inside = [each for each in self._atoms if typed.start <= each.start < typed.end]
        return bool(before and inside) and _is_number(before[-1]) and _is_number(inside[0])


def typed_out(text: str, own: OwnCodes, known: Container[tuple[str, ...]]) -> TypedOut | None:
    """Type out the own codes in directions; None where the text holds none.

    `known` are the shipped codes by their atoms: `bidx7` is cut only where `bidx` is no word.
    """
    if not own or len(text) > LONGEST_TEXT:
        return None
    codes = tuple(_codes(text, own, known))
    if not codes:
        return None
    typed, parts, place = "", [], 0
    for span, code in codes:
        if code not in own.means:
            continue
        if place < span.start:
            parts.append(_part(text, place, span.start, typed))
            typed += text[place : span.start]
        said = _spaced(text, span, own.means[code])
        parts.append(_Part(span, Span(len(typed), len(typed) + len(said)), is_code=True))
        typed, place = typed + said, span.end
    if place < len(text):
        parts.append(_part(text, place, len(text), typed))
        typed += text[place:]
    dropped = tuple((span, own.dropped[code]) for span, code in codes if code in own.dropped)
    return TypedOut(text, typed, tuple(parts), dropped)


def _codes(
    text: str, own: OwnCodes, known: Container[tuple[str, ...]]
) -> Iterator[tuple[Span, str]]:
    """Find the codes: whole words of the text, dots and case ignored, and before an x and a number."""
    pieces = atoms(text)
    taught = {*own.means, *own.dropped}
    for place, atom in enumerate(pieces):
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        glued = after is not None and after.number is not None and after.start == atom.end
        if atom.text in taught:
            yield Span(atom.start, atom.end), atom.text
        elif (
            glued
            and atom.text.endswith("x")
            and atom.text[:-1] in taught
            and (atom.text,) not in known
        ):
            yield Span(atom.start, atom.end - 1), atom.text[:-1]


def _spaced(text: str, span: Span, means: str) -> str:
    """Part the words of a code from letters and digits that touch it."""
    before = " " if text[: span.start][-1:].isalnum() else ""
    after = " " if text[span.end : span.end + 1].isalnum() else ""
    return f"{before}{means}{after}"


def _part(text: str, start: int, end: int, typed: str) -> _Part:
    return _Part(
        Span(start, end), Span(len(typed), len(typed) + len(text[start:end])), is_code=False
    )


def _at(span: Span, finding: Finding) -> Finding:
    return replace(finding, spans=(span,))


def _joins(atom: Atom) -> bool:
    mark = not atom.text.isalnum() and not _is_number(atom) and atom.text not in _ENDS
    return mark or atom.text == "x"


def _is_number(atom: Atom) -> bool:
    return atom.number is not None or bool(atom.trouble)
