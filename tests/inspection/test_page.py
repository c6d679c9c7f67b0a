"""The page: one file that needs nothing, says everything found, and escapes what it shows."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from builder.core.diagnostic import Location, note, warning
from builder.inspection import Examination, findings_of, is_page, page, plain
from builder.inspection.findings import SHOWN
from builder.inspection.markup import Markup, escaped, tag, visible
from builder.inspection.page_findings import MOST_ROWS, differences
from tests.inspection.making import Chapter, examination_of

LINE = "雨停的时候，老何才把船灯点上，渡口的缆绳又响了一声，没有人接他的话。"
VOID = {"meta", "br"}


class Outline(HTMLParser):
    """Checks that elements nest, and gathers ids, links and text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        if name not in VOID:
            self.open.append(name)
        given = {key: value or "" for key, value in attributes}
        if "id" in given:
            self.ids.append(given["id"])
        if given.get("href", "").startswith("#"):
            self.links.append(given["href"][1:])
        else:
            self.addresses.extend(given[key] for key in ("href", "src", "action") if key in given)

    def handle_endtag(self, name: str) -> None:
        assert self.open.pop() == name

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def outline(html: str) -> Outline:
    parser = Outline()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser


def troubled() -> Examination:
    chapters: list[Chapter] = [(f"第{n}夜", [f"他数到第{n}下。"] * 20) for n in range(8)]
    chapters.append(("长夜", [LINE] * 80))
    chapters.append(("短夜", []))
    chapters.append(("<b>坏</b>夜", [
        "老何说：“水底下有人敲钟。", "没有人接他的sh3n秘话，只有那个**的人。",
        *(f"陈望舒说，第{n}更了。" for n in range(6)), "天快亮的时候，陈忘舒走了。",
        "<script>alert(1)</script>&amp;",
    ]))  # fmt: skip
    return examination_of(
        *chapters,
        kinds={"N050": "judgement", "N040": "lossy"},
        removed=[("N050", "求月票<i>"), ("N040", "\u200b"), ("X001", "\ud800")],
        diagnostics=[
            warning("S102", Location("a.txt", 9), heading="第四章", count=2, after=1),
            note("S106", Location("a.txt", 1), lines=12),
        ],
    )


def test_every_finding_is_on_the_page() -> None:
    words = "".join(outline(page(troubled())).words)
    for expected in (
        "渡口", "gb18030", "87%", "长夜", "very long", "very short", "第四章", "求月票<i>",
        "‹U+200B›", "陈忘舒", "陈望舒", "sh3n", "**", "never closed", "12 lines", "S102", "N050",
        "a.txt:9",
    ):  # fmt: skip
        assert expected in words, expected


def test_what_the_book_says_is_never_markup() -> None:
    html = page(troubled())
    assert "<script" not in html
    assert "<i>求" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;" in html
    html.encode("utf-8")


def test_the_page_asks_nobody_for_anything() -> None:
    html = page(troubled())
    assert outline(html).addresses == []
    assert "url(" not in html
    assert "@import" not in html
    assert "default-src 'none'" in html.replace("&#x27;", "'")


def test_every_link_has_its_target_and_every_id_is_alone() -> None:
    found = outline(page(troubled()))
    assert len(set(found.ids)) == len(found.ids)
    assert set(found.links) <= set(found.ids)
    assert {"s0", "s10", "contents", "names"} <= set(found.ids)


def test_a_clean_book_says_so() -> None:
    words = "".join(outline(page(examination_of(("灯下", ["雨停了。"])))).words)
    for expected in ("Every mark has its partner.", "No paragraph stands twice."):
        assert expected in words
    assert "Chapter lengths" not in words


def test_a_chart_has_one_bar_a_chapter_and_a_band_a_volume() -> None:
    html = page(troubled())
    drawing = re.search("<svg.*?</svg>", html, re.DOTALL)
    assert drawing
    assert drawing[0].count("<title>") == 11
    assert drawing[0].count('class="long"') == 1
    assert drawing[0].count('class="short"') == 1
    assert drawing[0].count("<line") == 1


def test_a_very_long_list_ends_and_says_so() -> None:
    lines = [f"第{n}更，老何说：“水底下有人敲钟。" for n in range(MOST_ROWS + 30)]
    paired = [
        line for pair in zip(lines, ["没有人接话。"] * len(lines), strict=True) for line in pair
    ]
    examination = examination_of(("灯下", paired))
    assert "30 more are not on this page" in page(examination)
    found = [one for one in findings_of(examination) if one.code == "I002"]
    assert len(found) == SHOWN
    rest = next(one for one in findings_of(examination) if one.code == "I009")
    assert dict(rest.values) == {
        "what": "quotation marks without a partner",
        "count": len(lines) - SHOWN,
    }
    quotes = plain(examination)["quotes"]
    assert isinstance(quotes, list)
    assert len(quotes) == len(lines)


def test_findings_of_each_kind_have_their_code() -> None:
    codes = [one.code for one in findings_of(troubled())]
    assert {"I001", "I002", "I003", "I004", "I005", "I006"} <= set(codes)
    assert codes == sorted(codes)


def test_what_cleaning_told_is_not_told_again() -> None:
    chapter = ("灯下", ["只有那个**的人。", "老何说：“水底下有人敲钟。", "没有人接他的sh3n秘话。"])
    assert [one.code for one in findings_of(examination_of(chapter))] == ["I002", "I004", "I004"]
    told = [
        warning("N105", Location("a.txt", 2, 5), count=1, text="**"),
        warning("N108", Location("a.txt", 3, 1)),
    ]
    [left] = findings_of(examination_of(chapter, diagnostics=told))
    assert dict(left.values)["text"] == "没有人接他的sh3n秘话。"


