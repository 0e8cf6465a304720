"""What the machine could not do, as one family of exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class LabelappError(Exception):
    """The machine could not do what was asked: a code and values, never a sentence.

    The sentence and the way out are looked up in `resources/screen/` by `dispensing.plain`, so
    that patient data given as a value never ends in a log or a traceback text.
    """

    code = "error.unknown"

    def __init__(self, code: str | None = None, **values: str) -> None:
        self.code = code or type(self).code
        self.values: Mapping[str, str] = MappingProxyType(dict(values))
        super().__init__(self.code)


class UnreadableFile(LabelappError):
    """A prescription file that cannot be read at all: too large, not its format, hostile."""

    code = "file.unreadable"


class BadResource(LabelappError):
    """A row of `resources/` that is damaged or contradicts itself."""

    code = "resource.bad"


class ProofFailed(LabelappError):
    """The finished page does not say what it should: it is never handed on."""

    code = "proof.failed"


class PrinterFailed(LabelappError):
    """The printer or its queue did not take the page."""

    code = "printer.failed"


class CannotWrite(LabelappError):
    """The file could not be written: folder missing, no right, disk full."""

    code = "file.cannot-write"
