"""A browser for tests of pages."""

from collections.abc import Iterator

import pytest

from tests.judges.devtools import Browser
from tests.judges.finding import require


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    require("chromium")
    browser = Browser()
    yield browser
    browser.close()
