"""What cleaning took away is seen in the browser and put back; the command line makes the same book."""

import json
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.judges.axe import axe
from tests.judges.devtools import Browser
from tests.judges.hands import Hands, at
from tests.studio.test_studio_page import (
    IDLE,
    ROWS,
    built,
    drop,
    headings,
    loaded,
    press_button,
    rename,
    require_calm,
    require_open,
    text_of,
)

pytestmark = pytest.mark.judge

AD = "请记住本书首发域名：www.qingluan9.cc"
NOVEL = "《水账》\n作者：佚名\n\n" + "".join(
    f"第{n}章 灯下（求月票）\n\n　　雨停的时候，第{n}个人把灯点上。\n\n　　{AD}\n\n　　天亮了。qingluan9．cc他放下灯。\n\n"
    for n in "一二三"
)
ROW = "[...document.querySelectorAll('#removed .removals li')].find((one) => one.innerText.includes('{}'))"


@pytest.fixture
def novel(tmp_path: Path) -> Path:
    path = tmp_path / "水账.txt"
    path.write_bytes(NOVEL.encode("gb18030"))
    return path


def opened(hands: Hands) -> None:
    """Open every list of removals, as a pointer does."""
    hands.page.evaluate(
        "document.querySelectorAll('#removed details:not([open]) > summary').forEach((one) => one.click())"
    )
    hands.wait("document.querySelectorAll('#removed details:not(:has(li))').length === 0")


def turn(hands: Hands, words: str) -> None:
    """Press the button beside a removal, and wait until its words have changed."""
    button = f"{ROW.format(words)}.querySelector('button')"
    before = hands.page.evaluate(f"{button}.textContent")
    hands.page.evaluate(f"{button}.click()")
    hands.wait(f"{button}.textContent !== {json.dumps(before)}")


def kept(tmp_path: Path) -> list[str]:
    """What book.toml keeps."""
    [book] = (tmp_path / "state").rglob("book.toml")
    found = tomllib.loads(book.read_text("utf-8")).get("normalize", {}).get("keep", [])
    return [str(entry) for entry in found]


def test_a_removed_line_is_put_back_and_the_command_line_agrees(
    browser: Browser,
    address: str,
    novel: Path,
    tmp_path: Path,
) -> None:
    loads = tmp_path / "loads"
    loads.mkdir()
    with at(browser, address, "en", loads) as hands:
        drop(hands, novel)
        opened(hands)
        turn(hands, AD)
        turn(hands, "qingluan9．cc他")
        assert AD in str(
            hands.page.evaluate("document.getElementById('status').textContent")
        ) or kept(tmp_path)
        turn(hands, AD)
        assert kept(tmp_path) == [f"qingluan9．cc @ 水账.txt:{line}" for line in (10, 18, 26)]
        turn(hands, AD)
        turn(hands, "（求月票）")
        assert len(kept(tmp_path)) == 7
        press_button(hands, "Read the book again with this")
        hands.wait("document.querySelector('.work')?.hidden === false")
        hands.wait(IDLE)
        hands.wait(
            "document.querySelector('#removed').innerText.includes('Stays because you said so: 7')"
        )
        assert headings(hands) == [f"第{n}章　灯下（求月票）" for n in "一二三"]
        hands.click("[value=pdf]")
        built(hands)
        epub = loaded(hands, loads, ".epub")
        require_calm(hands)
    text = text_of(epub)
    assert text.count(AD) == 3
    assert text.count("qingluan9．cc他放下灯") == 3
    [book] = (path.parent for path in (tmp_path / "state").rglob("book.toml"))
    subprocess.run(
        [
            sys.executable,
            "-m",
            "builder",
            "build",
            book,
            "--out",
            tmp_path / "dist",
            "--format",
            "epub",
        ],
        check=True,
        capture_output=True,
    )
    [other] = (tmp_path / "dist").rglob("*.epub")
    assert other.read_bytes() == epub.read_bytes()


