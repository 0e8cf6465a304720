"""The assessment of a fill: every finding, the BUD with its reason, the warnings, the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from labelapp.rules.auxiliary import AuxiliaryLabel
from labelapp.rules.bud import Bud
from labelapp.rules.law import Law
from labelapp.rx.finding import Finding


@dataclass(frozen=True)
class Tables:
    """The rows the rules read: laws by their jurisdiction ("US" is federal), and the rest."""

    laws: Mapping[str, Law]


@dataclass(frozen=True)
class Assessment:
    """What the rules say of a fill on a day under a law.

    `units` is what the days' supply uses up from the fill's first day; `days` is how long the
    quantity lasts. `auxiliary` are the warnings that stand on the label, in their order;
    `offered` those a pharmacist may add.
    """

    findings: tuple[Finding, ...]
    law: Law | None
    bud: Bud | None
    days: int | None
    units: Fraction | None
    auxiliary: tuple[AuxiliaryLabel, ...]
    offered: tuple[AuxiliaryLabel, ...]
