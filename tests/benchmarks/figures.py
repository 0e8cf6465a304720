"""How a figure is taken: CPU time of this process, the middle of several rounds, in turn."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from statistics import median


def cpu_ms(*works: Callable[[], object], rounds: int = 9, times: int = 20) -> list[float]:
    """Give the CPU milliseconds of each work, measured in turn so that drift meets all alike."""
    taken: list[list[float]] = [[] for _ in works]
    for work in works:
        work()
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for place, work in enumerate(works):
                begun = time.process_time()
                for _ in range(times):
                    work()
                taken[place].append((time.process_time() - begun) * 1000 / times)
    finally:
        gc.enable()
    return [median(each) for each in taken]


def share(values: list[float], part: float) -> float:
    """Give the value below which this part of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(part * (len(ordered) - 1)))]