def test_differences_are_marked_on_both_sides() -> None:
    left, right = differences("老何点上了灯<", "老何点灯&")
    assert left == "老何点<mark>上了</mark>灯<mark>&lt;</mark>"
    assert right == "老何点灯<mark>&amp;</mark>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("灯\n下", "灯⏎下"), ("\t", "⇥"), ("\u3000灯", "\u3000灯"), ("\ufeff", "‹U+FEFF›"), ("\ud800", "‹U+D800›"), ("", "")],
)  # fmt: skip
def test_invisible_characters_are_named(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_markup_is_escaped_once() -> None:
    inner = tag("b", "<", title='"')
    assert inner == '<b title="&quot;">&lt;</b>'
    assert escaped(inner, "<") == '<b title="&quot;">&lt;</b>&lt;'
    assert tag("br", class_=None) == Markup("<br>")


@pytest.mark.judge
@pytest.mark.parametrize("width", [360, 1200])
def test_a_browser_shows_the_page_without_complaint(tmp_path: Path, width: int) -> None:
    from tests.judges.devtools import Browser

    path = tmp_path / "inspection.html"
    path.write_text(page(troubled()), encoding="utf-8")
    browser = Browser()
    try:
        with browser.page(path.as_uri()) as shown:
            shown.evaluate(f"document.documentElement.style.width = '{width}px'")
            assert shown.complaints() == []
            assert shown.evaluate("document.querySelectorAll('svg rect').length") == 11
            wide = shown.evaluate(
                "Math.max(...[...document.querySelectorAll('main *')].map(e => e.closest('.plot') ? 0 : e.getBoundingClientRect().right))"
            )
            assert isinstance(wide, int | float)
            assert wide <= width + 1
    finally:
        browser.close()


def test_volumes_are_bands_with_names_and_totals() -> None:
    examination = examination_of(*((f"第{n}夜", [LINE]) for n in range(4)))
    first = replace(examination.sections[0], has_children=True, heading="第一卷 雾港", characters=6)
    second = replace(first, heading="第二卷 退潮", characters=40)
    chapters = [replace(one, depth=1, volume=0) for one in examination.sections]
    sections = (first, *chapters[:2], second, *(replace(one, volume=3) for one in chapters[2:]))
    sections = tuple(replace(one, volume=0 if at < 3 else 3) for at, one in enumerate(sections))
    html = page(replace(examination, sections=sections))
    words = "".join(outline(html).words)
    # The second volume has words of its own beside its heading, so it has a bar, too.
    assert html.count("<title>") == 1 + 5
    assert html.count('class="band"') == 1
    assert words.count("第二卷 退潮") == 3
    each = examination.sections[0].characters
    assert f"{6 + 2 * each:,}" in words
    assert f"{40 + 2 * each:,}" in words


def test_many_files_are_summed_up() -> None:
    examination = examination_of(("灯下", ["雨停了。"]))
    file = examination.files[0]
    many = tuple(replace(file, path=f"{n:03}.txt", encoding="big5") for n in range(20))
    words = "".join(outline(page(replace(examination, files=many))).words)
    assert "and 17 more files: big5, at least 87% sure" in words
    assert "003.txt" not in words


def test_subtitle_creators_and_rules_without_a_name_are_shown() -> None:
    examination = examination_of(("灯下", ["雨停了。"]), removed=[("U001", "求月票")])
    shown = replace(examination, subtitle="一九三六年", creators=("佚名", "某人"))
    words = "".join(outline(page(shown)).words)
    for expected in ("一九三六年", "佚名、某人", "U001"):
        assert expected in words


def test_everything_about_numbers_stands_together() -> None:
    found = [
        warning(code, Location("a.txt", 9), heading="第四章", count=2, after=1)
        for code in ("S102", "S103", "S108")
    ]
    html = page(examination_of(("一", ["雪停了。"]), diagnostics=found))
    numbering = html.partition('id="numbering"')[2].partition("</section>")[0]
    assert all(code in numbering for code in ("S102", "S103", "S108"))


def test_the_labels_of_the_chart_do_not_touch() -> None:
    even = [(str(number), ["雪" * (100 + number)]) for number in range(9)]
    heights = re.findall(r"bottom:([0-9.]+)%", page(examination_of(*even)))
    assert [float(height) for height in heights] == [100.0, 90.0]
    uneven = [(str(number), ["雪" * (100 + 20 * number)]) for number in range(9)]
    heights = re.findall(r"bottom:([0-9.]+)%", page(examination_of(*uneven)))
    assert 60 < float(heights[1]) < 80


def test_what_the_book_ignores_is_not_on_the_page() -> None:
    found = (warning("S103", Location("a.txt", 9), heading="第四章"),)
    examination = replace(
        examination_of(("一", ["雪停了。"]), diagnostics=found), ignored=frozenset({"S103"})
    )
    assert "S103" not in page(examination)


def test_a_page_is_known_again() -> None:
    content = page(examination_of(("一", ["雪停了。"]))).encode()
    assert is_page(content)
    assert not is_page(b"<!doctype html>\n<p>builder inspect</p>")
    assert not is_page("第一章".encode())
