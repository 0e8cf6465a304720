"""The stock label of a lot: looked at as it will print, printed or saved."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QWidget

from labelapp.dispensing.lot_label import LotWish
from labelapp.dispensing.office.lotlabels import MOST_COPIES
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.shown import ShownLot
from labelapp.dispensing.shown import ShownLabel, ShownPrinter, ShownStock
from labelapp.gui.chooser import PrinterChooser
from labelapp.gui.choosers import Chooser
from labelapp.gui.office.fitted import named
from labelapp.gui.office.page import OfficePage, Plain, button
from labelapp.gui.office.views import LabelView
from labelapp.gui.parts import GAP, heading
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.gui.work import Trouble, Work
from labelapp.rx.receipt import Receipt, Unknown


class LotLabelPage(OfficePage):
    """The label of one lot. Nothing is printed but what is looked at; each print is written down."""

    def __init__(  # noqa: PLR0913 - what every page takes, and which lot
        self,
        theme: Theme,
        words: Words,
        office: Office,
        work: Work,
        parent: QWidget,
        plain: Plain,
        *,
        lot: ShownLot,
    ) -> None:
        super().__init__(theme, words, office, work, parent, plain)
        self._lot = lot
        self.label: ShownLabel | None = None
        self._chooser: PrinterChooser | None = None
        self.setWindowTitle(words("records.lot-label.title"))
        self.view = LabelView(theme, words, self)
        self.stock: Chooser = Chooser(self)
        self.copies: Chooser = Chooser(self)
        self.ingredients = QCheckBox(words("records.lot-label.ingredients"), self)
        self.print = button(words("records.lot-label.print"), self, self._choose_printer)
        self.keep = button(words("records.lot-label.save"), self, self._ask_where)
        for count in range(1, MOST_COPIES + 1):
            self.copies.addItem(str(count), count)
        self._place_parts()
        self.ingredients.toggled.connect(self._look)
        self.stock.currentIndexChanged.connect(self._look)
        self.fit(760, 560)
        self._show(None)
        self.look("stocks", office.lot_labels.stocks, self._offer)
        self.stock.setFocus()

    @property
    def wish(self) -> LotWish:
        """What is chosen now."""
        stock, dpi = self.stock.currentData() or (LotWish.stock, None)
        copies = self.copies.currentData() or 1
        return LotWish(stock, dpi, self.ingredients.isChecked(), copies)

    def save_to(self, path: str) -> None:
        """Save the label as a PDF file."""
        job = partial(self.office.lot_labels.save, self._lot, self.wish, path)
        said = self.words("records.lot-label.saved", name=Path(path).name)
        self.do(self.words("records.saving"), job, partial(self._saved, said))

    def send_to(self, printer: str) -> None:
        """Print the label, once."""
        said = self.words("records.lot-label.printing", printer=printer)
        wish = self.wish
        job = partial(self.office.lot_labels.send, self._lot, wish, printer)
        self.do(said, job, partial(self._sent, wish))

    def say_trouble(self, trouble: Trouble) -> None:
        """Say what went wrong; there is no label to print then until something is chosen anew."""
        super().say_trouble(trouble)
        self._close_chooser()

    def _place_parts(self) -> None:
        words = self.words
        whose = words("records.lot-label.whose", lot=self._lot.number, name=self._lot.name)
        chosen = QHBoxLayout()
        chosen.setSpacing(GAP)
        chosen.addWidget(named(words("records.lot-label.stock"), self.stock, self), 3)
        chosen.addWidget(named(words("records.lot-label.copies"), self.copies, self), 1)
        acts = QHBoxLayout()
        acts.setSpacing(GAP)
        for each in (self.print, self.keep):
            acts.addWidget(each)
        acts.addStretch(1)
        self.column.addWidget(heading(whose.strip()))
        self.column.addLayout(chosen)
        self.column.addWidget(self.ingredients)
        self.column.addWidget(self.view, 1)
        self.column.addLayout(acts)
        self.view.picture.setAccessibleName(words("records.lot-label.picture"))

    def _offer(self, stocks: tuple[ShownStock, ...]) -> None:
        """Offer every stock with each head it runs under; the usual one is chosen first."""
        self.stock.blockSignals(True)
        for each in stocks:
            for dpi in each.dpi:
                self.stock.addItem(
                    self.words("records.lot-label.on", stock=each.title, dpi=str(dpi)),
                    (each.id, dpi),
                )
        places = range(self.stock.count())
        usual = [at for at in places if self.stock.itemData(at)[0] == LotWish.stock]
        self.stock.setCurrentIndex(usual[0] if usual else 0)
        self.stock.blockSignals(False)
        self._look()

    def _look(self, *_news: object) -> None:
        self._show(None)
        self.say(self.words("records.lot-label.making"))
        job = partial(self.office.lot_labels.look, self._lot, self.wish)
        self.look("label", job, self._made)

    def _made(self, label: ShownLabel) -> None:
        self.say("")
        self._show(label)

    def _show(self, label: ShownLabel | None) -> None:
        self.label = label
        self.view.show_page(label.pages[0] if label else None)
        for each in (self.print, self.keep):
            each.setEnabled(label is not None)

    def _choose_printer(self) -> None:
        whose = self.words("records.lot-label.whose", lot=self._lot.number, name=self._lot.name)
        chooser = PrinterChooser(self.theme, self.words, "", whose, self)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.picked.connect(self.send_to)
        chooser.finished.connect(self._forget_chooser)
        self._chooser = chooser
        chooser.open()
        self.look("printers", self.office.lot_labels.printers, self._list_printers)

    def _list_printers(self, printers: tuple[ShownPrinter, ...]) -> None:
        if self._chooser is not None:
            self._chooser.show_printers(printers)

    def _forget_chooser(self, *_outcome: int) -> None:
        self._chooser = None

    def _close_chooser(self) -> None:
        if self._chooser is not None:
            self._chooser.reject()

    def _saved(self, said: str, _receipt: Receipt) -> None:
        self.say(said)

    def _sent(self, wish: LotWish, outcome: Receipt | Unknown) -> None:
        if isinstance(outcome, Unknown):
            said = self.words("records.lot-label.unknown", printer=outcome.printer)
            self.say(said, trouble=True)
            return
        values = {"printer": outcome.printer, "copies": str(wish.copies)}
        self.say(self.words("records.lot-label.printed", **values))

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.words("records.lot-label.save"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.words("records.lot-label.filter"))
        dialog.setDefaultSuffix("pdf")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        safe = "".join(each if each.isalnum() else "-" for each in self._lot.number)
        dialog.selectFile(f"lot-{safe}.pdf")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()
