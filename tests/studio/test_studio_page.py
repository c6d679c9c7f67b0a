"""The studio's page in a real browser, used as people use it: pointer, keys, phone, screen reader."""

import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.judges.axe import axe
from tests.judges.devtools import Browser
from tests.judges.epubcheck import epubcheck
from tests.judges.hands import Hands, at
from tests.studio.shelves import package, put_book, served

pytestmark = pytest.mark.judge

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
NOVEL = (
    "《水账》\n作者：佚名\n\n第一章 灯下\n\n　　雨停的时候，老何才把船灯点上。\n\n"
    "第二章 对暗\n\n　　天亮以前，他数到第十二下。\n\n　　“走吧，”她说。\n\n"
    "第三章 尾声\n\n　　船到了对岸，灯还亮着。\n\n　　谁也没有回头看。\n"
)
ROWS = ".rows > li"
IDLE = "document.querySelector('.work')?.hidden"
BUSY = "document.querySelector('.work')?.hidden === false"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    shelf = tmp_path / "shelf"
    put_book(shelf, "灯.epub", package("渡口的灯", "佚名"))
    with served(shelf, state=tmp_path / "state") as root:
        yield f"{root}studio/"


def drop(hands: Hands, *files: Path) -> None:
    """Choose files and wait until the book has been read."""
    hands.wait("document.getElementById('files')")
    hands.give("#files", files)
    hands.wait(f"document.querySelector('{ROWS}') && {IDLE}", 120)


def rename(hands: Hands, row: int, heading: str) -> None:
    hands.page.evaluate(f"document.querySelectorAll('{ROWS} input')[{row}].select()")
    hands.page.evaluate(f"document.querySelectorAll('{ROWS} input')[{row}].focus()")
    hands.type(heading)


def headings(hands: Hands) -> object:
    return hands.page.evaluate(
        f"[...document.querySelectorAll('{ROWS} input')].map((one) => one.value)"
    )


def press_button(hands: Hands, words: str, inside: str = "main") -> None:
    hands.page.evaluate(
        f"[...document.querySelectorAll('{inside} button')]"
        f".find((one) => one.textContent === '{words}').click()"
    )


def built(hands: Hands) -> None:
    hands.click("#build")
    hands.wait(f"document.querySelector('.made a') && {IDLE}", 200)


def loaded(hands: Hands, folder: Path, ending: str) -> Path:
    """The file that a person gets who presses the link to it."""
    hands.page.evaluate(
        f"[...document.querySelectorAll('.made a')].find((one) => one.download.endsWith('{ending}')).click()"
    )
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if found := [path for path in folder.iterdir() if path.name.endswith(ending)]:
            return found[0]
        time.sleep(0.05)
    raise AssertionError("nothing was loaded")


def text_of(epub: Path) -> str:
    with zipfile.ZipFile(epub) as archive:
        names = archive.namelist()
        return "".join(archive.read(one).decode() for one in names if one.endswith(".xhtml"))


def require_calm(hands: Hands) -> None:
    """Nothing went wrong on the page, and nobody else was asked for anything."""
    assert hands.page.complaints() == []
    assert hands.hosts() == {"127.0.0.1"}


