"""The real ruler, over the fonts that are printed."""

from __future__ import annotations

import pytest

from labelapp.draw.fonts import Fonts
from labelapp.draw.ruler import FontRuler
from labelapp.resources import folder


@pytest.fixture(scope="session")
def ruler():
    return FontRuler(Fonts(folder() / "fonts"))
