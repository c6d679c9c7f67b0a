"""Books that tests build, and the rules every test runs under."""

import gc
import os
from collections import Counter
from collections.abc import Generator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from builder.core.catalogue import use_language
from builder.core.collector import paused_collector

# How fast a machine draws examples says nothing about the code. In CI the examples are always
# the same, so that a run fails for what the change did; at a desk they are new each time.
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

pytest_plugins = ["tests.judges.plugin"]

_ENDED = count(1)

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

# Young things, and how many times fewer the older ones are looked at.
FEW_COLLECTIONS = (20_000, 20, 10)
TESTS_BETWEEN_COLLECTIONS = 100
# Files of few tests that take a minute and more.
LONG = (
    "tests/editions/test_validators.py",
    "tests/editions/test_thousand.py",
    "tests/reliability/test_reliability.py",
    "tests/shelf/test_killed.py",
    "tests/judges/test_validators.py",
    "tests/test_books.py",
)

CHAPTERS = {
    "001_0a1b2c3d4e5f6071.txt": (
        "    第一章 灯下<br/><br/>    雨停的时候，老何才把船灯点上。<br/><br/>"
        "    “你听，”他说，“水底下有人敲钟。”<br/><br/>    没有人接话，只有3.14米外的缆绳响了一声……"
    ),
    "002_1a1b2c3d4e5f6072.txt": (
        "    第二章 对岸<br/><br/>    天亮以前，他数到第十二下。<br/><br/>"
        "    她把 T-400 的钥匙放在桌上，转身就走。<br/><br/>"
    ),
    "010_2a1b2c3d4e5f6073.txt": "    没有题目的一章。<br/><br/>    也照样成章。",
}


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What all tests need stays to the end: half a million things, which the garbage collector
    would walk (0.2 s) whenever a book or two has come and gone. It is not asked about them again,
    and about new ones after some books.
    """
    with paused_collector():
        result = yield
    gc.freeze()
    gc.set_threshold(*FEW_COLLECTIONS)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """What a test may leave to the collector is collected there, not in a test that may not; and
    what many tests left now and then, or a worker would need gigabytes.
    """
    yield
    marks = item.iter_markers("filterwarnings")
    is_allowed = any("ResourceWarning" in words for mark in marks for words in mark.args)
    if is_allowed or next(_ENDED) % TESTS_BETWEEN_COLLECTIONS == 0:
        gc.collect()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with many tests first, before them those whose few tests wait long for browsers and
    Java: a worker that began one of them last would have the others wait for it.
    """
    sizes = Counter(item.path for item in items)
    long = {ROOT / name: at for at, name in enumerate(LONG)}
    items.sort(key=lambda item: (long.get(item.path, len(long)), -sizes[item.path], item.path))


@pytest.fixture
def chapter_folder(tmp_path: Path) -> Path:
    """A folder of scraped chapters without any settings."""
    folder = tmp_path / "渡口"
    folder.mkdir()
    for name, text in CHAPTERS.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def sample() -> Path:
    """The sample book of this repository."""
    return next(path for path in sorted((ROOT / "source").iterdir()) if path.is_dir())


@pytest.fixture
def seeds() -> Path:
    """Real scraped chapters, when they are at hand."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip("no seeds beside this checkout")
    return folder


@pytest.fixture(autouse=True)
def _no_settings_of_the_developer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("BUILDER_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("BUILDER_LANG", "en")  # whatever the machine speaks,
    use_language("en")  # and whatever the test before has spoken
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "no-state"))