def test_a_gbk_text_is_dropped_mended_turned_looked_at_and_loaded(
    browser: Browser, address: str, novel: Path, tmp_path: Path
) -> None:
    loads = tmp_path / "loads"
    loads.mkdir()
    with at(browser, address, "zh-CN", loads) as hands:
        drop(hands, novel)
        assert headings(hands) == ["第一章　灯下", "第二章　对暗", "第三章　尾声"]
        rename(hands, 1, "第二章　对岸")
        press_button(hands, "并入", f"{ROWS}:nth-child(3)")
        focused = hands.page.evaluate("document.activeElement.value")
        assert focused == "第二章　对岸"
        press_button(hands, "就用这些章节")
        hands.wait(f"document.querySelectorAll('{ROWS}').length === 2 && {IDLE}")
        hands.wait("document.activeElement.id === 'contents-heading'")

        hands.choose("[id='convert.to']", "zh-Hant")
        hands.choose("[id='typography.vertical']", "true")
        built(hands)
        hands.wait("document.activeElement.id === 'results-heading'")
        hands.wait("document.querySelector('.page').complete")
        seen = hands.page.evaluate("document.querySelector('.page').naturalWidth")
        assert isinstance(seen, int)
        assert seen >= 900
        press_button(hands, "下一页")
        hands.wait("document.querySelector('.page').alt === '第 2 页'")
        hands.wait(
            "document.querySelector('.reading iframe').contentDocument?.querySelector('h1, h2')"
        )

        epub = loaded(hands, loads, ".epub")
        press_button(hands, "放上书架")
        hands.wait("document.querySelector('.away a')")
        hands.click(".away a")
        hands.wait("document.querySelector('h1 + nav a')?.pathname === '/studio/'")
        hands.wait(
            "[...document.querySelectorAll('main h2')].some((one) => one.textContent === '水賬')"
        )
        require_calm(hands)
    assert epubcheck([epub]) == {epub: []}
    text = text_of(epub)
    assert "對岸" in text
    assert "船到了對岸" in text
    assert "<p>第三章 尾聲</p>" in text  # what was joined is text of the chapter before


def test_the_seeds_become_a_book(browser: Browser, address: str, tmp_path: Path) -> None:
    seeds = sorted(SEEDS.glob("*.txt"))
    if not seeds:
        pytest.skip("no seeds here")
    loads = tmp_path / "loads"
    loads.mkdir()
    with at(browser, address, "en", loads) as hands:
        drop(hands, *seeds)
        rename(hands, 0, "第一〇〇章　换过的标题")
        hands.choose("[id='convert.to']", "zh-Hant")
        hands.click("[value=pdf]")
        built(hands)
        epub = loaded(hands, loads, ".epub")
        require_calm(hands)
    assert epubcheck([epub]) == {epub: []}
    assert "換過的標題" in text_of(epub)


def test_everything_can_be_done_by_keys_alone(browser: Browser, address: str, novel: Path) -> None:
    with at(browser, address, "en") as hands:
        hands.wait("document.getElementById('files')")
        hands.press("Tab")
        assert hands.page.evaluate("document.activeElement.className") == "skip"
        hands.tab_to("it.id === 'files'")
        hands.give("#files", [novel])  # the system's own dialog is no part of the page
        hands.wait(f"document.querySelector('{ROWS}') && {IDLE}")
        hands.tab_to("it.matches('.rows input')")
        hands.type("开头")
        hands.tab_to(
            "it.textContent === 'Join' && it.closest('li') === it.closest('ol').children[2]"
        )
        hands.press("Enter")
        hands.wait(f"document.querySelectorAll('{ROWS}').length === 2")
        hands.tab_to("it.textContent === 'Undo'")
        hands.press("Enter")
        hands.wait(f"document.querySelectorAll('{ROWS}').length === 3")
        hands.tab_to("it.value === 'pdf'")
        hands.press("Space")
        hands.tab_to("it.id === 'build'")
        hands.press("Enter")
        hands.wait(f"document.querySelector('.made a') && {IDLE}", 120)
        hands.tab_to("it.download?.endsWith('.epub')")
        assert headings(hands) == ["开头", "第二章　对暗", "第三章　尾声"]
        require_calm(hands)


