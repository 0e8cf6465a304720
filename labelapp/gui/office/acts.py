"""The acts the audit knows, in words: what a row of it says somebody did."""

from __future__ import annotations

from labelapp.gui.settings import Words

ACTS = (
    "approve", "audit.more", "audit.verify", "audit.view", "backup", "change", "check-failed",
    "codes", "count", "create", "day-end", "decide", "denied", "emergency", "emergency.done",
    "export", "fill.entered", "fill.printed", "fill.verified", "fill.void", "lock", "lot-label",
    "lot-label.settled", "number",
    "open", "passphrase", "people.badge", "people.pin", "pin", "pin-failed", "print",
    "print.settled", "recall", "receive", "refill", "release", "remember", "reprint", "review", "sign-in",
    "sign-in-failed", "sign-out", "stand", "store.moved", "store.restored", "store.set-up",
    "unlock", "unlock-failed", "view", "vouch", "vouch-failed", "withdraw",
)  # fmt: skip

KINDS = (
    "audit", "fills", "formulas", "jobs", "labels", "lots", "patients", "people", "phrases",
    "prescribers", "prescriptions", "received", "rows", "settings",
)  # fmt: skip
"""What is done something to."""


def act_word(act: str, words: Words) -> str:
    """Say an act; one that has no word yet stands as it is recorded."""
    return words(f"audit.act.{act}") if act in ACTS else act


def subject_word(kind: str, subject: str, words: Words) -> str:
    """Say what an act was about: its kind in words, and its number in the records."""
    if not kind:
        return subject
    said = words(f"audit.kind.{kind}") if kind in KINDS else kind
    return f"{said} {subject}".strip()
