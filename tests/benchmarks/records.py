"""How fast records are searched, opened, backed up and verified, however many of them there are."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from labelapp.store import audit, opening
from labelapp.store.address import Address
from tests.benchmarks import big
from tests.benchmarks.figures import share
from tests.dispensing.office.offices import Counter

SMALL, LARGE = 100_000, 1_000_000
QUERIES, OPENINGS = 500, 9
PAGES = 20
"""Pages of the commonest letter that are turned, one after another."""
_LETTERS = "abcdefghijklmnoprstuvwz"


def records(*, is_large_wanted: bool) -> dict[str, Any]:
    """Measure records of 100,000 prescriptions, and if wanted of 1,000,000 with their ratio."""
    small = measured(SMALL)
    if not is_large_wanted:
        return {"100000": small}
    large = measured(LARGE)
    ratios = {
        name: round(large[name] / small[name], 2)
        for name in small
        if isinstance(small[name], int | float) and small[name]
    }
    return {"100000": small, "1000000": large, "ratio": ratios}


def measured(prescriptions: int) -> dict[str, Any]:
    """Build records of so many prescriptions, and measure them."""
    with tempfile.TemporaryDirectory(prefix="labelapp-bench-") as name:
        built, begun = Path(name), time.perf_counter()
        at = big.build(built, prescriptions)
        took = time.perf_counter() - begun
        try:
            return {"build_s": round(took, 1), **figures(at, prescriptions)}
        finally:
            at.office.ledger.vault.close()


def figures(at: Counter, prescriptions: int) -> dict[str, Any]:
    """Measure built records."""
    size = big.bytes_of(at)
    _reopened(at)
    at.sign_in("TT")
    found = _searches(at, prescriptions)
    at.sign_in("AD")
    checked = _seconds(lambda: _verify(at))
    with at.office.ledger.vault.look() as connection:
        rows = audit.count(connection)
    backed_up = _seconds(at.office.keeping.back_up)
    at.office.ledger.vault.close()
    opened = [_seconds(lambda: _open(at)) for _ in range(OPENINGS)]
    return {
        "file_mb": round(size / 1e6, 1),
        "file_bytes_a_prescription": round(size / prescriptions),
        **found,
        "open_ms": round(median(opened) * 1000, 1),
        "audit_rows": rows,
        "verify_audit_s": round(checked, 2),
        "backup_s": round(backed_up, 1),
    }


def _searches(at: Counter, prescriptions: int) -> dict[str, Any]:
    """Search for whatever people search for, in a mixed order; the milliseconds of each."""
    asked = queries(at, prescriptions)
    for _kind, typed in asked[:20]:
        at.office.search.find(typed)
    taken: dict[str, list[float]] = {}
    empty = 0
    for kind, typed in asked:
        begun = time.perf_counter()
        hits = at.office.search.find(typed).hits
        taken.setdefault(kind, []).append((time.perf_counter() - begun) * 1000)
        empty += not hits
    taken["further pages"] = _turned(at)
    every = [each for many in taken.values() for each in many]
    return {
        "search_p50_ms": round(share(every, 0.5), 2),
        "search_p95_ms": round(share(every, 0.95), 2),
        "searches_without_hit": empty,
        "search_p95_ms_by_kind": {k: round(share(v, 0.95), 2) for k, v in sorted(taken.items())},
    }


def _turned(at: Counter) -> list[float]:
    after, taken = "", []
    for _ in range(PAGES):
        begun = time.perf_counter()
        page = at.office.search.find("a", after)
        taken.append((time.perf_counter() - begun) * 1000)
        after = page.after
    return taken


def queries(at: Counter, prescriptions: int) -> list[tuple[str, str]]:
    """Give what is typed, of nine kinds alike, by chance and always the same."""
    chance, people, lots = random.Random(4), big.People.known(), big.lots_known(at)

    def day(first: int, last: int) -> str:
        month, of_month = chance.randrange(1, 13), chance.randrange(1, 29)
        return f"{month:02}/{of_month:02}/{chance.randrange(first, last)}"

    def within() -> str:
        family = people.one(chance)["family"]
        start = chance.randrange(1, max(2, len(family) - 2))
        return family[start : start + 3]

    def family_and_letter() -> str:
        who = people.one(chance)
        return f"{who['family']}, {who['given'][0]}"

    def digits(number: str, least: int) -> str:
        return number[: chance.randrange(least, len(number) + 1)]

    def rx() -> str:
        return str(big.FIRST_NUMBER + chance.randrange(prescriptions))

    kinds: dict[str, Callable[[], str]] = {
        "1 letter": lambda: chance.choice(_LETTERS),
        "2 letters": lambda: people.one(chance)["family"][:2],
        "3 letters within": within,
        "family, g": family_and_letter,
        "born": lambda: day(1930, 2014),
        "phone": lambda: digits(people.one(chance)["phone"], 8),
        "rx number": lambda: digits(rx(), 4),
        "lot": lambda: digits(chance.choice(lots), 3),
        "filled on": lambda: big.day_of(chance.randrange(prescriptions), prescriptions),
    }
    return [(kind, kinds[kind]()) for kind in chance.choices(list(kinds), k=QUERIES)]


def _reopened(at: Counter) -> None:
    """Open the records anew, as somebody at a counter has them: nothing of the building is kept."""
    at.office.keeping.close()
    at.office = at.door.open(recovery=at.recovery)


def _verify(at: Counter) -> None:
    assert at.office.keeping.verify_audit().is_whole


def _open(at: Counter) -> None:
    vault = at.office.ledger.vault
    address: Address = vault.address
    opening.open_vault(address, vault.keys, vault.place).close()


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
