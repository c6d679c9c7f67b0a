"""Files as no careful person would make them."""

import io
import zipfile

from hypothesis import strategies as st

from benchmarks.chapters.generate import generate
from benchmarks.chapters.mixes import mix_of

ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "gb18030",
    "gbk",
    "big5hkscs",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "hz",
)
NAMES = ("书.txt", "书.html", "书.md", "book.txt", "第一章.txt", "a.htm", "书.epub", "书.zip")

FRAGMENTS = (
    "第一章 灯下", "第2回", "卷之三", "第九九九九九九九九九九九九章", "第○章", "第⼗⼆章", "Chapter IIII", "CHAPTER XII",
    "上卷", "番外（一）", "楔子", "后记", "目录", "12", "12、", "12.", "（一）", "一、", "【第一章】", "☆、第三章", "=== 第四章 ===",
    "旧账(12)", "正文 第三卷 风起 第三章 夜雨", "第部", "第章", "第 章", "节", "\n", "\r", "\r\n", "\n\n\n", "\u2028", "\x85", "\x0b", "\x0c",
    "\u3000\u3000", "\u00a0\u00a0", "    ", "\t", "\u200b", "\ufeff", "\u200d", "\u202e", "\u00ad", "\x00", "\x1a", "\x7f", "\ue000",
    "\U000f0000", "\ufffd", "\U0001f468\u200d\U0001f469", "葛\U000e0100", "⻓", "\uf900", "……", "...", "。。。", "——", "--", "…", '"', "'", "“", "”",
    "‘", "’", "「", "」", "『", "』", "（", "）", "1，400万", "12:30", "3.14", "www.abc.com", "ｗｗｗ．ａ．ｃ", "笔?趣?阁", "（本章完）", "求月票！",
    "第(1/3)页", "上一章 目录 下一章", "请记住本书首发域名：", "［1］", "注①", "(注：", "①", "[1]", "＊＊＊", "* * *", "---", "此致", "敬礼",
    "他走了。", "雨还在下，没有人说话", "“你来了？”", "欲知后事如何，且听下回分解。", "，", "。", "！", "？", "：", "；",
    "<p>", "</p>", "<br/>", "<br", "<", ">", "</", "<!--", "-->", "<![CDATA[", "<script>", "<ruby>漢<rt>かん</rt>", "</ruby>", "<img src=x>",
    "<img src='data:image/png;base64,AAAA'>", "<table><tr><td>", "<h1>", "</h1>", "<h7>", "<a href='#x'>", "&nbsp;", "&#x110000;", "&#xD800;",
    "&#0;", "&amp", "&", "&hellip;", "# ", "## 第一章", "> ", "- ", "1. ", "```", "`", "**", "*", "_", "[^1]", "[^1]: 注", "![图](a.png)", "[x](y)", "|a|b|\n|-|-|",
    "---\ntitle: x\n---\n", "~{", "~}", "~{<:Ky2;~}", "PK\x03\x04", "<?xml version='1.0'?>", "<html><body>",
)  # fmt: skip

names = st.sampled_from(NAMES)
junk = st.text(max_size=12)


@st.composite
def written(draw: st.DrawFn) -> bytes:
    """Pieces of book texts in any order, in some encoding, perhaps in two."""
    pieces = st.lists(st.sampled_from(FRAGMENTS) | junk, max_size=40).map("".join)
    first = draw(pieces).encode(draw(st.sampled_from(ENCODINGS)), "ignore")
    if draw(st.booleans()):
        return first
    return first + draw(pieces).encode(draw(st.sampled_from(ENCODINGS)), "ignore")


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A generated raw book after a few accidents."""
    content = draw(st.sampled_from(_books()))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(content)))
        end = min(start + draw(st.integers(0, 200)), len(content))
        match draw(st.sampled_from(("cut", "double", "replace", "truncate", "move"))):
            case "cut":
                content = content[:start] + content[end:]
            case "double":
                content = content[:end] + content[start:]
            case "replace":
                content = content[:start] + draw(st.binary(max_size=8)) + content[end:]
            case "truncate":
                content = content[: start or 1]
            case _:
                content = content[:start] + content[end:] + content[start:end]
    return content


_made: list[bytes] = []


def _books() -> list[bytes]:
    if not _made:
        small = "random,novels=0,chapters_low=3,chapters_high=8,paragraphs_low=1,paragraphs_high=3,huge=0"
        _made.extend(generate(mix_of(small, seed), seed).content for seed in range(24))
    return _made


@st.composite
def zipped(draw: st.DrawFn) -> bytes:
    """An archive of such files, perhaps broken itself."""
    stream = io.BytesIO()
    names_inside = st.text("ab第一章/.\\: ", min_size=1, max_size=10).map(
        lambda name: name + ".txt"
    )
    with zipfile.ZipFile(stream, "w", draw(st.sampled_from((0, 8)))) as archive:
        for name in draw(st.lists(names_inside, max_size=4, unique=True)):
            archive.writestr(name, draw(written()))
        if draw(st.booleans()):
            archive.writestr("mimetype", "application/epub+zip")
            archive.writestr("META-INF/container.xml", draw(written()))
    content = stream.getvalue()
    at = draw(st.integers(0, len(content)))
    return (
        content[:at] + draw(st.binary(max_size=2)) + content[at:]
        if draw(st.booleans())
        else content
    )
