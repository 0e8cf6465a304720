"""What is chosen besides the prescription: the paper, its stock and head, the state, the language."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from labelapp.dispensing.shown import ENGLISH, ShownStock, Wanted, usual_stock
from labelapp.gui.columns import Columns
from labelapp.gui.parts import comfortable
from labelapp.gui.settings import Settings, Words
from labelapp.gui.stocklist import Passing, dress, fill, quieten, undress, usual
from labelapp.gui.theme import Theme
from labelapp.rx.paper import Paper


class Chooser(QComboBox):
    """A list to choose from that never asks for more room than there is."""

    def sizeHint(self) -> QSize:
        """Ask for the height of a field."""
        return QSize(super().sizeHint().width(), comfortable(self))


class ChooserTick(QCheckBox):
    """A box to tick that stands as high as the lists beside it."""

    def sizeHint(self) -> QSize:
        """Ask for the height of a field."""
        return QSize(super().sizeHint().width(), comfortable(self))


class Choosers(Columns):
    """The lists one chooses from; `wanted` is what is chosen now.

    Each paper keeps the stock and head it was last shown on, until the window is closed.
    """

    wanted_changed = Signal()
    """Somebody chose something else."""

    def __init__(self, theme: Theme, words: Words, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._own_state = ""
        self._stocks: tuple[ShownStock, ...] = ()
        self._used = settings.stocks_used
        self.wanted = Wanted(settings.stock, settings.dpi, settings.jurisdiction)
        """What is chosen besides the prescription."""
        self._stock_of: dict[Paper, tuple[str, int | None]] = {
            each: (usual_stock(each), None) for each in Paper
        }
        self.paper = self._box("gui.preview.paper", 4)
        for each in Paper:
            self.paper.addItem(words(f"gui.preview.paper.{each}"), each.value)
        self.stock = self._box("gui.preview.stock", 6)
        Passing(self.stock)
        self.dpi = self._box("gui.preview.dpi", 2)
        self.state = self._box("gui.preview.state", 4)
        self.language = self._box("gui.preview.language", 5)
        self.language.addItem(self._english_only(), ENGLISH)
        self.colour = ChooserTick(words("gui.preview.colour"), self)
        self.left_off = ChooserTick(words("gui.preview.left-off"), self)
        for tick, span in ((self.colour, 3), (self.left_off, 6)):
            self.add(tick, span)
            tick.hide()
        self._connect()

    def offer(
        self, stocks: tuple[ShownStock, ...], states: tuple[str, ...], home: str = ""
    ) -> None:
        """Fill the lists once the desk is there; `home` is the law of the pharmacy's own state."""
        self._own_state = home
        self.offer_stocks(stocks)
        with QSignalBlocker(self.state):
            self.state.clear()
            self.state.addItem(self._words("gui.preview.state-pharmacy"), "")
            for state in states:
                self.state.addItem(state, state)
            choose(self.state, self.wanted.jurisdiction, self.wanted.jurisdiction)

    def offer_stocks(self, stocks: tuple[ShownStock, ...]) -> None:
        """Fill the list of stocks anew: one was made or taken away. The choice stays."""
        self._stocks = stocks
        self._list_stocks()
        self._offer_heads()
        self._say_fits()

    def note_used(self, stocks: tuple[str, ...]) -> None:
        """Put the stocks used here first, the newest one on top. The choice stays."""
        if stocks == self._used:
            return
        self._used = stocks
        if not self.stock.view().isVisible():  # not under the hand of somebody who is choosing
            self._list_stocks()
            self._say_fits()

    def _list_stocks(self) -> None:
        paper = self.wanted.paper
        first = usual(self._stocks, self._used, self.wanted.stock, paper)
        with QSignalBlocker(self.stock):
            fill(self.stock, self._stocks, first, self._words)
            choose(self.stock, self.wanted.stock, self.wanted.stock)

    def offer_languages(self, languages: tuple[tuple[str, str], ...]) -> None:
        """Fill the list of the patient's language, each by its own name."""
        with QSignalBlocker(self.language):
            while self.language.count() > 1:  # those of an earlier desk
                self.language.removeItem(1)
            for tag, name in languages:
                self.language.addItem(name, tag)

    def show_language(self, language: str) -> None:
        """Show the language of the patient now on the desk; nobody has chosen anything."""
        with QSignalBlocker(self.language):
            choose(self.language, language, language)
        self.wanted = replace(self.wanted, language=language)

    def show_label(self) -> None:
        """Show the label of the fill now on the desk, whatever paper was shown of another."""
        self._show_paper(Paper.LABEL)

    def name_state(self, state: str) -> None:
        """Name the state whose law is used where it is taken from the pharmacy's address."""
        said = self._words("gui.preview.state-pharmacy")
        text = self._words("gui.preview.state-is", said=said, state=state) if state else said
        if self.state.itemText(0) != text:
            self.state.setItemText(0, text)
        if state and state != self._own_state:
            self._own_state = state
            self._say_fits()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the signs in the colours of the look that was chosen."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "stock"):
            self._say_fits()

    def _say_fits(self) -> None:
        """Say beside each stock whether the law's label fits; of other papers nothing is counted."""
        quieten(self.stock, self._theme)
        if self.wanted.is_label:
            state = self.wanted.jurisdiction or self._own_state
            dress(self.stock, self._stocks, state, self._theme, self._words)
        else:
            undress(self.stock, self._stocks)

    def _english_only(self) -> str:
        whose, english = self._words("gui.preview.language"), self._words("gui.preview.english")
        return self._words("gui.preview.state-is", said=whose, state=english)

    def _box(self, key: str, span: int) -> Chooser:
        box = Chooser(self)
        box.setAccessibleName(self._words(key))
        self.add(box, span)
        return box

    def _connect(self) -> None:
        self.paper.currentIndexChanged.connect(self._paper_chosen)
        self.stock.currentIndexChanged.connect(self._stock_chosen)
        for box in (self.dpi, self.state, self.language):
            box.currentIndexChanged.connect(self._chosen)
        for each in (self.colour, self.left_off):
            each.toggled.connect(self._chosen)

    def _show_paper(self, paper: Paper) -> None:
        """Show a paper on the stock it had last."""
        if paper is self.wanted.paper:
            return
        self._stock_of[self.wanted.paper] = self.wanted.stock, self.wanted.dpi
        stock, dpi = self._stock_of[paper]
        plain = replace(self.wanted, colour=False, left_off=None)
        self.wanted = replace(plain, paper=paper, stock=stock, dpi=dpi)
        self._list_stocks()
        with QSignalBlocker(self.paper):
            choose(self.paper, paper.value, paper.value)
        for each in (self.colour, self.left_off):
            with QSignalBlocker(each):
                each.setChecked(False)
            each.setVisible(paper is Paper.STICKERS)
        self.place()
        self._offer_heads()
        self._say_fits()

    def _paper_chosen(self) -> None:
        self._show_paper(Paper(self.paper.currentData()))
        self.wanted_changed.emit()

    def _stock_chosen(self) -> None:
        stock = self.stock.currentData() or ""
        self.wanted = replace(self.wanted, stock=stock, dpi=None)
        self._offer_heads()
        self.wanted_changed.emit()

    def _offer_heads(self) -> None:
        stock = next((each for each in self._stocks if each.id == self.wanted.stock), None)
        with QSignalBlocker(self.dpi):
            self.dpi.clear()
            for each in stock.dpi if stock else ():
                self.dpi.addItem(self._words("gui.preview.heads", dpi=str(each)), each)
            if self.wanted.dpi is not None:
                shown = self._words("gui.preview.heads", dpi=str(self.wanted.dpi))
                choose(self.dpi, self.wanted.dpi, shown)

    def _chosen(self) -> None:
        before = self.wanted.jurisdiction
        self.wanted = replace(
            self.wanted,
            dpi=self.dpi.currentData(),
            jurisdiction=self.state.currentData() or "",
            language=self.language.currentData() or ENGLISH,
            colour=self.colour.isChecked(),
            left_off=self._stock_of[Paper.LABEL] if self.left_off.isChecked() else None,
        )
        if self.wanted.jurisdiction != before:
            self._say_fits()
        self.wanted_changed.emit()


def choose(box: QComboBox, data: str | int, shown: str) -> None:
    """Choose what is really used; what the list does not have, as an odd setting may, is added."""
    if box.findData(data) < 0:
        box.addItem(shown, data)
    box.setCurrentIndex(box.findData(data))
