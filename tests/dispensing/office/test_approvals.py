"""Approvals in the records: one letter more in a row, and every label is a sample again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from labelapp.dispensing.office.approving import ListChanged
from labelapp.dispensing.office.door import Door
from labelapp.dispensing.office.reasons import NoReason
from labelapp.dispensing.office.shown import ShownRow
from labelapp.dispensing.shown import Shown, Wanted
from labelapp.rx.draft import Draft
from labelapp.sig.language.approvals import BadApprovals
from tests.dispensing.office.busy import APPROVAL
from tests.dispensing.office.labels import acts
from tests.dispensing.office.offices import Counter, counter, fittings, with_lot


@dataclass
class Program:
    """The next start of the program over the same records: other rows may have come with it."""

    at: Counter
    given: Draft
    changed: dict[str, str] = field(default_factory=dict)

    def start(self) -> None:
        """Start a program whose rows differ as `changed` says."""
        self.at.office.close()
        fitted = fittings(self.at.folder, self.at.clock)
        rows = replace(fitted.approvable, listed_for=lambda state: self._rows(fitted, state))
        self.at.door = Door(str(self.at.folder / "records"), replace(fitted, approvable=rows))
        self.at.office = self.at.door.open(recovery=self.at.recovery)
        self.at.sign_in("TT")

    def _rows(self, fitted: object, state: str) -> tuple[ShownRow, ...]:
        listed = fittings(self.at.folder, self.at.clock).approvable.listed_for(state)
        return tuple(replace(e, sha256=self.changed.get(e.id, e.sha256)) for e in listed)

    def look(self, language: str = "en") -> Shown:
        return self.at.desk().look(self.given, Wanted("thermal-4x6", language=language))

    def is_sample(self) -> bool:
        label = self.look().label
        assert label is not None
        return label.sample


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    at = counter(tmp_path)
    yield (made := Program(at, with_lot(at)))
    made.at.office.close()


def test_a_row_that_changed_by_one_letter_waits_again_and_labels_are_samples(
    program: Program,
) -> None:
    approving = program.at.office.approving
    assert not program.is_sample()
    seen = approving.listed("CA")
    one = seen[3]
    program.changed[one.id] = "0" * 64
    program.start()
    approving = program.at.office.approving
    assert program.is_sample()
    waiting = [each for each in approving.listed("CA") if not each.approved_by]
    assert [each.id for each in waiting] == [one.id]
    assert waiting[0].changed_since == one.approved_on
    program.at.sign_in("PC")
    with pytest.raises(ListChanged):  # what was read is not what would be signed
        approving.sign("CA", seen)
    assert approving.sign("CA", approving.listed("CA"), "read again") == 1
    assert not program.is_sample()
    program.changed.clear()
    program.start()
    assert not program.is_sample()  # the earlier content is approved as well


def test_a_withdrawn_row_makes_samples_until_it_is_signed_again(program: Program) -> None:
    at = program.at
    at.sign_in("PC")
    row = at.office.approving.listed("CA")[0]
    with pytest.raises(NoReason):
        at.office.approving.withdraw(row, " ")
    at.office.approving.withdraw(row, "not our practice")
    assert at.office.approving.listed("CA")[0].withdrawn == "not our practice"
    assert program.is_sample()
    assert at.office.approving.sign("CA", at.office.approving.listed("CA")) == 1
    assert not program.is_sample()
    assert ("withdraw", "Pat Charge") in acts(at)


def test_a_state_nobody_signed_makes_samples(program: Program) -> None:
    at = program.at
    elsewhere = {**program.given.written, "pharmacy.address.state": "NV"}
    shown = at.desk().look(replace(program.given, written=elsewhere), Wanted())
    assert not at.office.approving.is_signed("NV")
    assert shown.label is None or shown.label.sample


def test_a_language_is_open_for_paper_by_the_approval_on_record(program: Program) -> None:
    at = program.at
    table = next(each for each in at.office.approving.tables() if each.language == "es")
    assert table.draft
    assert spanish(program) == []
    at.sign_in("PC")
    own_work = {**APPROVAL, "sha256": table.sha256, "verified_by": APPROVAL["translated_by"]}
    for bad in (own_work, {**APPROVAL, "sha256": "0"}, dict(APPROVAL)):
        with pytest.raises(BadApprovals):
            at.office.approving.approve_phrases(bad)
    assert at.office.approving.phrases().entries == ()
    at.office.approving.approve_phrases({**APPROVAL, "sha256": table.sha256})
    (made,) = at.office.approving.phrases().entries
    assert (made.approved_by, made.translated_by) == ("Pat Charge", "Ana Prueba")
    program.start()
    assert any("cápsula" in each for each in spanish(program))
    at.sign_in("PC")
    at.office.approving.withdraw_phrases(table, "a mistake on page 2")
    program.start()
    assert spanish(program) == []


def spanish(program: Program) -> list[str]:
    """Give the Spanish words of a label that is no draft."""
    label = program.look("es").label
    assert label is not None
    texts = [box.text for page in label.pages for box in page.boxes]
    assert any("capsule" in each for each in texts)
    return [each for each in texts if "cápsula" in each]