def test_what_stays_can_be_taken_away_again(
    browser: Browser,
    address: str,
    novel: Path,
    tmp_path: Path,
) -> None:
    with at(browser, address, "zh-CN") as hands:
        drop(hands, novel)
        opened(hands)
        turn(hands, AD)
        press_button(hands, "这样再读一遍")
        hands.wait("document.querySelector('#removed').innerText.includes('照您说的留下')")
        turn(hands, AD)
        assert kept(tmp_path) == []
        press_button(hands, "这样再读一遍")
        hands.wait("document.querySelector('.work')?.hidden === false")
        hands.wait(f"{IDLE} && !document.querySelector('#removed').innerText.includes('照您说的')")
        require_calm(hands)


def test_it_is_done_by_keys_alone_and_said_to_who_does_not_see(
    browser: Browser,
    address: str,
    novel: Path,
    tmp_path: Path,
) -> None:
    with at(browser, address, "en") as hands:
        drop(hands, novel)
        hands.page.evaluate("document.getElementById('removed-heading').focus()")
        hands.tab_to("it.matches('#removed summary') && it.textContent.startsWith('lines of ads')")
        hands.press("Enter")
        hands.wait("document.querySelector('#removed li button')")
        hands.tab_to(f"it.getAttribute('aria-label') === 'Put back: {AD}'")
        hands.press("Enter")
        hands.wait(f"document.getElementById('status').textContent === 'Stays in the book: {AD}'")
        label = hands.page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert label == f"Undo: {AD}"
        hands.press("Space")
        hands.wait(f"document.getElementById('status').textContent === 'Taken away again: {AD}'")
        assert kept(tmp_path) == []
        require_calm(hands)


def test_axe_finds_nothing_in_what_was_removed(
    browser: Browser,
    address: str,
    novel: Path,
) -> None:
    with at(browser, address, "zh-CN") as hands:
        drop(hands, novel)
        opened(hands)
        turn(hands, AD)
        require_open(hands, "removed")
        assert "/" not in str(hands.page.evaluate("document.querySelector('#remarks').innerText"))
        assert axe(hands.page) == []


def test_a_chapter_of_an_epub_is_split_joined_and_made_a_volume(
    browser: Browser,
    address: str,
    tmp_path: Path,
) -> None:
    loads = tmp_path / "loads"
    loads.mkdir()
    with at(browser, address, "en", loads) as hands:
        drop(hands, _epub(tmp_path / "水账.epub"))
        assert headings(hands) == ["第一章　灯下", "第二章　对岸", "第三章　尾声"]
        press_button(hands, "Split", f"{ROWS}:nth-child(2)")
        hands.wait("document.querySelectorAll('.lines button').length === 2")
        press_button(hands, "船到了对岸。", ".lines")
        rename(hands, 2, "第三章　靠岸")
        press_button(hands, "Join", f"{ROWS}:nth-child(4)")
        hands.choose(f"{ROWS}:first-child select", "volume")
        rename(hands, 0, "第一卷　雾港")
        press_button(hands, "Keep these chapters")
        hands.wait("document.querySelector('.work')?.hidden === false")
        hands.wait(f"{IDLE} && document.querySelectorAll('{ROWS}.deep-1').length === 2")
        assert headings(hands) == ["第一卷　雾港", "第二章　对岸", "第三章　靠岸"]
        hands.click("[value=pdf]")
        built(hands)
        epub = loaded(hands, loads, ".epub")
        require_calm(hands)
    text = text_of(epub)
    assert '<h3 class="subheading">第三章 尾声</h3>' in text
    assert "第三章" in text
    assert "靠岸" in text


