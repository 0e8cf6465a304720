"""This computer's own keychain, which may remember the data key so that nobody types the passphrase.

It protects a stolen disk, not a computer on which somebody is signed in: any program of the same
person can ask for it. Only keychains of the operating system are used; where there is none, or
only one that writes plain files, the passphrase is asked for.
"""

from __future__ import annotations

import keyring
from keyring.errors import KeyringError

_SERVICE = "labelapp records"
TRUSTED = frozenset(
    {
        "keyring.backends.Windows",
        "keyring.backends.macOS",
        "keyring.backends.SecretService",
        "keyring.backends.libsecret",
        "keyring.backends.kwallet",
    }
)
"""Keychains that keep a key encrypted for the person signed in."""


def is_trusted() -> bool:
    """Tell whether this computer has a keychain that can be trusted with the key."""
    try:
        return type(keyring.get_keyring()).__module__ in TRUSTED
    except (KeyringError, RuntimeError, OSError):
        return False


def keep(address: str, key: bytes) -> bool:
    """Let the keychain remember a key; tell whether it does."""
    if not is_trusted():
        return False
    try:
        keyring.set_password(_SERVICE, address, key.hex())
    except (KeyringError, RuntimeError, OSError):
        return False
    return recall(address) == key


def recall(address: str) -> bytes | None:
    """Give the remembered key; None where there is none, or none to be trusted."""
    if not is_trusted():
        return None
    try:
        kept = keyring.get_password(_SERVICE, address)
        return bytes.fromhex(kept) if kept else None
    except (KeyringError, RuntimeError, OSError, ValueError):
        return None


def forget(address: str) -> None:
    """Let the keychain forget a key; one it does not have is forgotten already."""
    if is_trusted():
        try:
            keyring.delete_password(_SERVICE, address)
        except (KeyringError, RuntimeError, OSError):
            return
