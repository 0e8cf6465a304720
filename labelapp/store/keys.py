"""The keys of the records: one random data key, wrapped by a passphrase and by a recovery key."""

from __future__ import annotations

import hmac
import json
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from labelapp.store.disk import UNREADABLE
from labelapp.store.trouble import Damaged, StoreTrouble, WrongKey

FORMAT = "labelapp-keys/1"
LEAST_PASSPHRASE = 12
_ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Letters of a recovery key: none that is taken for another (no I, L, O, U, 0, 1)."""
_GROUPS, _GROUP = 8, 4
_CHECK = 4
_SALT, _NONCE = 16, 12
_LOCKED = _NONCE + 32 + 16
"""Bytes of a data key under a key: the nonce, the key, the seal."""
_MOST = 10_000
"""Bytes of a file of keys that are read."""


@dataclass(frozen=True)
class Cost:
    """What a guess at a passphrase or PIN costs: memory, rounds, lanes (Argon2id, RFC 9106)."""

    memory_kib: int = 65_536
    rounds: int = 3
    lanes: int = 4


@dataclass(frozen=True)
class Keys:
    """The data key, and the keys derived from it for each purpose (HKDF, RFC 5869)."""

    data: bytes = field(repr=False)

    @property
    def cipher(self) -> str:
        """The key of the encrypted database, in hexadecimal."""
        return self.data.hex()

    @property
    def audit(self) -> bytes:
        """The key that seals audit rows, anchors and manifests; it never stands in the database."""
        return _derived(self.data, b"audit")

    def seal(self, *said: str) -> str:
        """Seal words so that nobody without the keys can change or make them."""
        return hmac.new(
            self.audit, _bytes(json.dumps(said, ensure_ascii=False)), sha256
        ).hexdigest()

    def badge(self, scanned: str) -> str:
        """Give the mark a badge is found by; the badge itself is kept nowhere."""
        return hmac.new(_derived(self.data, b"badge"), _bytes(scanned), sha256).hexdigest()


@dataclass(frozen=True)
class Wrapped:
    """The data key as it is kept: under the passphrase, and under the recovery key."""

    salt: bytes
    cost: Cost
    by_passphrase: bytes
    by_recovery: bytes

    def written(self) -> str:
        """Write the wrapped keys as JSON."""
        document = {
            "format": FORMAT,
            "argon2id": vars(self.cost),
            "salt": self.salt.hex(),
            "by_passphrase": self.by_passphrase.hex(),
            "by_recovery": self.by_recovery.hex(),
        }
        return json.dumps(document, indent=2) + "\n"


def read_wrapped(text: str) -> Wrapped:
    """Read wrapped keys. Raises Damaged."""
    try:
        document: Mapping[str, Any] = json.loads(text[:_MOST])
        if document["format"] != FORMAT:
            raise Damaged("store.keys-damaged")
        cost = Cost(**{key: int(document["argon2id"][key]) for key in vars(Cost())})
        if not _is_bearable(cost):
            raise Damaged("store.keys-damaged")
        salt, one, other = (
            bytes.fromhex(document[key]) for key in ("salt", "by_passphrase", "by_recovery")
        )
    except UNREADABLE:
        raise Damaged("store.keys-damaged") from None
    if (len(salt), len(one), len(other)) != (_SALT, _LOCKED, _LOCKED):
        raise Damaged("store.keys-damaged")
    return Wrapped(salt, cost, one, other)


def _is_bearable(cost: Cost) -> bool:
    """Tell whether a cost was one of ours: a hostile one would take all memory, or the whole day."""
    lanes, memory = 1 <= cost.lanes <= 16, 8 * cost.lanes <= cost.memory_kib <= 2**20
    return lanes and memory and 1 <= cost.rounds <= 20


def new_keys() -> Keys:
    """Make the data key of new records."""
    return Keys(secrets.token_bytes(32))


def new_recovery_key() -> str:
    """Make a recovery key to be printed: eight groups of four letters and a group to check them."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_GROUPS * _GROUP))
    return grouped(letters + _checked(letters))


def grouped(letters: str) -> str:
    """Set the letters of a recovery key in groups, as they are printed and typed back."""
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def wrap(keys: Keys, passphrase: str, recovery: str, cost: Cost) -> Wrapped:
    """Wrap the data key under a passphrase and under a recovery key."""
    salt = secrets.token_bytes(_SALT)
    return Wrapped(
        salt,
        cost,
        _locked(keys.data, _from_passphrase(passphrase, salt, cost), b"passphrase"),
        _locked(keys.data, _from_recovery(recovery, salt), b"recovery"),
    )


def by_passphrase(wrapped: Wrapped, passphrase: str) -> Keys:
    """Unwrap the data key with the passphrase. Raises WrongKey."""
    key = _from_passphrase(passphrase, wrapped.salt, wrapped.cost)
    return Keys(_unlocked(wrapped.by_passphrase, key, b"passphrase"))


def by_recovery(wrapped: Wrapped, recovery: str) -> Keys:
    """Unwrap the data key with the recovery key, typed in any case and with any marks between.

    Raises WrongKey; a key whose check group does not agree was mistyped, and is told so.
    """
    return Keys(_unlocked(wrapped.by_recovery, _from_recovery(recovery, wrapped.salt), b"recovery"))


def _bytes(text: str) -> bytes:
    """Give the bytes of any text, even of one that is half a sign."""
    return text.encode("utf-8", "surrogatepass")


def _derived(secret: bytes, purpose: bytes, salt: bytes | None = None) -> bytes:
    return HKDF(SHA256(), 32, salt, b"labelapp " + purpose).derive(secret)


def _from_passphrase(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    said = _bytes(unicodedata.normalize("NFC", passphrase.strip()))  # keyboards differ in accents
    try:
        return hash_secret_raw(
            said, salt, cost.rounds, cost.memory_kib, cost.lanes, hash_len=32, type=Type.ID
        )
    except HashingError:  # no memory for it
        raise StoreTrouble from None


def _from_recovery(recovery: str, salt: bytes) -> bytes:
    letters = "".join(each for each in recovery.upper() if each.isascii() and each.isalnum())
    whole = _GROUPS * _GROUP
    if len(letters) != whole + _CHECK or _checked(letters[:whole]) != letters[whole:]:
        raise WrongKey("store.recovery-mistyped")
    return _derived(letters[:whole].encode(), b"recovery", salt)


def _checked(letters: str) -> str:
    """Give the group that shows a mistyped letter."""
    number = int.from_bytes(sha256(b"labelapp " + letters.encode()).digest()[:8], "big")
    check = ""
    for _ in range(_CHECK):
        number, place = divmod(number, len(_ALPHABET))
        check += _ALPHABET[place]
    return check


def _locked(data: bytes, key: bytes, purpose: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, FORMAT.encode() + purpose)


def _unlocked(locked: bytes, key: bytes, purpose: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(locked[:_NONCE], locked[_NONCE:], FORMAT.encode() + purpose)
    except (InvalidTag, ValueError):
        raise WrongKey from None
