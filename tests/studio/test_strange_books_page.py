"""Books whose every word is a script, on the shelf and in the studio, in a real browser."""

import re
from html import escape
from pathlib import Path

import pytest

from tests.judges.devtools import Browser
from tests.judges.hands import Hands, at
from tests.studio.shelves import package, put_book, served
from tests.studio.test_catalogue import ask
from tests.studio.test_studio_page import IDLE, ROWS, built, drop

pytestmark = pytest.mark.judge
RAN = "window.ran = 1; fetch('http://evil.example/')"
EVIL = (
    f'</script></title><script>{RAN}</script>"><img src=x onerror="{RAN}"><svg onload="{RAN}">'
    f'\'><a href="javascript:{RAN}">灯</a>{{{{ran}}}}'
)
SHORT = '"><img src=x onerror=ran=1>'
HEADERS = "\r\nX-Evil: yes\r\n\r\n<script>"


def require_nothing_ran(hands: Hands) -> None:
    assert hands.page.evaluate("typeof ran") == "undefined"
    assert hands.page.evaluate("[...document.scripts].every((one) => one.src || one.type === 'application/json')")  # fmt: skip
    assert not hands.page.evaluate("document.querySelector('[onerror], [onload], [href^=javascript]')")  # fmt: skip
    assert hands.hosts() == {"127.0.0.1"}
    assert hands.page.complaints() == []


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Sixty books, so that there are pages to turn, every field of which is a script."""
    folder = tmp_path / "shelf"
    said = escape(EVIL)
    for number in range(60):
        opf = package(said, said, said, number + 1, said).replace("小说", said).replace("渡口的故事", said)  # fmt: skip
        put_book(folder, f"{number}.epub", opf.replace("zh-Hans", escape(SHORT)))
    put_book(folder, f"{SHORT}.epub", package("", ""))
    (folder / "a\r\nX-Evil: yes\r\n.txt").write_text("x")
    (folder / "b\N{RIGHT-TO-LEFT OVERRIDE}fdp.txt").write_text("x")
    return folder


def test_no_word_of_a_book_runs_on_the_page_of_the_shelf(browser: Browser, shelf: Path) -> None:
    with served(shelf) as root, at(browser, root) as hands:
        assert "<script>" in str(hands.page.evaluate("document.body.innerText"))
        require_nothing_ran(hands)
        for path in ("?page=2", f"?q={'%22%3E%3Cimg src=x onerror=ran=1%3E'}", "?q=%3Cscript%3E"):
            hands.go(root + path)
            hands.wait("document.readyState === 'complete'")
            require_nothing_ran(hands)


def test_no_word_of_a_book_becomes_a_header_of_what_is_loaded(shelf: Path) -> None:
    with served(shelf) as root:
        links = set()
        for page in (1, 2):
            feed = ask(f"{root}opds/all?page={page}").content.decode()
            links |= set(re.findall(f'{root}opds/book/[^"]+', feed))
        assert len(links) >= 60
        for link in links:
            answer = ask(link)
            assert answer.status == 200
            assert "x-evil" not in answer.headers
            told = answer.headers["content-disposition"]
            assert re.fullmatch(r"attachment; filename=\"[\w%.~-]+\"; filename\*=UTF-8''[\w%.~-]+", told), told  # fmt: skip
        assert b"x-evil" not in ask(f"{root}opds/book/x/%0d%0aX-Evil:%20yes.epub").content.lower()


def test_no_word_of_a_text_runs_in_the_studio(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    text = tmp_path / f"《{SHORT}》作者：{SHORT}.txt"
    chapters = "\n\n".join(
        f"第{number}章 {SHORT}\n\n　　{EVIL}\n\n　　雨停的时候，老何才把船灯点上。"
        for number in "一二三"
    )
    text.write_text(f"《{SHORT}》\n作者：{SHORT}\n\n{chapters}\n", "utf-8")
    with at(browser, address, "zh-CN") as hands:
        drop(hands, text)
        assert hands.page.evaluate(f"document.querySelectorAll('{ROWS}').length") == 3
        require_nothing_ran(hands)
        built(hands)
        require_nothing_ran(hands)
        for key in ("book.title", "book.description", "book.publisher"):
            hands.page.evaluate(
                "fetch(`/studio/api/books/${location.hash.slice(1)}/settings`, {method: 'PUT',"
                f" headers: {{'X-Builder': '1'}}, body: JSON.stringify({{'{key}': {SHORT!r}}})}})"
            )
        hands.go("about:blank")
        hands.go(address)
        hands.wait("document.querySelector('main a, main li')")
        assert SHORT in str(hands.page.evaluate("document.body.innerText"))
        require_nothing_ran(hands)


def test_no_error_says_words_that_run(browser: Browser, address: str, tmp_path: Path) -> None:
    """A damaged archive and a text in no encoding are told with their names."""
    hurt = tmp_path / f"{SHORT}.zip"
    hurt.write_bytes(b"PK\3\4" + b"\0" * 40)
    with at(browser, address, "en") as hands:
        hands.wait("document.getElementById('files')")
        hands.give("#files", [hurt])
        hands.wait(f"document.querySelector('[role=alert], .complaint, .problem') && {IDLE}", 60)
        require_nothing_ran(hands)


def test_a_book_s_own_pages_run_nothing_when_they_are_opened_by_themselves(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    page = tmp_path / "水账.html"
    page.write_text(
        f'<html><body onload="{RAN}"><h1>第一章 灯下</h1><p>雨停了。<script>{RAN}</script>'
        f'<svg onload="{RAN}"><script>{RAN}</script></svg></p></body></html>',
        "utf-8",
    )
    with at(browser, address, "en") as hands:
        drop(hands, page)
        built(hands)
        require_nothing_ran(hands)
        links = hands.page.evaluate(
            "fetch(`/studio/api/books/${location.hash.slice(1)}/read`).then((it) => it.json())"
            ".then((it) => it.chapters.map((one) => `/studio/api/books/${location.hash.slice(1)}/read/${one.name}`))"
        )
        assert isinstance(links, list)
        for link in links:
            hands.go(address.removesuffix("/studio/") + str(link))
            hands.wait("document.readyState === 'complete' && document.body.innerText.includes('雨停了')")  # fmt: skip
            assert hands.page.evaluate("document.scripts.length") == 0
            assert hands.hosts() == {"127.0.0.1"}
