"""A stock of the pharmacy's own, as somebody measures it with a ruler: in mm or inch, put into a row."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from labelapp.layout.stock import USES, Stock
from labelapp.rx.errors import LabelappError

OWN = "own-"
"""What the id of a pharmacy's own stock begins with."""
MAKER = "own"
LONGEST_NAME = 60
LARGEST_MM = Decimal(360)
"""A little more than the longest sheet an office printer takes, 14 in."""
LEAST_MM = Decimal(25)
"""The least side of a label for a container: below it not one line of each thing has room."""
LEAST_STICKER_MM = Decimal(8)
LEAST_ROOM_MM = Decimal(5)
"""What the margins must leave of each side."""
LEAST_MARGIN_MM = Decimal(1)
"""The least margin of a stock that bears a code: a reader wants white around it. Stickers have none."""
HEADS = range(150, 1_201)
"""Below 150 dots an inch the smallest letters are not told apart; no office head has over 1200."""
_UNITS = {"mm": Fraction(1), "cm": Fraction(10)} | dict.fromkeys(
    ("in", "inch", "inches", '"', "\N{RIGHT DOUBLE QUOTATION MARK}", "\N{DOUBLE PRIME}"),
    Fraction(254, 10),
)
_LENGTH = re.compile(
    r"""(?: (?P<number>\d{1,4}(?:\.\d{1,4})?|\.\d{1,4})
          | (?: (?P<whole>\d{1,3}) [ -] )? (?P<top>\d{1,3}) [/⁄] (?P<bottom>\d{1,3}) )
    [ ]? (?P<unit>mm|cm|inches|inch|in|["”″]) [.]?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_QUARTERS = {
    "¼": " 1/4",
    "½": " 1/2",
    "¾": " 3/4",
    "⅛": " 1/8",
    "⅜": " 3/8",
    "⅝": " 5/8",
    "⅞": " 7/8",
}


class BadStock(LabelappError):
    """A stock that cannot be: no name, no size, or margins that leave nothing of it."""

    code = "stock.bad-name"


@dataclass(frozen=True)
class Asked:
    """A stock as it was typed: sizes with their units, `margins` one or four (top, right, bottom, left)."""

    name: str
    width: str
    height: str
    margins: str = "2 mm"
    dpi: tuple[int, ...] = (203,)
    use: str = "vial"


def length_mm(text: str) -> Decimal:
    """Read a length with its unit, in mm to a hundredth: 101.6 mm, 4in, 4", 2 1/4 in.

    Raises BadStock; a bare number is refused, for 4 may be mm or inch.
    """
    plain = " ".join("".join(_QUARTERS.get(each, each) for each in text).split())
    found = _LENGTH.fullmatch(plain)
    value = _number(found) if found is not None else None
    if found is None or value is None:
        raise BadStock("stock.bad-length", text=text.strip()[:LONGEST_NAME])
    return _hundredths(value * _UNITS[found["unit"].lower()])


def drawn_up(asked: Asked, taken: Collection[str] = ()) -> Stock:
    """Make the row of a stock that was typed; `taken` are the ids there are. Raises BadStock."""
    name = " ".join(asked.name.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise BadStock(most=str(LONGEST_NAME))
    made = own_id(name)
    if made in taken:
        raise BadStock("stock.taken", name=name)
    if asked.use not in USES:
        raise BadStock("stock.bad-use", use=asked.use[:LONGEST_NAME])
    if not asked.dpi or not all(each in HEADS for each in asked.dpi):
        raise BadStock("stock.bad-dpi", least=str(HEADS[0]), most=str(HEADS[-1]))
    width, height = _side(asked.width, asked.use), _side(asked.height, asked.use)
    margins = _margins(asked.margins, width, height)
    if asked.use != "auxiliary" and min(margins) < LEAST_MARGIN_MM:
        raise BadStock(
            "stock.small-margin",
            text=asked.margins.strip()[:LONGEST_NAME],
            least=str(LEAST_MARGIN_MM),
        )
    return Stock(
        id=made,
        name=name,
        maker=MAKER,
        number=f"{width.normalize():f} x {height.normalize():f} mm",
        width_mm=width,
        height_mm=height,
        margins_mm=margins,
        dpi=tuple(dict.fromkeys(asked.dpi)),
        use=asked.use,
        source="Typed at this pharmacy",
    )


def own_id(name: str) -> str:
    """Give the id of an own stock by its name: `own-our-roll`."""
    words = re.findall(r"[^\W_]+", name.casefold())
    return OWN + ("-".join(words) or name.encode().hex())[:LONGEST_NAME]


def _number(found: re.Match[str]) -> Fraction | None:
    """Read the number of a length; 11/4 is none, for it may be meant as 1 1/4."""
    if found["number"]:
        return Fraction(Decimal(found["number"]))
    top, bottom = int(found["top"]), int(found["bottom"])
    return int(found["whole"] or 0) + Fraction(top, bottom) if top < bottom else None


def _side(text: str, use: str) -> Decimal:
    side = length_mm(text)
    least = LEAST_STICKER_MM if use == "auxiliary" else LEAST_MM
    if side < least:
        raise BadStock("stock.small-side", text=text.strip(), least=str(least))
    if side > LARGEST_MM:
        raise BadStock("stock.large-side", text=text.strip(), most=str(LARGEST_MM))
    return side


def _margins(
    text: str, width: Decimal, height: Decimal
) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Read one margin for all sides or four, the unit of the last for those without."""
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    if len(parts) not in {1, 4}:
        raise BadStock("stock.bad-margins", text=text.strip()[:LONGEST_NAME])
    unit = "".join(re.findall(r"[^\d\s./⁄-]+$", parts[-1]))
    read = [length_mm(part + unit if part[-1].isdecimal() else part) for part in parts]
    top, right, bottom, left = read * 4 if len(read) == 1 else read
    if min(width - left - right, height - top - bottom) < LEAST_ROOM_MM:
        raise BadStock("stock.no-room", text=text.strip()[:LONGEST_NAME], least=str(LEAST_ROOM_MM))
    return top, right, bottom, left


def _hundredths(mm: Fraction) -> Decimal:
    return (Decimal(round(mm * 100)) / 100).quantize(Decimal("0.01"))
