"""Lists: times of day that stand together, told from two words for one time."""

from __future__ import annotations

from labelapp.rx.timing import When
from labelapp.sig.clauses.context import Token
from labelapp.sig.clauses.cursor import Cursor

_TIMES = {"when", "night"}
_BETWEEN = {"every", "skip", "a"}
_OFTEN = {"when", "night", "days", "rate", "count", "hours", "meal", "prn", "prn-for", "reason"}
_NO_DOSE = {"with water", "on an empty stomach"}


def time_list_ends(cursor: Cursor, count: int | None) -> int:
    """Give the place after the list of times that begins here; only what stands in it is one.

    `morning, noon and evening` is a list by its last word, `bid morning, bedtime` by a count that
    agrees. `every evening before bed` is none: two words, perhaps for one time.
    """
    tokens, place = cursor.tokens, cursor.place
    named: list[str] = []
    links: list[str] = []
    link, ends = "", place
    while place < len(tokens) and (_is_time(tokens, place) or _links(cursor, tokens[place])):
        token = tokens[place]
        if token.role in _TIMES:
            at = token.value if token.role == "when" else When.BEDTIME.value
            if at not in named:
                named.append(at)
                links.append(link)
            link = ""
        else:
            link = cursor.questions.written(token.span) if token.role == "break" else link
            link = "and" if token.role == "and" else link
        place += 1
        ends = place if _is_time(tokens, place - 1) else ends
    good = _is_joined(links) or _agrees(tokens, ends, len(named), count)
    return ends if good and not _dose_follows(tokens, ends) else 0


def joins_unlike(tokens: tuple[Token, ...], place: int) -> bool:
    """Tell whether the `and` here joins a time with another kind: with meals and at bedtime.

    Such an `and` adds a dose that no slot of the clause would hold; water and an empty stomach
    add none.
    """
    if not 0 < place < len(tokens) - 1:
        return False
    after = place + 1
    while after < len(tokens) - 1 and tokens[after].role in {"skip", "a"}:
        after += 1
    sides = (tokens[place - 1], tokens[after])
    if any(each.role not in _OFTEN or each.value in _NO_DOSE for each in sides):
        return False
    if sides[1].role == "meal" and sides[1].meaning == "with food":
        return False  # at bedtime and with food; but not: at bedtime and with meals
    if all(each.role == "reason" for each in sides):
        return False
    return not (_is_time(tokens, place - 1) and _is_time(tokens, after))


def _is_time(tokens: tuple[Token, ...], place: int) -> bool:
    """Tell whether a time stands here, or the food that belongs to one: with breakfast."""
    token = tokens[place]
    if token.role == "meal":
        return place > 0 and tokens[place - 1].span == token.span
    return token.role in _TIMES


def _links(cursor: Cursor, token: Token) -> bool:
    comma = token.role == "break" and cursor.questions.written(token.span) == ","
    return comma or token.role == "and" or token.role in _BETWEEN


def _is_joined(links: list[str]) -> bool:
    if len(links) >= 3 and set(links[1:]) == {","}:
        return True  # three times a day or more are no second word for one
    if len(links) >= 3 and links[-1] == "and" and set(links[1:-1]) == {""}:
        return True  # in the morning at noon and at bedtime
    return links[-1:] == ["and"] and all(each in {",", "and"} for each in links[1:])


def _agrees(tokens: tuple[Token, ...], ends: int, many: int, count: int | None) -> bool:
    """Tell whether a count before or right after the list is the number of its times."""
    after = next((each for each in tokens[ends:] if each.role not in {"open-paren", "skip"}), None)
    said = int(after.value) if after is not None and after.role == "count" else count
    return said == many


def _dose_follows(tokens: tuple[Token, ...], ends: int) -> bool:
    """Tell whether an amount stands right after: in the morning and at bedtime 2 capsules."""
    roles = [each.role for each in tokens[ends : ends + 2]]
    return roles[:1] == ["number"] and roles[1:] not in (["period"], ["times"])
