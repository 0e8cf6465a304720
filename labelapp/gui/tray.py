"""The tray: the prescriptions opened one beside another, and the one of them on the desk."""

from __future__ import annotations

from labelapp.gui.case import FORM, Case
from labelapp.rx.draft import Draft

_STAYS = ("pharmacy.",)
"""What a new prescription takes over from the one before: the pharmacy does not change."""


class Tray:
    """Holds the prescriptions in the order they came; there is always one on the desk."""

    def __init__(self) -> None:
        self.cases: list[Case] = [Case(Draft({}, FORM))]
        self.place = 0

    @property
    def case(self) -> Case:
        """The prescription on the desk."""
        return self.cases[self.place]

    @property
    def unsaved(self) -> int:
        """Count the prescriptions that were typed or changed and are in no file, on no paper."""
        return sum(each.is_unsaved for each in self.cases)

    def go_to(self, place: int) -> bool:
        """Put another prescription on the desk; tell whether it is another one."""
        if not 0 <= place < len(self.cases) or place == self.place:
            return False
        self.place = place
        return True

    def add(self, name: str, drafts: tuple[Draft, ...], *, in_front: bool) -> bool:
        """Put the drafts of a file behind the others; tell whether the first is now on the desk.

        An untouched empty form makes room for them.
        """
        if self.case.is_untouched and len(self.cases) == 1:
            self.cases.clear()
        first = len(self.cases)
        self.cases += [Case(each, name) for each in drafts]
        if in_front or first == 0:
            self.place = first
        return self.place == first

    def begin(self) -> None:
        """Begin an empty prescription; only the pharmacy's own fields are taken over."""
        draft = self.case.draft
        before = draft.written
        kept = {path: text for path, text in before.items() if path.startswith(_STAYS)}
        if draft.came is not None or (before and dict(before) != kept):
            self.cases.append(Case(Draft(kept, FORM)))
            self.place = len(self.cases) - 1

    def forget_paper(self) -> None:
        """Forget what became of every label: that was in other records."""
        for each in self.cases:
            each.forget_paper()

    def troubled(self) -> Case | None:
        """Give the prescription whose way to paper went wrong: the one on the desk before all."""
        if self.case.trouble:
            return self.case
        return next((each for each in self.cases if each.trouble and not each.is_noted), None)

    def take_note(self) -> None:
        """Take note of the trouble in view. Another's is named no longer, but stays with it."""
        case = self.troubled()
        if case is self.case:
            case.outcome = None
        elif case is not None:
            case.is_noted = True
