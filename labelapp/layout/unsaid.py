"""Holding a page of few things against them: each said word for word, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from labelapp.label.document import Element
from labelapp.layout.page import Page, Words


def unsaid(elements: Iterable[Element], page: Page) -> str:
    """Name what a page does not say whole, in full or in its short form, or says though nobody asked.

    Empty when the page is right. Only its words are read, in the order an eye reads them.
    """
    asked: dict[str, list[Element]] = {}
    for each in elements:
        asked.setdefault(each.key, []).append(each)
    for key, some in asked.items():
        said = [word for run in _runs(page, key) for word in run.text.split()]
        ways = (
            [word for each in some for word in f"{each.label} {each.text}".split()],
            [word for each in some for word in f"{each.label} {each.short or each.text}".split()],
        )
        if said not in ways:
            return key
    return next((each.key for each in page.words if each.key not in asked), "")


def _runs(page: Page, key: str) -> list[Words]:
    runs = (each for each in page.words if each.key == key)
    return sorted(runs, key=lambda each: (each.baseline, each.box.x))
