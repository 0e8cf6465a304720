"""`make bench`: measures the way of a label and the records and prints JSON; ratios are of one run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from labelapp.bootstrap.built import desk, equipment
from labelapp.bootstrap.machine import Machine
from labelapp.dispensing.enter import enter
from labelapp.dispensing.make import Made, make
from labelapp.dispensing.shown import Wanted
from labelapp.draw.page import draw
from labelapp.draw.proof import proof
from labelapp.draw.raster import raster
from labelapp.layout.finished import hold_to_law
from labelapp.resources import folder, rows, typed
from labelapp.rules.assess import assess
from labelapp.sig.codes.words import read_lexicon
from labelapp.sig.read import read
from labelapp.sig.say import say
from tests.benchmarks.figures import cpu_ms, share
from tests.benchmarks.looks import behind_keys, looks
from tests.benchmarks.plain import plain_label
from tests.benchmarks.records import records
from tests.given import TODAY
from tests.sig.test_shapes import FORMS, SHAPES, strength

EXAMPLE = "examples/02-titration-capsules.json"
STARTS = 9


def labels() -> dict[str, Any]:
    """Measure the way of a label from draft to proofed PDF, and its parts, in CPU time."""
    tools = equipment()
    at_desk = desk(Machine(), TODAY)
    draft = at_desk.open(str(folder() / EXAMPLE))[0]
    entered = enter(draft, tools.lexicon, TODAY)
    assert entered.fill is not None
    assessment = assess(entered.fill, tools.tables, TODAY)
    stock = tools.stocks[Wanted().stock]
    made = make(entered.fill, assessment, stock, stock.dpi[0], tools)
    assert isinstance(made, Made)
    typed = behind_keys(draft, "purpose", "pain")
    plain, drawn, whole, proofed, pictured, held = cpu_ms(
        lambda: plain_label(made.pages),
        lambda: draw(made.pages, tools.fonts),
        lambda: at_desk.look(next(typed), Wanted()),
        lambda: proof(made.pdf, made.pages, tools.fonts),
        lambda: raster(made.pdf, made.pages.dpi),
        lambda: hold_to_law(made.label, made.pages, assessment.law),
    )
    return {
        "plain_reportlab_cpu_ms": round(plain, 2),
        "draw_cpu_ms": round(drawn, 2),
        "draw_to_plain": round(drawn / plain, 2),
        "whole_way_cpu_ms": round(whole, 2),
        "whole_way_to_plain": round(whole / plain, 2),
        "proof_cpu_ms": round(proofed, 2),
        "proof_to_plain": round(proofed / plain, 2),
        "raster_cpu_ms": round(pictured, 2),
        "hold_to_law_cpu_ms": round(held, 3),
        "hold_to_law_to_plain": round(held / plain, 3),
        "pdf_bytes": len(made.pdf),
        "looks": looks(lambda: plain_label(made.pages)),
    }


def directions() -> dict[str, Any]:
    """Measure the reading and saying of directions, and the loading of their table."""
    phrases, many = typed.phrases("en"), len(SHAPES)
    lexicon = typed.lexicon("en")
    known = [(text, FORMS[what[0]], strength(FORMS[what[0]], what[1:])) for what, text, _ in SHAPES]
    readings = [(read(text, lexicon, form, mg), form) for text, form, mg in known]

    def load() -> None:
        fresh = read_lexicon(rows("sig/en.toml"), "sig/en.toml")
        assert fresh.by_atoms
        assert fresh.longest

    reading, saying, loading = cpu_ms(
        lambda: [read(text, lexicon, form, mg) for text, form, mg in known],
        lambda: [say(each.sig, form, phrases, standard=True) for each, form in readings],
        load,
        times=3,
    )
    return {
        "sigs": many,
        "read_cpu_ms_a_sig": round(reading / many, 3),
        "say_cpu_ms_a_sig": round(saying / many, 3),
        "load_table_cpu_ms": round(loading, 1),
        "read_to_load": round(reading / many / loading, 4),
    }


def window() -> dict[str, Any]:
    """Measure start to first paint and peak memory beside a bare window, and edit to preview."""
    bare, own = [], []
    for _ in range(STARTS):
        bare.append(_child("bare"))
        own.append(_child("labelapp"))
    edited = _child("edits", str(folder() / EXAMPLE))
    latencies = edited["edit_ms"]
    bare_start = median(each["start_ms"] for each in bare)
    own_start = median(each["start_ms"] for each in own)
    bare_peak = median(each["peak_mb"] for each in bare)
    return {
        "bare_start_ms": round(bare_start),
        "start_ms": round(own_start),
        "start_to_bare": round(own_start / bare_start, 2),
        "edit_to_preview_p50_ms": round(share(latencies, 0.5), 1),
        "edit_to_preview_p95_ms": round(share(latencies, 0.95), 1),
        "bare_peak_mb": round(bare_peak),
        "peak_mb_after_edits": round(edited["peak_mb"]),
        "peak_over_bare_mb": round(edited["peak_mb"] - bare_peak),
    }


def _child(*what: str) -> dict[str, Any]:
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    begun = time.time()
    said = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.child", *what],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
        cwd=Path(__file__).parents[2],
    )
    figures: dict[str, Any] = json.loads(said.stdout.strip().splitlines()[-1])
    figures["start_ms"] = (figures["painted"] - begun) * 1000
    return figures


def main() -> None:
    """Measure all of it; `make bench ARGS=big` takes the records of a million prescriptions too."""
    is_large_wanted = "big" in {*sys.argv[1:], *os.environ.get("ARGS", "").split()}
    figures = {
        "labels": labels(),
        "directions": directions(),
        "window": window(),
        "records": records(is_large_wanted=is_large_wanted),
    }
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
