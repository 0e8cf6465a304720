"""The equipment of the desk: every table, font and ruler that bootstrap hands in, built once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labelapp.dispensing.languages import Languages
from labelapp.dispensing.plain import Plain
from labelapp.draw.fonts import Fonts
from labelapp.label.leaflet import LeafletRows
from labelapp.label.papers import PaperWords
from labelapp.label.wording import Wording
from labelapp.layout.stock import Fits, Stock
from labelapp.layout.tape import Tapes
from labelapp.rules.assess import Tables
from labelapp.rx.draft import Draft
from labelapp.sig.codes.words import Lexicon
from labelapp.sig.say import Phrases


@dataclass(frozen=True)
class Equipment:
    """What the way of a label needs besides the prescription: rows, ruler and fonts.

    `fits` says how many labels the law's label takes on a shipped stock, by the stock's id;
    `yardsticks` are the two prescriptions it is counted with, the shortest and a titration.
    """

    lexicon: Lexicon
    phrases: Phrases
    tables: Tables
    wording: Wording
    stocks: Mapping[str, Stock]
    fits: Mapping[str, Fits]
    yardsticks: tuple[Draft, Draft]
    ruler: Tapes
    fonts: Fonts
    plain: Plain
    languages: Languages
    papers: PaperWords
    leaflet: LeafletRows
