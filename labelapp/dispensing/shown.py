"""What the front ends see: frozen views, so that no value of another room crosses into a screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zlib import decompress

from labelapp.rx.draft import Draft
from labelapp.rx.finding import Finding, Span
from labelapp.rx.paper import Paper

ENGLISH = "en"
"""Nothing is wanted beside the English."""
FEDERAL = "US"
"""The law where no state's own holds."""
SCAN = "scan"
"""The source of a draft that began with a fax or scan, of which nothing is typed yet."""


@dataclass(frozen=True)
class ShownFinding:
    """A finding with its sentence and its way out, in the language of the screen.

    `settled` says by whom and how a decision answers it; empty while it is open.
    """

    finding: Finding
    sentence: str
    way_out: str
    settled: str = ""

    @property
    def is_open(self) -> bool:
        """True while it still holds the label up."""
        return self.finding.severity != "NOTE" and not self.settled


@dataclass(frozen=True)
class ShownStep:
    """A step of the directions in the words and numbers of the command line's JSON."""

    sequence: int
    low: Decimal
    high: Decimal | None
    unit: str
    dose_mg: str
    when: tuple[str, ...]
    times_per_day: str
    start_day: int
    end_day: int | None
    as_needed: bool
    days_on: int = 1
    every_days: int = 1
    weekdays: tuple[str, ...] = ()
    clock: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownRule:
    """A rule of increase or taper, and the steps it was written out as."""

    by: Decimal
    unit: str
    every_days: int
    up_to: Decimal
    first: int
    last: int


@dataclass(frozen=True)
class ShownTranslation:
    """A line in another language. A draft is for the screen, marked as one, and never printed."""

    language: str
    text: str
    draft: bool


@dataclass(frozen=True)
class ShownLine:
    """A line the label will say, with the characters of the sig it came from.

    `lead` are the days it begins with, "Days 1 to 7". `translation` is None where nobody asked
    for another language, and where its table has no sentence for this line.
    """

    text: str
    spans: tuple[Span, ...]
    lead: str = ""
    translation: ShownTranslation | None = None


@dataclass(frozen=True)
class ShownSig:
    """What was understood of the directions. `status` is ok, ask or refused."""

    status: str
    steps: tuple[ShownStep, ...] = ()
    lines: tuple[ShownLine, ...] = ()
    units_for_days: str = ""
    findings: tuple[ShownFinding, ...] = ()
    purpose: str = ""
    rules: tuple[ShownRule, ...] = ()
    language: str = ""
    """The other language its lines were asked for in."""


@dataclass(frozen=True)
class ShownBud:
    """The beyond-use date, why it is that day, and every limit that was weighed."""

    last_day: date
    reason: str
    limits: tuple[str, ...]


@dataclass(frozen=True)
class ShownBox:
    """A run of words on the label: its place in mm from the top left corner, its size, its why."""

    text: str
    key: str
    why: str
    size_pt: float
    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class ShownMark:
    """A mark on the label, as its proof read it back."""

    symbology: str
    payload: str


@dataclass(frozen=True)
class ShownPage:
    """One label's picture: exactly the dots the head will burn.

    `bits` holds rows of `width` dots, 8 to a byte, most significant first, 1 is black, each row
    filled up to whole bytes.
    """

    width: int
    height: int
    dpi: int
    bits: bytes
    boxes: tuple[ShownBox, ...]
    marks: tuple[ShownMark, ...]
    packed_colours: bytes = b""
    """The page as a printer that has colours prints it, red, green and blue of each dot, row by
    row, packed by zlib; empty where it is black alone."""

    @property
    def colours(self) -> bytes:
        """Give red, green and blue of each dot, row by row; empty where the page is black alone."""
        return decompress(self.packed_colours) if self.packed_colours else b""


@dataclass(frozen=True)
class ShownScan:
    """A page of a fax or scan as a picture: `grey` holds a byte a dot, row by row."""

    width: int
    height: int
    grey: bytes


@dataclass(frozen=True)
class ShownFit:
    """How many labels a lawful prescription takes on a stock under a law; 0 when it is refused.

    `shortest` is the shortest there is, `titration` one of three steps; `state` is US without a
    state's own law.
    """

    state: str
    shortest: int
    titration: int


