"""What can go wrong with the records, each with its own code; never with a patient's data."""

from __future__ import annotations

from labelapp.rx.errors import LabelappError


class StoreTrouble(LabelappError):
    """The records could not be read or written; what was committed before is as it was."""

    code = "store.failed"


class NotSetUp(StoreTrouble):
    """There are no records at this address yet."""

    code = "store.not-set-up"


class AlreadySetUp(StoreTrouble):
    """There are records at this address already: nothing is ever set up over them."""

    code = "store.already-set-up"


class WrongKey(StoreTrouble):
    """The passphrase or recovery key does not open these records."""

    code = "store.wrong-key"


class Damaged(StoreTrouble):
    """The records, or a backup, are not whole: a page, a table, a guard or the audit is not as written."""

    code = "store.damaged"


class Newer(StoreTrouble):
    """The records were written by a newer program; this one would not understand them."""

    code = "store.newer"


class InUse(StoreTrouble):
    """Another labelapp on this computer has the records open."""

    code = "store.in-use"


class BadAddress(StoreTrouble):
    """The address of the records cannot be used: a network drive, a line without TLS, no address."""

    code = "store.bad-address"


class NoRoom(StoreTrouble):
    """The disk is full; nothing was changed."""

    code = "store.no-room"


class ReadOnly(StoreTrouble):
    """The records may be read and not written."""

    code = "store.read-only"


class Gone(StoreTrouble):
    """The server with the records does not answer."""

    code = "store.gone"


class Busy(StoreTrouble):
    """Another counter holds the records; the same thing can be tried again."""

    code = "store.busy"


class Taken(StoreTrouble):
    """A number that may exist once exists already: an Rx number, a serial, a lot, initials."""

    code = "store.taken"


class Conflict(StoreTrouble):
    """Somebody changed the record since it was read. Values: who, when, where."""

    code = "store.conflict"
