"""The last word: which sentence stands in the foot, the weightiest of all there are."""

from __future__ import annotations

from labelapp.dispensing.shown import Shown
from labelapp.gui.case import Case
from labelapp.gui.foot import Foot, why_not
from labelapp.gui.looks import Looks
from labelapp.gui.settings import Words
from labelapp.gui.strips import whose
from labelapp.gui.tray import Tray
from labelapp.gui.work import Bug, Trouble


class LastWord:
    """Says what weighs most: what paper did not take, what is under way, what holds a label up.

    Trouble on the way to paper stands until somebody takes note of it, whatever else happens; when
    another prescription is on the desk it is named.
    """

    def __init__(self, foot: Foot, words: Words, tray: Tray, looks: Looks) -> None:
        self._foot = foot
        self._words = words
        self._tray = tray
        self._looks = looks
        self._held = self._said = ""
        self.news = ""
        """What came of another prescription's label, until somebody goes on working."""
        self.under_way = ""
        """What is being done, while a label is on its way."""
        self.no_desk: Trouble | None = None
        """Why there is no desk at all."""

    def plain(self, trouble: Trouble) -> str:
        """Say what could not be done, and the way out."""
        if isinstance(trouble, Bug):
            return self._words("gui.bug", kind=trouble.kind, where=trouble.where)
        if self._looks.desk is not None:
            return " ".join(part for part in self._looks.desk.plain(trouble) if part)
        return self._words("gui.no-desk", code=trouble.code)

    def forget(self) -> None:
        """Forget what held the label up: another prescription is on the desk."""
        self._held = ""

    def name_other(self, case: Case) -> None:
        """Say what came of another prescription's label than the one on the desk."""
        self.news = self._of_other(case, case.receipt)

    def say(self, shown: Shown | None, *, aloud: bool = False) -> None:
        """Say what weighs most now."""
        self._hold(shown)
        trouble = self.no_desk or self._looks.trouble
        candidates = (
            (self._of_paper(), True),
            (self.under_way, False),
            (self.plain(trouble) if trouble else "", True),
            ("" if self._looks.desk else self._words("gui.loading"), False),
            (self.news, False),
            (self._tray.case.receipt, False),
            (self._held, False),
        )
        said, is_trouble = next((each for each in candidates if each[0]), ("", False))
        self._said = said
        self._foot.say(said, aloud=aloud, trouble=is_trouble)

    def is_in_view(self) -> bool:
        """Tell whether it stands in the foot now, and not a passing word over it."""
        return self._foot.said.text() == self._said

    def say_why_not(self, shown: Shown | None) -> None:
        """Say aloud why nothing can be printed now."""
        trouble = self.no_desk or self._looks.trouble
        said = self.plain(trouble) if trouble else self.under_way
        said = said or why_not(shown, self._words)
        self._foot.say(said, aloud=True, trouble=trouble is not None)

    def _hold(self, shown: Shown | None) -> None:
        """Keep the last reason in view while the newer answer is on its way, but not for long."""
        if shown is not None or self._looks.is_late:
            begun = bool(self._tray.case.draft.written)
            self._held = why_not(shown, self._words) if begun else ""

    def _of_paper(self) -> str:
        case = self._tray.troubled()
        if case is None:
            return ""
        said = self._words("gui.paper.noted", said=case.trouble)
        if case is self._tray.case:
            return said
        return self._of_other(case, said)

    def _of_other(self, case: Case, said: str) -> str:
        return self._words("gui.paper.other", whose=whose(case, self._words), said=said)