@dataclass(frozen=True)
class ShownStock:
    """A stock one can choose, with what fits on it under its usual head.

    `bars` tells whether Code 128 stands there beside the 2-D code; None where nothing was counted.
    """

    id: str
    name: str
    width_mm: Decimal
    height_mm: Decimal
    dpi: tuple[int, ...]
    maker: str = ""
    number: str = ""
    use: str = "vial"
    own: bool = False
    fits: tuple[ShownFit, ...] = ()
    bars: bool | None = None

    @property
    def title(self) -> str:
        """Name it as it is found on its box: maker, number and name, where it has a maker's."""
        if self.own or not self.maker or self.maker.split()[-1] in {"any", "maker"}:
            return self.name
        return f"{self.maker} {self.number}, {self.name}"

    def fit(self, state: str) -> ShownFit | None:
        """Give what fits under a state's law, the federal where none is; None if not counted."""
        wanted = state.strip().upper() or FEDERAL
        return next((each for each in self.fits if each.state == wanted), None)


@dataclass(frozen=True)
class ShownPrinter:
    """A queue one can choose, and what it says of itself."""

    name: str
    state: str
    ready: bool
    in_colour: bool = False
    """It says that it prints colours."""


@dataclass(frozen=True)
class ShownLabel:
    """The proofed label: the very PDF, its picture, where everything stands."""

    stock: ShownStock
    dpi: int
    serial: str
    pdf: bytes
    pages: tuple[ShownPage, ...]
    sample: bool
    dropped: tuple[str, ...] = ()
    paper: Paper = Paper.LABEL

    @property
    def in_colour(self) -> bool:
        """True when any of its pages has colours."""
        return any(page.packed_colours for page in self.pages)


LETTER = "us-letter"
"""The page that large print, leaflet and calendar are printed on unless another stock is named."""
STICKER = "sticker-1.5x0.375"
"""The stock of auxiliary stickers unless another is named."""


@dataclass(frozen=True)
class Wanted:
    """What the person at the counter chose besides the prescription."""

    stock: str = "thermal-4x2"
    dpi: int | None = None
    jurisdiction: str = ""
    language: str = ENGLISH
    """The patient's language that stands under the English, once its table is approved."""
    reason: str = ""
    """Why another copy of a label that was printed before is wanted; empty for a first print."""
    paper: Paper = Paper.LABEL
    """Which paper of the fill: the label itself, or what is made of the same record beside it."""
    colour: bool = False
    """Stickers in the colours of their rows, on a printer that has colours."""
    left_off: tuple[str, int | None] | None = None
    """Stickers for those warnings alone that find no room on the label on this stock and head."""
    link: str = ""
    """The pharmacy's own page, named on a leaflet; that of its settings when empty."""

    @property
    def is_label(self) -> bool:
        """True for the label itself, false for what is made of the same record beside it."""
        return self.paper is Paper.LABEL


def usual_stock(paper: Paper) -> str:
    """Name the stock a paper is printed on unless another is named."""
    return {Paper.LABEL: Wanted().stock, Paper.STICKERS: STICKER}.get(paper, LETTER)


@dataclass(frozen=True)
class Shown:
    """Everything there is to see about one prescription: the whole way, as far as it goes.

    `day` is the day it was looked at: its dates, ages and beyond-use date hold on that day alone.
    `label` is None when the way ended before a label; then an open finding says why. A label is
    shown even while questions are open, but `may_print` is true only when none is.
    """

    day: date
    sig: ShownSig
    findings: tuple[ShownFinding, ...]
    bud: ShownBud | None = None
    days_supply: int | None = None
    """How many days the quantity lasts."""
    units_needed: str = ""
    """What the days' supply that was written uses up, or what the days it lasts do."""
    needed_days: int | None = None
    """The days `units_needed` is counted for."""
    auxiliary: tuple[tuple[str, str, bool], ...] = ()
    """Auxiliary labels that may be chosen: row id, text, and whether it is on."""
    jurisdiction: str = ""
    label: ShownLabel | None = None
    draft: Draft | None = None
    """What was looked at: what is sent is made from it once more."""
    wanted: Wanted | None = None

    @property
    def open_findings(self) -> tuple[ShownFinding, ...]:
        """The findings that still hold the label up."""
        return tuple(each for each in self.findings if each.is_open)

    @property
    def may_print(self) -> bool:
        """True when a proofed label stands and nothing holds it up."""
        return self.label is not None and not self.open_findings


@dataclass(frozen=True)
class Batch:
    """Several prescriptions gone the way: each one's view, and one PDF of those that may print."""

    shown: tuple[Shown, ...]
    pdf: bytes | None
