"""Throws bent prescription files at the whole way: `python -m tests.fuzz.files --seconds 60`.

A file is one of the examples with some of its bytes, or some of its values, made worse. Whatever
it holds, the way ends in a label or in findings; an exception is a failure and prints the seed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from datetime import date
from typing import Any

from labelapp.bootstrap.built import desk
from labelapp.bootstrap.machine import Machine
from labelapp.dispensing.shown import Wanted
from labelapp.intake.recognise import read_file
from labelapp.resources import folder
from labelapp.rx.errors import UnreadableFile

WORSE: tuple[Any, ...] = (
    None, "", " ", True, 0, -1, 10**40, 1e308, "1,5", "1e999999", "NaN", "\u0663", "a" * 9999,
    "\u202e", "\x00", "<b>1</b>", "{value}", "%s", [], {}, [[]], {"a": {}}, "2026-02-30", "mcg",
    "45", "½", "1 cap po qhs x7d then", "0.0001", "9999",
)  # fmt: skip


def bent(tree: Any, chance: random.Random) -> Any:
    """Make one value somewhere in a tree worse."""
    if isinstance(tree, dict) and tree and chance.random() < 0.9:
        key = chance.choice(sorted(tree))
        if chance.random() < 0.1:
            return {name: value for name, value in tree.items() if name != key}
        return {**tree, key: bent(tree[key], chance)}
    if isinstance(tree, list) and tree and chance.random() < 0.9:
        place = chance.randrange(len(tree))
        return [bent(each, chance) if at == place else each for at, each in enumerate(tree)]
    return chance.choice(WORSE)


def chewed(data: bytes, chance: random.Random) -> bytes:
    """Change some bytes of a file."""
    worse = bytearray(data)
    for _ in range(chance.randrange(1, 8)):
        worse[chance.randrange(len(worse))] = chance.randrange(256)
    return bytes(worse)


def run(seconds: float, seed: int = 0) -> int:
    """Run for so many seconds from a seed; 0 when nothing failed."""
    chance = random.Random(seed)
    files = [path.read_bytes() for path in sorted((folder() / "examples").rglob("*.json"))]
    trees = [json.loads(data) for data in files]
    at_desk = desk(Machine(), date(2026, 11, 22))
    ends, count, labels = time.monotonic() + seconds, 0, 0
    while time.monotonic() < ends:
        if chance.random() < 0.3:
            data = chewed(chance.choice(files), chance)
        else:
            tree = chance.choice(trees)
            for _ in range(chance.randrange(1, 4)):
                tree = bent(tree, chance)
            data = json.dumps(tree).encode()
        count += 1
        try:
            for draft in read_file("fuzz.json", data):
                labels += at_desk.look(draft, Wanted()).may_print
        except UnreadableFile:
            continue
        except Exception:
            sys.stderr.write(f"failed on file {count} of seed {seed}: {data!r}\n")
            raise
    print(f"{count} files, {labels} of them labels, no failure")
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    sys.exit(run(chosen.seconds, chosen.seed))
