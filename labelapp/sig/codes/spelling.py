"""How an own code is spelled: what it may be, and which code or word it would be taken for."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from labelapp.rx.finding import Finding, Settler, stop
from labelapp.sig.codes.atoms import LOWER, atoms
from labelapp.sig.codes.own import OwnCodes
from labelapp.sig.codes.words import Lexicon

SHORTEST, LONGEST = 2, 12
"""Letters of an own code: one letter is no code of its own, more than twelve is no short form."""

_LETTERS = re.compile(r"[a-z]+\Z")


def plain(code: str) -> str:
    """Bring a code to the letters it is looked up by: no dots, no capitals. Q.H.S. is qhs."""
    pieces = atoms(code[:100])
    whole = len(pieces) == 1 and len(code) <= 100
    return pieces[0].text if whole else " ".join(code.translate(LOWER).split())


def is_spelled(code: str) -> bool:
    """Tell whether a code is of plain letters, neither too few nor too many."""
    return SHORTEST <= len(code) <= LONGEST and bool(_LETTERS.match(code))


@dataclass(frozen=True)
class Shipped:
    """Every way a shipped word is written, to hold own codes against."""

    lexicon: Lexicon

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Give the codes and words of one piece, with what they mean."""
        return {
            key[0]: " / ".join(dict.fromkeys(row.meaning for row in rows))
            for key, rows in self.lexicon.by_atoms.items()
            if len(key) == 1
        }

    @cached_property
    def joined(self) -> Mapping[str, str]:
        """Give the codes of several pieces, written as one, with what they mean."""
        return {
            "".join(key): rows[0].meaning
            for key, rows in self.lexicon.by_atoms.items()
            if len(key) > 1
        }

    @cached_property
    def pieces(self) -> Mapping[str, str]:
        """Give the pieces codes are made of, with the code: mouth, of by mouth."""
        return {piece: " ".join(key) for key in self.lexicon.by_atoms for piece in key}


@dataclass(frozen=True)
class Spellings:
    """The shipped words and the pharmacy's own codes, to hold a new code against."""

    shipped: Shipped
    own: OwnCodes

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """Give the codes and words of one piece, shipped and own, with what they mean."""
        return {**self.shipped.words, **self.taught}

    @cached_property
    def parts(self) -> frozenset[str]:
        """Give the codes that are written without a space: all but the d, h and w of a length."""
        lengths = {
            key[0]
            for key, rows in self.shipped.lexicon.by_atoms.items()
            if len(key[0]) == 1 and all(row.uses[0][0] == "period" for row in rows)
        }
        return frozenset(self.codes) - lengths

    @cached_property
    def taught(self) -> Mapping[str, str]:
        """Give the own codes, those left out among them, with what they mean."""
        return {**self.own.dropped, **self.own.means}


def misspelled(code: str, known: Spellings) -> tuple[Finding, ...]:
    """Refuse a code that is not spelled as one, or that reads as another shipped or own code."""
    taken = tuple(_taken(code, known))
    found = [*taken, *_shaped(code)]
    if not found:
        found += [*_lasting(code, known), *_run_together(code, known)]
    return tuple(found)


def _refused(finding_code: str, **values: str) -> Finding:
    return stop(finding_code, "", Settler.NOBODY, **values)


def _shaped(code: str) -> Iterator[Finding]:
    if not _LETTERS.match(code):
        yield _refused("own.not-letters", text=code)
    elif not SHORTEST <= len(code) <= LONGEST:
        yield _refused("own.length", text=code, least=str(SHORTEST), most=str(LONGEST))


def _taken(code: str, known: Spellings) -> Iterator[Finding]:
    """Refuse what is a shipped or own code already, or a piece of one."""
    joined = "".join(each.text for each in atoms(code[:100]))
    if code in known.taught:
        yield _refused("own.again", text=code, means=known.taught[code])
    elif joined in known.codes:
        yield _refused("own.shipped", text=code, means=known.codes[joined])
    elif joined in known.shipped.joined:
        yield _refused("own.shipped", text=code, means=known.shipped.joined[joined])
    elif joined in known.shipped.pieces:
        yield _refused("own.piece", text=code, other=known.shipped.pieces[joined])


def _lasting(code: str, known: Spellings) -> Iterator[Finding]:
    """Refuse a code that differs from another by an x: bidx7 is bid for 7 days."""
    for other in (f"{code}x", code.removesuffix("x")):
        if other != code and other in known.codes:
            yield _refused("own.duration", text=code, other=other)


def _run_together(code: str, known: Spellings) -> Iterator[Finding]:
    """Refuse a code that other codes give when the space between them is lost, or that gives one."""
    for parts in _split(code, known.parts):
        yield _refused("own.run-together", text=code, parts=" ".join(parts))
    for other in known.codes:
        if other != code and code in other and (parts := _beside(code, other, known.parts)):
            yield _refused("own.splits", text=code, other=other, parts=" ".join(parts))
            return


def _split(code: str, known: Container[str]) -> Iterator[tuple[str, ...]]:
    """Give the ways to cut a code into two or more known ones, not all of a single letter."""
    cuts: dict[int, list[tuple[str, ...]]] = {0: [()]}
    for end in range(1, len(code) + 1):
        cuts[end] = [
            (*parts, code[start:end])
            for start in range(end)
            if code[start:end] in known and code[start:end] != code
            for parts in cuts[start][:4]
        ]
    whole = (parts for parts in cuts[len(code)] if any(len(part) > 1 for part in parts))
    yield from islice(whole, 4)


def _beside(code: str, other: str, known: Container[str]) -> tuple[str, ...]:
    """Give the two parts when another code is this one and a known one, written as one."""
    if other.startswith(code) and other.removeprefix(code) in known:
        return code, other.removeprefix(code)
    if other.endswith(code) and other.removesuffix(code) in known:
        return other.removesuffix(code), code
    return ()


# ------------------------------------------------------------ look-alikes


def alike(code: str, others: Iterable[str]) -> tuple[str, ...]:
    """Give the codes of two letters and more that one slip of the hand makes of this one.

    A slip leaves a letter out, puts one in, types another, or types two in the wrong order.
    """
    return tuple(
        other
        for other in others
        if len(other) >= SHORTEST and _LETTERS.match(other) and is_one_slip(code, other)
    )


def is_one_slip(one: str, other: str) -> bool:
    """Tell whether two different codes are one slip of the hand apart."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    first = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if first is None:
        return True
    if len(one) == len(other):
        swapped = one[first : first + 2] == other[first : first + 2][::-1]
        return one[first + 1 :] == other[first + 1 :] or (
            swapped and one[first + 2 :] == other[first + 2 :]
        )
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[first + 1 :] == shorter[first:]
