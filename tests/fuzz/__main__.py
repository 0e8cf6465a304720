"""`make fuzz`: a minute of hostile directions and hostile files; the first exception ends it."""

from __future__ import annotations

import sys

from tests.fuzz import files, sig

if __name__ == "__main__":
    sys.exit(sig.run(seconds=30) or files.run(seconds=30))
