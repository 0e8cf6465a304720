"""An address is a folder of this computer, or a server over a line that is encrypted and checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from labelapp.store.address import Embedded, Server, address_of, is_loopback
from labelapp.store.trouble import BadAddress


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://me@db.example/records",
        "postgres://me@db.example/records?sslmode=verify-full",
        "postgresql+psycopg://me@192.0.2.7:5433/records",
        "postgresql://localhost/records?host=db.example",
        "postgresql:///records?host=127.0.0.1,db.example",
        "postgresql:///records?host=127.0.0.1&host=db.example",
        "postgresql://127.0.0.1.example/records",
        "postgresql://localhost.example/records",
    ],
)
def test_a_line_to_another_computer_is_encrypted_and_checked(text):
    address = address_of(text)
    assert isinstance(address, Server)
    assert address.url.query["sslmode"] == "verify-full"


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require", "verify-ca", "x"])
def test_a_weaker_line_is_refused(mode):
    for text in ("//db.example/records?", "//localhost/records?host=db.example&"):
        with pytest.raises(BadAddress, match="no-tls"):
            address_of(f"postgresql:{text}sslmode={mode}")


@pytest.mark.parametrize(
    "text",
    [
        "postgresql:///records", "postgresql://localhost/records", "postgresql://127.0.0.1/records",
        "postgresql://[::1]/records", "postgresql:///records?host=/run/postgresql",
    ],
)  # fmt: skip
def test_a_line_within_this_computer_needs_no_certificate(text):
    address = address_of(text)
    assert isinstance(address, Server)
    assert "sslmode" not in address.url.query


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", "/", "a\0b", "~nobody-of-this-name/x", "mysql://db/records", "sqlite:///x.db",
        "postgresql://db.example", "postgresql://db.example:port/records", "https://db.example/x",
        "postgresql://localhost/records?hostaddr=192.0.2.7", "://", "postgresql://[::1/records",
        "postgresql://localhost/records?service=other", "postgresql:///records?passfile=/x",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(text):
    with pytest.raises(BadAddress):
        address_of(text)


def test_no_password_is_ever_shown():
    address = address_of("postgresql://me:hush-hush@db.example:5433/records")
    assert "hush" not in str(address) + repr(address)
    assert str(address) == "postgresql://me@db.example:5433/records"
    for bad in ("postgresql://me:hush-hush@db.example", "postgresql://me:hush-hush@db:x/records"):
        with pytest.raises(BadAddress) as refused:
            address_of(bad)
        assert "hush" not in repr(refused.value) + repr(dict(refused.value.values))


@pytest.mark.parametrize("name", ["a b", "50%41?#", "ü患", "~", "C:\\records", "d'oh", "x:y"])
def test_a_folder_may_have_any_name(tmp_path, name):
    address = address_of(str(tmp_path / name))
    assert address == Embedded(tmp_path / name)
    assert Path(str(address)) == tmp_path / name


@pytest.mark.parametrize("host", ["127.1.2.3", "::1", "localhost", "", "/run/postgresql"])
def test_this_computer_is_known(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["10.0.0.1", "::2", "localhost.example", "0.0.0.0", "example"])
def test_another_computer_is_known(host):
    assert not is_loopback(host)
