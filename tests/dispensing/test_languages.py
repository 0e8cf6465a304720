"""What the screen says in English it says in Spanish, with the same values in it."""

from __future__ import annotations

from string import Formatter

import pytest

from labelapp.resources import folder, rows

ROOMS = sorted(path.name for path in (folder() / "screen/en").glob("*.toml"))


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("room", ROOMS)
def test_every_sentence_has_its_twin(room: str) -> None:
    english, spanish = rows(f"screen/en/{room}"), rows(f"screen/es/{room}")
    assert set(english) == set(spanish)
    for code, row in english.items():
        for part in ("says", "way"):
            one, other = str(row.get(part, "")), str(spanish[code].get(part, ""))
            assert places(one) == places(other), code
            assert bool(one) == bool(other), code
