"""A shelf of 5,000 books answers a page within 50 ms, whichever page it is."""

import time
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.studio.shelves import package, put_book, served
from tests.studio.test_catalogue import Answer, ask

BOOKS = 5_000
MOST_S = 0.050
PAGES = (
    "opds/", "opds/all", "opds/all?page=100", "opds/recent", "opds/recent?page=50", "opds/authors",
    "opds/series", "opds/v2/all?page=51", "opds/search?q=" + quote("渡口 4321"), "", "?page=50",
    "?q=" + quote("灯 12"),
)  # fmt: skip


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("large")
    for number in range(BOOKS):
        series = (f"丛书{number % 40}", number // 40) if number % 3 else ("", 0)
        title = f"{'渡口' if number % 2 else '灯下'}{number:04}"
        put_book(
            root / f"{number % 50}",
            f"{number}.epub",
            package(title, f"作者{number % 700}", *series),
        )
    return root


def fastest(address: str) -> tuple[float, Answer]:
    """The shortest of some askings: other programs on the machine take time, too."""
    times = []
    for _ in range(12):
        begun = time.perf_counter()
        answer = ask(address)
        times.append(time.perf_counter() - begun)
        if min(times) <= MOST_S / 2:
            break
    return min(times), answer


def test_every_page_is_there_within_fifty_milliseconds(shelf: Path) -> None:
    with served(shelf) as address:
        assert ask(f"{address}opds/all").status == 200  # the first survey is waited for
        for page in PAGES:
            took, answer = fastest(address + page)
            assert answer.status == 200, page
            assert took <= MOST_S, (page, took)
        last = ask(f"{address}opds/all?page={BOOKS // 50}").content.decode()
        assert last.count("<entry>") == 50
        assert ask(f"{address}opds/all?page={BOOKS // 50 + 1}").status == 404
        found = ask(f"{address}opds/search?q=" + quote("渡口4321")).content.decode()
        assert found.count("<entry>") == 1
        head = ask(f"{address}opds/all?page=7", "HEAD", Accept_Encoding="identity")
        got = ask(f"{address}opds/all?page=7", Accept_Encoding="identity")
        assert head.headers["content-length"] == str(len(got.content))
        assert "content-encoding" not in got.headers
