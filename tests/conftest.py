"""What every test stands on: no screen, no network, a known amount of chance."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything loads Qt
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"  # Qt would start a bus of its own

_HOME = tempfile.mkdtemp(prefix="labelapp-test-")  # never this person's own log and choices
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ |= {"XDG_STATE_HOME": _HOME, "XDG_CONFIG_HOME": _HOME}

IN_CI = os.environ.get("CI") == "true"
HOME = ("127.", "::1", "localhost", "0.0.0.0")

# Neither deadline nor slowness fails a test: a busy machine is no fault of the code.
settings.register_profile(
    "dev",
    derandomize=True,
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("ci", settings.get_profile("dev"), max_examples=200)
settings.register_profile(
    "nightly", settings.get_profile("dev"), derandomize=False, max_examples=5000, print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if IN_CI else "dev"))


def _stay_at_home(event: str, args: tuple[Any, ...]) -> None:
    """Stop a test that reaches for any machine but this one."""
    if event in ("socket.connect", "socket.sendto"):
        address = args[1]
    elif event == "socket.getaddrinfo":
        address = args
    else:
        return
    if isinstance(address, tuple) and address[0] and not str(address[0]).startswith(HOME):
        raise RuntimeError(f"a test may not leave this machine: {address[0]}")


sys.addaudithook(_stay_at_home)


@pytest.fixture(scope="session")
def need() -> Callable[..., str]:
    """Find the commands a test needs, or skip it by their names; under CI=true it fails instead.

    ``need("cupsd", package="cups")`` gives the path of the command.
    """

    def find(command: str, package: str = "") -> str:
        places = f"{os.environ.get('PATH', os.defpath)}{os.pathsep}/usr/sbin{os.pathsep}/sbin"
        found = shutil.which(command, path=places)
        if found is None:
            reason = f"needs the command {command} (Debian package {package or command})"
            (pytest.fail if IN_CI else pytest.skip)(reason)
        return found

    return find


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--bless``: what the golden pages look like now is how they should look."""
    parser.addoption("--bless", action="store_true", help="make the present pages the golden ones")


@pytest.fixture(scope="session", autouse=True)
def application(qapp: Any) -> Any:
    """Have the windows' own application there first: a queue asked for printers makes a lesser one."""
    return qapp