def test_a_chapter_is_split_at_a_line(browser: Browser, address: str, novel: Path) -> None:
    with at(browser, address, "en") as hands:
        drop(hands, novel)
        press_button(hands, "Split", f"{ROWS}:nth-child(2)")
        hands.wait("document.querySelectorAll('.lines button').length === 2")
        press_button(hands, "“走吧，”她说。", ".lines")
        assert hands.page.evaluate("document.activeElement.value") == "“走吧，”她说。"
        press_button(hands, "Keep these chapters")
        hands.wait(f"{IDLE} && document.querySelectorAll('{ROWS}').length === 4")
        hands.wait(f"{IDLE} && document.querySelector('.facts').textContent.startsWith('4 ')")
        assert headings(hands)[2] == "“走吧，”她说。"  # type: ignore[index]  # a list of JavaScript's
        require_calm(hands)


def test_what_the_conversion_doubts_is_answered_and_made_so(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    loads = tmp_path / "loads"
    loads.mkdir()
    book = tmp_path / "台.txt"
    book.write_text("第一章 灯下\n\n　　云长说，只有一只台子。\n\n" * 3, encoding="utf-8")
    with at(browser, address, "en", loads) as hands:
        drop(hands, book)
        hands.choose("[id='convert.to']", "zh-Hant")
        hands.click("[value=pdf]")
        built(hands)
        hands.wait("document.querySelector('.doubts select')")
        word = "[aria-label='What 一只台 shall be']"
        assert hands.page.evaluate(f'document.querySelector("{word}").value') == "一隻檯"
        assert axe(hands.page) == []
        hands.choose(word, "一隻臺")
        press_button(hands, "Keep the answers and make the book again")
        hands.wait(BUSY)
        hands.wait(IDLE, 120)
        epub = loaded(hands, loads, ".epub")
        require_calm(hands)
    assert "一隻臺子" in text_of(epub)


def test_what_somebody_writes_while_the_server_works_stays(
    browser: Browser, address: str, novel: Path
) -> None:
    with at(browser, address, "en") as hands:
        drop(hands, novel)
        press_button(hands, "Read again")
        rename(hands, 1, "第二章　还没写完")
        hands.wait(BUSY)
        hands.wait(IDLE)
        assert headings(hands) == ["第一章　灯下", "第二章　还没写完", "第三章　尾声"]
        assert hands.page.evaluate("document.activeElement.value") == "第二章　还没写完"


def test_what_goes_wrong_is_told_where_it_was_asked_for(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    empty, program = tmp_path / "空.txt", tmp_path / "a.exe"
    empty.write_bytes(b" \n")
    program.write_bytes(b"MZ")
    with at(browser, address, "en") as hands:
        hands.wait("document.getElementById('files')")
        hands.give("#files", [program])
        hands.wait("document.querySelector('.drop > .error')")
        hands.give("#files", [empty])
        hands.wait("document.querySelector('#contents > .error')")
        assert (
            hands.page.evaluate("document.querySelector('.error').getAttribute('role')") == "alert"
        )


def test_a_book_is_taken_away_only_when_it_is_said_twice(
    browser: Browser, address: str, novel: Path
) -> None:
    with at(browser, address, "en") as hands:
        drop(hands, novel)
        hands.click("h1 a")
        hands.wait("document.querySelector('.books button')")
        hands.click(".books button")
        assert hands.page.evaluate("document.querySelectorAll('.books li').length") == 1
        hands.click(".books button")
        hands.wait(
            "!document.querySelector('.books li') && document.activeElement.id === 'books-heading'"
        )


@pytest.mark.parametrize(
    ("language", "tag", "words"),
    [("zh-CN,zh;q=0.9", "zh-Hans", "选择文件"), ("zh-TW", "zh-Hant", "選"), ("de,en;q=0.5", "en", "Choose files")],
)  # fmt: skip
def test_the_page_speaks_the_browser_s_language(
    language: str, tag: str, words: str, browser: Browser, address: str
) -> None:
    with at(browser, address, language) as hands:
        hands.wait("document.querySelector('.drop')")
        assert hands.page.evaluate("document.documentElement.lang") == tag
        assert words in str(hands.page.evaluate("document.querySelector('.drop').innerText"))


def test_axe_finds_nothing_at_any_width_light_or_dark(
    browser: Browser, address: str, novel: Path
) -> None:
    with at(browser, address, "zh-CN") as hands:
        hands.wait("document.querySelector('.drop')")
        require_open(hands, "home")
        drop(hands, novel)
        require_open(hands, "book")
        press_button(hands, "拆分", f"{ROWS}:nth-child(2)")
        hands.wait("document.querySelector('.lines button')")
        require_open(hands, "split")
        built(hands)
        hands.wait("document.querySelector('.page').complete")
        require_open(hands, "built")
        hands.click("h1 a")
        hands.wait("document.querySelector('.books a')")
        require_open(hands, "home with a book")
        hands.go(address.removesuffix("studio/"))
        hands.wait("document.querySelector('footer')")
        require_open(hands, "shelf")


def require_open(hands: Hands, what: str) -> None:
    """axe has nothing to say, and nothing hangs over the edge."""
    for width in (1280, 390):
        hands.size(width)
        for scheme in ("light", "dark"):
            hands.dark(scheme)
            assert axe(hands.page) == [], (what, width, scheme)
        over = hands.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert over == 0, (what, width)


def test_a_thousand_chapters_are_there_at_once_and_can_be_changed(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    book = tmp_path / "长.txt"
    chapters = (f"第{n}章 灯下\n\n　　雨停的时候，第{n}个人把灯点上。\n\n" for n in range(1, 1001))
    book.write_text("".join(chapters), encoding="utf-8")
    with at(browser, address, "en") as hands:
        drop(hands, book)
        hands.wait(f"document.querySelectorAll('{ROWS}').length === 1000")
        longest = hands.page.evaluate(
            "new Promise((done) => { let last = performance.now(), longest = 0, n = 0;"
            " const step = (now) => { longest = Math.max(longest, now - last); last = now;"
            " if (++n < 30) requestAnimationFrame(step); else done(longest); };"
            f" document.querySelectorAll('{ROWS}')[500].querySelector('.acts button').click();"
            " requestAnimationFrame(step); })"
        )
        assert isinstance(longest, (int, float))
        assert longest < 1000
        assert len(headings(hands)) == 999  # type: ignore[arg-type]  # a list of JavaScript's


def test_numbered_files_are_a_new_book_and_like_names_are_what_they_share(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    def files(*names: str) -> list[Path]:
        for number, name in enumerate(names, 1):
            (tmp_path / name).write_text(f"第{number}章 渡口\n\n　　雨停了{number}回。\n", "utf-8")
        return [tmp_path / name for name in names]

    for names, title in (
        (("001.txt", "002.txt"), "新书"),
        (("第1章.txt", "第2章.txt"), "新书"),
        (("水账 第1章.txt", "水账 第2章.txt"), "水账"),
        (("渡口.txt", "磨坊.txt"), "渡口"),
    ):
        with at(browser, address, "zh-CN") as hands:
            drop(hands, *files(*names))
            assert hands.page.evaluate("document.getElementById('book').textContent") == title


def test_a_series_that_is_given_is_the_books(
    browser: Browser, address: str, novel: Path, tmp_path: Path
) -> None:
    with at(browser, address, "zh-CN", tmp_path) as hands:
        drop(hands, novel)
        hands.choose("[id='book.series']", "水上")
        hands.choose("[id='book.position']", "2")
        hands.click("[value=pdf]")
        built(hands)
        said = hands.page.evaluate(
            "document.getElementById('results-heading').parentElement.innerText"
        )
        assert "null" not in str(said)
        epub = loaded(hands, tmp_path, ".epub")
        require_calm(hands)
    with zipfile.ZipFile(epub) as archive:
        package_file = next(name for name in archive.namelist() if name.endswith(".opf"))
        told = archive.read(package_file).decode()
    assert "水上" in told
    assert "group-position" in told
