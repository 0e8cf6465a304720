"""How long: the days each group of doses runs, or a question when they do not follow on."""

from __future__ import annotations

from labelapp.rx.directions import Length
from labelapp.sig.clauses.clause import Group
from labelapp.sig.clauses.questions import Questions


def run_lengths(groups: list[Group], questions: Questions) -> None:
    """Give every group its days from day 1 on; only the last may be open."""
    begins = 1
    for place, group in enumerate(groups):
        is_last = place == len(groups) - 1
        _one_length(group, questions)
        _windowed(group, begins, questions)
        _begun(group, None if is_last else groups[place + 1])
        if is_last:
            _last_day(group, questions)
        _goes_on(group, questions, is_last=is_last)
        if group.length is None and not is_last:
            rest = questions.written(group.span.joined(groups[-1].span))
            questions.ask("sig.no-end", group.span, rest=rest)
            del groups[place + 1 :]
            return
        begins += group.length.days if group.length else 0


def _one_length(group: Group, questions: Questions) -> None:
    """Take the days of the group's doses; they must be the same, and said of all of them."""
    own = {each.length for each in group.clauses if each.length is not None}
    group.length = own.pop() if len(own) == 1 else None
    first, last = group.clauses[0], group.clauses[-1]
    parted = any(each.link in {".", ";"} for each in group.clauses[1:])
    one_only = (first.length is None) != (last.length is None)
    if own or (group.length and (last.length is None or (parted and one_only))):
        questions.ask("sig.length-of-which", group.span)


def _windowed(group: Group, begins: int, questions: Questions) -> None:
    """Take the days the writer named, which must begin where those before ended."""
    windows = {each.window for each in group.clauses if each.window is not None}
    for window in windows:
        length = None if window.last is None else Length(window.last - window.first + 1)
        if window.first != begins or group.length not in {None, length} or len(windows) > 1:
            questions.ask("sig.days-gap", group.span)
        group.length = length


def _begun(group: Group, after: Group | None) -> None:
    """Run a dose that is started on a day to the day on which the next one is, or without end."""
    window = group.clauses[0].window
    if window is None or not window.begins:
        return
    ends = after.clauses[0].window if after is not None else None
    if ends is not None and ends.first > window.first:
        group.length = Length(ends.first - window.first)
    elif after is None or window.first == window.last:
        group.length = None


def _last_day(group: Group, questions: Questions) -> None:
    """Ask whether the last step ends: day 8 may be that day alone, the first week the first."""
    for clause in group.clauses:
        if clause.first_only is not None:
            questions.ask("sig.first-only", clause.first_only)
    window = group.clauses[0].window
    if window is None or window.begins or window.first != window.last or group.clauses[0].goes_on:
        return
    choices = (f"day {window.first} only", f"day {window.first} and after")
    if questions.ask("sig.one-day", group.span, choices) == choices[1]:
        group.length = None


def _goes_on(group: Group, questions: Questions, *, is_last: bool) -> None:
    """Leave the end open where the writer says so; days of its own say something else."""
    said = next((each.goes_on for each in group.clauses if each.goes_on is not None), None)
    if said is None:
        return
    window = group.clauses[0].window
    ranged = window is not None and window.last is not None and not window.begins
    week = ranged and window is not None and window.first > 1 and window.last == window.first + 6
    counted = any(each.length is not None for each in group.clauses) or (ranged and not week)
    if counted or not is_last:
        questions.ask("sig.open-end", group.span.joined(said))
    group.length = None if is_last else group.length