def _epub(path: Path) -> Path:
    """An EPUB of three pages, each on one line."""
    chapters = {
        "第一章 灯下": ("雨停了。", "没有人接话。"),
        "第二章 对岸": ("天亮了。", "船到了对岸。"),
        "第三章 尾声": ("谁也没有回头看。",),
    }
    names = [f"p{number}.xhtml" for number in range(1, 4)]
    items = "".join(
        f'<item id="{n[:2]}" href="{n}" media-type="application/xhtml+xml"/>' for n in names
    )
    refs = "".join(f'<itemref idref="{n[:2]}"/>' for n in names)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
            '<rootfile full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        )
        archive.writestr(
            "a.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>水账</dc:title>'
            '<dc:language>zh</dc:language><dc:identifier id="i">a</dc:identifier></metadata>'
            f"<manifest>{items}</manifest><spine>{refs}</spine></package>",
        )
        for name, (title, lines) in zip(names, chapters.items(), strict=True):
            inside = f"<h1>{title}</h1>{''.join(f'<p>{line}</p>' for line in lines)}"
            archive.writestr(
                name,
                f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{inside}</body></html>',
            )
    return path


def test_chapters_that_cannot_be_any_more_are_found_anew(
    browser: Browser, address: str, novel: Path, tmp_path: Path
) -> None:
    with at(browser, address, "en") as hands:
        drop(hands, novel)
        opened(hands)
        turn(hands, AD)
        press_button(hands, "Read the book again with this")
        hands.wait("document.querySelector('#removed').innerText.includes('Stays because')")
        press_button(hands, "Split", f"{ROWS}:nth-child(1)")
        hands.wait("document.querySelectorAll('.lines button').length === 3")
        press_button(hands, AD, ".lines")
        press_button(hands, "Keep these chapters")
        hands.wait(f"{IDLE} && document.querySelector('.facts').textContent.startsWith('4 ')")
        turn(hands, AD)  # cleaning takes the line again at which a chapter begins
        press_button(hands, "Read the book again with this")
        hands.wait("document.querySelector('#contents > .error')?.innerText.includes('水账.txt:8')")
        press_button(hands, "Find the chapters anew")
        press_button(hands, "Really give up your changes?")
        hands.wait(f"{IDLE} && document.querySelectorAll('{ROWS}').length === 3")
        hands.wait("document.activeElement.id === 'contents-heading'")
        assert not list((tmp_path / "state").rglob("contents.plan"))
        require_calm(hands)


def test_what_systems_leave_in_folders_is_left_there(
    browser: Browser, address: str, novel: Path, tmp_path: Path
) -> None:
    junk = [tmp_path / name for name in ("看小说.url", "Thumbs.db", ".DS_Store", "desktop.ini")]
    for path in junk:
        path.write_bytes(b"\0")
    with at(browser, address, "en") as hands:
        drop(hands, *junk, novel)
        assert hands.page.evaluate("document.querySelectorAll('.error').length") == 0
        assert hands.page.evaluate("document.querySelectorAll('.sources li').length") == 1


def test_files_come_and_go(browser: Browser, address: str, tmp_path: Path) -> None:
    parts = []
    for number, title in enumerate(("灯下", "对岸", "尾声"), 1):
        parts.append(tmp_path / f"{number}.txt")
        parts[-1].write_text(f"第{number}章 {title}\n\n　　雨停了，灯还亮着。\n", encoding="utf-8")
    with at(browser, address, "en") as hands:
        drop(hands, *parts[:2])
        program = tmp_path / "a.exe"
        program.write_bytes(b"MZ")
        hands.give("#more-files", [program, parts[2]])
        hands.wait(f"{IDLE} && document.querySelectorAll('{ROWS}').length === 3")
        hands.wait("document.activeElement.id === 'sources-heading'")
        told = hands.page.evaluate("document.querySelector('.error').innerText")
        assert "a.exe" in str(told)
        assert headings(hands) == ["第1章　灯下", "第2章　对岸", "第3章　尾声"]
        press_button(hands, "Remove", ".sources li:nth-child(2)")
        press_button(hands, "Really remove?", ".sources li:nth-child(2)")
        hands.wait(f"{IDLE} && document.querySelectorAll('{ROWS}').length === 2")
        assert headings(hands) == ["第1章　灯下", "第3章　尾声"]
        assert axe(hands.page) == []
        assert hands.hosts() == {"127.0.0.1"}
