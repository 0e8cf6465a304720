"""Text, structure and quantity of a message are held against one another, and never chosen."""

from __future__ import annotations

from decimal import Decimal

from labelapp.rx.amount import NBSP, Amount, Unit
from labelapp.rx.compound import Form
from labelapp.rx.directions import Dose, Length, Step
from labelapp.rx.draft import Instruction
from labelapp.rx.finding import Finding, Severity
from labelapp.rx.timing import Timing, When
from labelapp.sig.read import read
from labelapp.sig.reconcile import combined, reconcile
from tests.sig.given import per_unit


def step(
    dose: str, unit: Unit = Unit.CAPSULE, days: int | None = None, timing: Timing | None = None
) -> Step:
    return Step(
        1,
        Dose(Amount(Decimal(dose), unit)),
        timing or Timing(),
        length=Length(days) if days else None,
    )


def dosage(place: int, sequence: int | None, text: str, structure: Step | None) -> Instruction:
    return Instruction(sequence, text, structure, f"dosageInstruction[{place}]")


def held(
    lexicon: object,
    dosages: list[Instruction],
    quantity: str = "",
    days: int | None = None,
) -> dict[str, Finding]:
    readings = tuple(
        read(each.text, lexicon, Form.CAPSULE, per_unit("1.5"))  # type: ignore[arg-type]
        for each in dosages
    )
    amount = Amount(Decimal(quantity), Unit.CAPSULE) if quantity else None
    found = reconcile(tuple(dosages), readings, Form.CAPSULE, per_unit("1.5"), amount, days)
    assert all(each.severity is Severity.ASK for each in found)
    return {each.code: each for each in found}


def test_a_message_that_agrees_with_itself_asks_nothing(lexicon):
    first = dosage(0, 1, "1 capsule once daily for 7 days", step("1", days=7))
    second = dosage(1, 2, "2 capsules once daily", step("3", Unit.MG))
    assert held(lexicon, [first, second], "53", 30) == {}


def test_a_weight_and_a_count_are_compared_through_the_strength(lexicon):
    found = held(lexicon, [dosage(0, 1, "2 capsules daily", step("1.5", Unit.MG))])
    assert found["sig.dose-disagrees"].value("text") == f"2{NBSP}capsules"
    assert found["sig.dose-disagrees"].value("structure") == f"1.5{NBSP}mg"


def test_equal_totals_do_not_hide_another_dose_and_another_frequency(lexicon):
    """Eight capsules once a day are not one capsule eight times a day."""
    text = "EIGHT (8) capsules to be taken DAILY for two days"
    found = held(lexicon, [dosage(0, 1, text, step("1.5", Unit.MG, 2, Timing(times_a_day=8)))])
    assert set(found) == {"sig.dose-disagrees", "sig.frequency-disagrees"}


def test_a_taper_whose_sum_is_not_the_quantity_is_asked(lexicon):
    taper = [
        dosage(place, place + 1, f"{many} capsules daily for 2 days", step(str(many), days=2))
        for place, many in enumerate(range(8, 1, -1))
    ]
    found = held(lexicon, taper, "72")
    assert set(found) == {"sig.total-disagrees"}
    values = dict(found["sig.total-disagrees"].values)
    assert (values["text"], values["structure"]) == ("70", "70")


def test_other_days_in_text_and_structure_are_asked(lexicon):
    found = held(lexicon, [dosage(0, 1, "4 capsules daily for 7 days", step("4", days=5))], "51")
    assert set(found) == {"sig.length-disagrees", "sig.total-disagrees"}


def test_another_time_of_day_is_asked(lexicon):
    structure = step("1", timing=Timing((When.MORNING,)))
    found = held(lexicon, [dosage(0, 1, "1 capsule at bedtime", structure)])
    assert set(found) == {"sig.frequency-disagrees"}


def test_numbers_out_of_order_or_missing_are_asked(lexicon):
    texts = ("1 capsule in the morning", "1 capsule at noon", "1 capsule in the evening")
    listed = [dosage(place, 2 - place // 2, text, None) for place, text in enumerate(texts)]
    in_order = sorted(listed, key=lambda each: each.sequence or 0)
    assert "sig.order-reversed" in held(lexicon, in_order)
    none = [dosage(place, None, text, None) for place, text in enumerate(texts)]
    assert "sig.order-missing" in held(lexicon, none)


def test_dosages_of_one_number_run_together_and_the_next_follows():
    dosages = (
        dosage(0, 1, "", step("1", days=7)),
        dosage(1, 1, "", step("2", days=7)),
        dosage(2, 5, "", step("3")),
    )
    steps = combined(dosages, tuple((each.step,) for each in dosages if each.step))
    assert [each.sequence for each in steps] == [1, 1, 2]
