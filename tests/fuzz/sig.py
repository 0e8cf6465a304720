"""Throws text at the reader of directions: `python -m tests.fuzz.sig --seconds 60`.

An exception, a character that is neither used nor reported, or a line that cannot be said is a
failure and prints the text that caused it.
"""

from __future__ import annotations

import argparse
import random
import sys
import time

from labelapp.resources import typed
from labelapp.rx.compound import Form
from labelapp.sig.read import read
from labelapp.sig.say import say

ALPHABETS = (
    "0123456789./-,: x",
    "abcdefghijklmnopqrstuvwxyz 0123456789",
    "½¼¾⅓⁄µμ–—’()[]<>&@#%=+*",
    "\x00\u202e\u200b\ufeff\ud800\u0663\uff11²①\u0430\u00df\u0130\n\t\r",
)


def texts(chance: random.Random, codes: list[str]) -> str:
    """Make a text: words of the table, numbers, marks, noise."""
    parts = []
    for _ in range(chance.randrange(24)):
        if chance.random() < 0.75:
            parts.append(chance.choice(codes))
        elif chance.random() < 0.6:
            parts.append(str(chance.randrange(30)))
        else:
            alphabet = chance.choice(ALPHABETS)
            parts.append("".join(chance.choice(alphabet) for _ in range(chance.randrange(6))))
    return chance.choice(("", " ", " ", " ")).join(parts)


def trial(text: str, form: Form | None) -> None:
    """Read one text, say it, and see that nothing is lost."""
    reading = read(text, typed.lexicon("en"), form)
    spans = [*reading.used, *(span for each in reading.findings for span in each.spans)]
    covered = {place for span in spans for place in range(span.start, span.end)}
    left = [mark for place, mark in enumerate(text) if place not in covered and mark.strip()]
    if left and reading.status != "refused":
        raise AssertionError(f"lost: {left}")
    if reading.status == "ok":
        for standard in (True, False):
            if not say(reading.sig, form or Form.CAPSULE, typed.phrases("en"), standard):
                raise AssertionError("nothing said")


def run(seconds: float, seed: int = 0) -> int:
    """Run for so many seconds from a seed; 0 when nothing failed."""
    chance = random.Random(seed)
    codes = [word.code for word in typed.lexicon("en").words]
    ends, count = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        text, form = texts(chance, codes), chance.choice([None, *Form])
        try:
            trial(text, form)
        except Exception:
            sys.stderr.write(f"failed on {text!r} ({form})\n")
            raise
        count += 1
    sys.stdout.write(f"{count} texts, no failure\n")
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    sys.exit(run(chosen.seconds, chosen.seed))
