"""A person at a studio of his own, and a browser for tests of pages.

A test file that wants another shelf or another novel has fixtures of the same names.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.judges.devtools import Browser
from tests.judges.finding import require
from tests.studio.shelves import served
from tests.studio.test_studio_api import Person
from tests.studio.test_studio_page import NOVEL


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    require("chromium")
    browser = Browser()
    yield browser
    browser.close()


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Where the studio keeps its books."""
    return tmp_path / "state"


@pytest.fixture
def root(tmp_path: Path, state: Path) -> Iterator[str]:
    """The address of a server with an empty shelf."""
    (tmp_path / "shelf").mkdir()
    with served(tmp_path / "shelf", state=state) as root:
        yield root


@pytest.fixture
def address(root: str) -> str:
    """The address of its studio."""
    return f"{root}studio/"


@pytest.fixture
def me(root: str) -> Person:
    """Somebody who asks it without a browser."""
    return Person(root)


@pytest.fixture
def novel(tmp_path: Path) -> Path:
    """A text to drop, in GBK."""
    path = tmp_path / "水账.txt"
    path.write_bytes(NOVEL.encode("gb18030"))
    return path
