"""What the tests of the press share: fonts drawn once, and both engines."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import get_args

import pytest

from builder.core.config import Engine
from builder.press.face import Faces
from builder.press.lines import LineBreaker
from builder.press.marks import Laws
from tests.press import documents
from tests.press.documents import PrintBook
from tests.press.square import square_faces, square_font


@pytest.fixture(scope="session")
def square(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A square font with the marks of the mainland."""
    return square_font(tmp_path_factory.mktemp("fonts") / "square.ttf")


@pytest.fixture(scope="session")
def centred(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A square font with the marks of Taiwan and Hong Kong."""
    return square_font(tmp_path_factory.mktemp("fonts") / "centred.ttf", centred=True)


@pytest.fixture
def faces(square: Path) -> Faces:
    """The faces of the square font."""
    return square_faces(square)


@pytest.fixture
def breaker(faces: Faces) -> Callable[..., LineBreaker]:
    """A breaker in the square font under laws given by name."""

    def make(**laws: object) -> LineBreaker:
        return LineBreaker(faces, Laws(**laws))  # type: ignore[arg-type]  # checked by Laws

    return make


@pytest.fixture(scope="session", params=get_args(Engine))
def print_book(request: pytest.FixtureRequest) -> PrintBook:
    """Prints a book with one engine after the other: both obey the same laws."""
    return partial(documents.print_book, engine=request.param)
