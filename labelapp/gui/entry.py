"""The entry form: every field of a prescription a technician fills in, as it was written."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from labelapp.dispensing.shown import Shown, ShownFinding
from labelapp.dispensing.vial_line import VIALS, read_line, write_line
from labelapp.gui.auxiliary import Auxiliary
from labelapp.gui.cells import Cell
from labelapp.gui.directions import Sig, Understood
from labelapp.gui.fields import SECTIONS, Kind, Section
from labelapp.gui.parts import GAP, Line, label
from labelapp.gui.section import SectionView
from labelapp.gui.settings import Words
from labelapp.gui.theme import RING, Colours, Theme, quieted
from labelapp.rx.draft import Draft
from labelapp.rx.field import general
from labelapp.rx.finding import Finding, Severity, Span

_GRAVITY = {Severity.STOP: 0, Severity.ASK: 1, Severity.NOTE: 2}


class Entry(QScrollArea):
    """The form. It shows a draft and tells of every key; it decides nothing and keeps nothing."""

    typed = Signal(str, str)
    """A field's path and its text after a key."""
    warned = Signal(str, bool)
    """An auxiliary label's row id, switched on or off."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._draft = Draft({}, "form")
        self._shown: Shown | None = None
        self._spoken_of: frozenset[str] = frozenset()
        self.is_old = False
        self._sections: dict[str, SectionView] = {}
        self._visited: set[str] | None = None
        """Fields of a new prescription somebody has been in; None when it came whole."""
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget(self)
        self._page = QVBoxLayout(page)
        self._page.setContentsMargins(2 * GAP - RING, GAP, 2 * GAP, 2 * GAP)
        self._page.setSpacing(GAP)
        self.computed = label(wrap=True)
        self.kept = label(wrap=True)
        for each in (self.computed, self.kept):
            each.setIndent(RING)
        for section in SECTIONS:
            self._add_section(section, page)
        directions = self.cells["sig"].editor
        assert isinstance(directions, Sig)
        self.sig = directions
        self._page.addWidget(self.kept)
        self._page.addStretch()
        self.setWidget(page)
        theme.focus_moved.connect(self._focus_moved)
        self.show_draft(self._draft)

    @property
    def cells(self) -> dict[str, Cell]:
        """Every field there is, by its path."""
        views = self._sections.values()
        return {path: cell for view in views for path, cell in view.cells.items()}

    def begin(self, draft: Draft, *, is_new: bool) -> None:
        """Show another prescription; an empty field of a new one wears no sign before its turn."""
        for view in self._sections.values():
            view.begin()
        self._visited = set() if is_new else None
        self.cells[VIALS].set_text("")  # nobody's line stays because it means the same, or nothing
        self.show_draft(draft)
        self.verticalScrollBar().setValue(0)

    def show_draft(self, draft: Draft) -> None:
        """Show a draft's fields; what has no field here is named at the end and kept."""
        self._draft = draft
        for view in self._sections.values():
            view.show_entries(draft)
        for path, cell in self.cells.items():
            cell.set_text(self._text(path, cell))
        self._reveal()
        self._tell_kept(draft)

    def follow(self, draft: Draft) -> None:
        """Know the draft as it stands after a key; the fields show it already."""
        self._draft = draft

    def _text(self, path: str, cell: Cell) -> str:
        """Give what a field shows of the draft; a line of vials stays as somebody wrote it."""
        if cell.field.kind is not Kind.VIALS:
            return self._draft.get(path)
        assert isinstance(cell.editor, Line)
        meant = {each: text for each, text in self._draft.written.items() if _is_of(each, path)}
        read = read_line(cell.editor.text(), self._draft)
        same = {each: text for each, text in read.items() if text} == meant
        return cell.editor.text() if same else write_line(self._draft)

    def show_old(self) -> None:
        """Quiet what the desk made of an older draft: the answer for the newer takes its time."""
        if not self.is_old:
            self._quiet(old=True)
            self._mark(each for each in self._findings() if each.is_open)
            self._show_marks(())

    def show_answer(self, shown: Shown | None) -> None:
        """Show what the desk made of the draft: lines understood, marks, findings, warnings."""
        self._shown = shown
        self._quiet(old=False)
        self._mark(each for each in self._findings() if each.is_open)
        changed = self.understood.show_lines(shown.sig.lines if shown else (), self._theme.colours)
        self._show_marks(())
        self._warnings.show_rows(shown.auxiliary if shown else (), self._switched_on())
        self._say_computed(shown)
        if changed:
            self._sections["directions"].place()
            self.understood.updateGeometry()
            QTimer.singleShot(0, self, self._show_understood)

    def go_to(self, path: str) -> None:
        """Put the focus on the field a finding speaks of, or on the nearest one there is."""
        cell = self._nearest(path)
        if cell is None:
            return
        cell.show()
        cell.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.ensureWidgetVisible(cell, 0, 4 * GAP)

    def dress(self) -> None:
        """Take on new colours and a new text size."""
        old = self.is_old
        self.show_answer(self._shown)
        if old:
            self.show_old()
        for view in self._sections.values():
            view.place()

    def _quiet(self, *, old: bool) -> None:
        self.is_old = old
        dressed = self.palette()
        for role in (dressed.ColorRole.Text, dressed.ColorRole.WindowText):
            dressed.setColor(role, QColor(self._colours.text))
        for each in (self.understood, self.computed):
            if each.palette() != dressed:
                each.setPalette(dressed)

    @property
    def _colours(self) -> Colours:
        return quieted(self._theme.colours) if self.is_old else self._theme.colours

    def _add_section(self, section: Section, page: QWidget) -> None:
        view = SectionView(section, self._words, page)
        view.typed.connect(self.typed)
        view.asked.connect(self._show_more)
        self._sections[section.key] = view
        self._page.addWidget(view)
        if section.key == "directions":
            self.understood = Understood(self._words, page)
            self.understood.setAccessibleName(self._words("gui.understood"))
            self.understood.lit.connect(self._show_marks)
            self._page.addWidget(self.understood)
            self._page.addWidget(self.computed)
        if section.key == "warnings":
            self._warnings = Auxiliary(self._words, page)
            self._warnings.switched.connect(self.warned)
            self._page.addWidget(self._warnings)

    def _show_more(self, first: str) -> None:
        """Show one entry more of a list, and go to its first field."""
        self.show_draft(self._draft)
        self.go_to(first)

    def _reveal(self) -> None:
        """Show the rare fields that have something to show, and place every row anew."""
        for view in self._sections.values():
            view.reveal(self._draft, self._spoken_of)

    def _mark(self, findings: Iterable[ShownFinding]) -> None:
        gravest: dict[str, ShownFinding] = {}
        for each in findings:
            path = VIALS if _is_of(each.finding.field, VIALS) else each.finding.field
            worse = (
                path in gravest
                and _GRAVITY[gravest[path].finding.severity] <= _GRAVITY[each.finding.severity]
            )
            if path and not worse:
                gravest[path] = each
        focus = self.window().focusWidget()
        for path, cell in self.cells.items():
            waits = self._visited is not None and path not in self._visited
            hushed = waits and (not self._draft.get(path) or cell.isAncestorOf(focus))
            cell.mark(None if hushed else gravest.get(path), self._colours)
        if frozenset(gravest) != self._spoken_of:
            self._spoken_of = frozenset(gravest)
            self._reveal()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """Note which field somebody has been in; from now on it wears its sign."""
        if new is self.sig:
            QTimer.singleShot(0, self, self._show_understood)
        if old is None or self._visited is None or not self.isAncestorOf(old):
            return
        been = {path for path, cell in self.cells.items() if cell.isAncestorOf(old)}
        if been - self._visited:
            self._visited |= been
            self._mark(each for each in self._findings() if each.is_open)

    def _show_understood(self) -> None:
        """Keep in view what is understood of the directions while somebody is in them."""
        if self.sig.hasFocus():
            self.ensureWidgetVisible(self.understood, 0, GAP)
            self.ensureWidgetVisible(self.sig, 0, GAP)

    def _findings(self) -> tuple[ShownFinding, ...]:
        return self._shown.findings if self._shown else ()

    def _show_marks(self, lit: tuple[Span, ...]) -> None:
        open_ones = [each.finding for each in self._findings() if each.is_open]
        self.sig.mark(_wrong(open_ones), lit, self._colours)

    def _switched_on(self) -> frozenset[str]:
        count = self._draft.count("fill.warnings")
        return frozenset(self._draft.get(f"fill.warnings.{place}") for place in range(count))

    def _say_computed(self, shown: Shown | None) -> None:
        said = []
        if shown is not None and shown.units_needed:
            days = str(shown.needed_days or "")
            key = "gui.computed.units-days" if days else "gui.computed.units"
            said.append(self._words(key, units=shown.units_needed, days=days))
        if shown is not None and shown.days_supply not in (None, shown.needed_days):
            said.append(self._words("gui.computed.days", days=str(shown.days_supply)))
        if shown is not None and shown.bud is not None:
            said.append(self._words("gui.computed.bud", why=shown.bud.reason))
        self.computed.setText("\n".join(said))
        self.computed.setVisible(bool(said))

    def _nearest(self, path: str) -> Cell | None:
        cells = self.cells
        while path:
            if path in cells:
                return cells[path]
            inside = next((c for p, c in cells.items() if _is_of(p, path)), None)
            if inside is not None:
                return inside
            path = path.rpartition(".")[0]
        return None

    def _tell_kept(self, draft: Draft) -> None:
        """Name what came with the order and has no field here: nothing is dropped silently."""
        cells = self.cells
        others = [
            f"{self._words(f'field.{general(path)}')}: {text}"
            for path, text in draft.written.items()
            if path not in cells and not path.startswith(("fill.warnings.", f"{VIALS}."))
        ]
        unread = [self._words("gui.kept.unread", path=each) for each in draft.unread]
        lines = [each[:200] for each in (*others, *unread)][:40]
        self.kept.setText("\n".join((self._words("gui.kept"), *lines)) if lines else "")
        self.kept.setVisible(bool(lines))


def _is_of(path: str, field: str) -> bool:
    """Tell whether a path belongs to a list that is one field of the form."""
    return path.startswith(f"{field}.")


def _wrong(findings: Iterable[Finding]) -> tuple[Span, ...]:
    return tuple(span for each in findings if each.field == "sig" for span in each.spans)
