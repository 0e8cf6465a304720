"""Reasons: some things are only done with one, and it is kept beside what was done."""

from __future__ import annotations

from labelapp.rx.errors import LabelappError


class NoReason(LabelappError):
    """Something that is only done with a reason was asked for without one."""

    code = "order.no-reason"


def reasoned(reason: str) -> None:
    """See that a reason says something. Raises NoReason."""
    if len(reason.strip()) < 3:
        raise NoReason
