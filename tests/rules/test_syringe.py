"""A liquid's dose lies on a mark of a syringe, or the two nearest marks are named."""

from __future__ import annotations

import pytest

from labelapp.rx.amount import Basis, Unit
from labelapp.rx.compound import Form
from labelapp.rx.directions import Dose
from labelapp.rx.fill import Fill
from tests.rules.cases import FILL, codes, count, directed, mg, one, step, strong

LIQUID = strong(mg("1", Basis.PER_ML), Form.ORAL_SOLUTION)


def drawn(dose: str, unit: Unit = Unit.ML) -> Fill:
    return directed(step(dose=dose, unit=unit), fill=LIQUID, quantity=count("30", Unit.ML))


@pytest.mark.parametrize(
    ("dose", "below", "above"),
    [
        ("0.25", None, None),
        ("0.255", "0.25", "0.26"),
        ("1", None, None),
        ("1.5", None, None),
        ("1.25", "1.2", "1.3"),
        ("3.2", None, None),
        ("4.5", "4.4", "4.6"),
        ("10", None, None),
    ],
)
def test_the_two_nearest_marks_are_named(dose, below, above):
    fill = drawn(dose)
    assert ("dose.between-marks" in codes(fill)) is (below is not None)
    if below:
        found = one(fill, "dose.between-marks")
        assert found.value("below") == f"{below}\N{NO-BREAK SPACE}mL"
        assert found.value("above") == f"{above}\N{NO-BREAK SPACE}mL"


def test_a_dose_larger_than_every_syringe_is_asked_about():
    assert "dose.syringe-small" in codes(drawn("10.2"))
    assert "dose.syringe-small" not in codes(drawn("10"))


def test_a_weight_is_measured_as_the_volume_it_is():
    assert "dose.between-marks" in codes(drawn("4.5", Unit.MG))
    assert "dose.between-marks" not in codes(drawn("4.4", Unit.MG))


def test_both_ends_of_a_range_are_measured():
    ranged = step(dose="1", unit=Unit.ML)
    ranged = type(ranged)(1, Dose(count("1", Unit.ML), count("1.25", Unit.ML)), ranged.timing)
    fill = directed(ranged, fill=LIQUID, quantity=count("30", Unit.ML))
    assert one(fill, "dose.between-marks").value("dose") == "1.25\N{NO-BREAK SPACE}mL"


def test_a_capsule_needs_no_syringe():
    assert codes(FILL) == []
