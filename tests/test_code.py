"""Words for a machine come through the whole line as they are, whatever wrote them down."""

from pathlib import Path

import pytest

from builder.core.book import Book, Code, Link, Paragraph, Raw, Text
from builder.pipeline import BuildOptions, inspect, turn

MARKDOWN = """# 第一章 开始

他说：“里面`头发 = 干(),...`有代码”,又说:见[`干净`](https://a.cn/x)。

```
头发 = 干(),...
```
"""
HTML = """<h1>第一章 开始</h1>
<p>他说：“里面<code>头发 = 干(),...</code>有代码”,又说:见<a href="https://a.cn/x"><kbd>干净</kbd></a>。</p>
<pre><code>头发 = 干(),...</code></pre>
"""


def book_of(path: Path) -> Book:
    understood = inspect(path, BuildOptions(to="zh-Hant-TW", environment={}))
    book, ledger, _ = turn(understood)
    assert ledger.replay(understood.manuscript.decoded)
    return book


@pytest.mark.parametrize(("name", "text"), [("a.md", MARKDOWN), ("a.html", HTML)])
def test_code_is_neither_cleaned_nor_converted_and_the_words_around_it_are(
    tmp_path: Path, name: str, text: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    (section,) = book_of(path).body
    paragraph, raw = section.blocks
    assert isinstance(paragraph, Paragraph)
    assert isinstance(raw, Raw)
    assert paragraph.inlines == (
        Text("他說：「裡面"),
        Code("头发 = 干(),..."),
        Text("有代碼」，又說：見"),
        Link("https://a.cn/x", (Code("干净"),)),
        Text("。"),
    )
    assert raw.text == "头发 = 干(),..."


def test_a_link_inside_code_is_worth_more_than_the_code(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        '<h1>第一章 开始</h1><p>按<code>见<a href="https://a.cn/">里面</a></code>走。</p>', "utf-8"
    )
    (section,) = book_of(path).body
    (paragraph,) = section.blocks
    assert isinstance(paragraph, Paragraph)
    assert Link("https://a.cn/", (Text("裡面"),)) in paragraph.inlines
