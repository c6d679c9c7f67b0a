"""Notes in pages, and what a page's head says about the book.

Facts: EPUB marks notes with epub:type or an ARIA role, 多看 with its own classes, and most books
with both.
"""

import posixpath
import re
from html import unescape
from typing import Literal
from urllib.parse import unquote

from builder.core.numerals import NUMERAL_CLASS
from builder.read.html_tokens import attributes

Role = Literal["", "reference", "note", "list"]

_REFERENCES = frozenset(("noteref", "doc-noteref", "duokan-footnote"))
_NOTES = frozenset(
    (
        "footnote",
        "endnote",
        "rearnote",
        "note",
        "doc-footnote",
        "doc-endnote",
        "duokan-footnote-item",
    )
)
_LISTS = frozenset(
    (
        "footnotes",
        "endnotes",
        "rearnotes",
        "doc-endnotes",
        "duokan-footnote-content",
    )
)
# What stands for a note. Examples: [1], 注①, ②, *. Counter-examples: 第三章, 见上.
NUMBER = re.compile(
    r"[\[［(（〔【]?(?:注释?|註釋?)?(?:[0-9]{1,4}|[①-⑳㉑-㉟㊱-㊿]|[*＊†‡]{1,3})[\]］)）〕】]?|[注註]"
)
# What a way back shows. Examples: [1], ①, ↩, 注. Counter-example: 见第三章.
_BACK = re.compile(
    r"[\s\u3000]*+(?:[\[［(（〔【]?(?:注|註)?[0-9]{0,4}[\]］)）〕】]?|[①-⑳㉑-㉟㊱-㊿]|[↩↑^←⏎]\ufe0e?|返回)[.．、:：]?[\s\u3000]*+"
)
_TAG = re.compile(r"<[^<>]*>")
_END = re.compile(r"</a\s*>", re.IGNORECASE)
MAX_WAY_BACK_CHARS = 400


def note_role(name: str, rest: str) -> Role:
    """What a start tag is among notes; `rest` are its attributes."""
    found = attributes(rest)
    said = {
        *found.get("epub:type", "").split(),
        *found.get("role", "").split(),
        *(word for word in found.get("class", "").split() if word.startswith("duokan-")),
        *({"footnotes"} & set(found.get("class", "").split())),
    }
    if name == "a":
        return "reference" if said & _REFERENCES and "#" in found.get("href", "") else ""
    if said & _NOTES and found.get("id"):
        return "note"
    return "list" if said & _LISTS and name in {"ol", "ul", "section", "div", "aside"} else ""


def note_in_picture(found: dict[str, str]) -> str:
    """A note that only a picture's attributes hold, as 掌阅 and QQ阅读 make them; else empty.

    Examples: <img zy-footnote="注文"/>, <img class="qqreader-footnote" alt="注文"/>.
    Counter-example: <img class="epub-footnote" alt="注"/>, which is a mark and nothing more.
    """
    words = found.get("zy-footnote", "")
    if not words and "footnote" in found.get("class", ""):
        words = found.get("alt", "")
    words = " ".join(words.split())
    return "" if NUMBER.fullmatch(words) or words in {"note", "footnote"} else words


def note_id(place: str, href: str) -> str:
    """One name for a note, whether its mark or the note itself is looked at.

    `place` is a page's name in an EPUB, or a prefix for a page that stands alone.
    """
    path, _, fragment = href.strip().partition("#")
    if path:
        place = posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(path)))
    return f"{place}#{unquote(fragment)}"


def way_back(source: str, match: re.Match[str]) -> int:
    """Where the link from a note back to its mark ends; 0 when the link is something else."""
    found = attributes(match["rest"])
    if "#" not in found.get("href", ""):
        return 0
    end = _END.search(source, match.end(), match.end() + MAX_WAY_BACK_CHARS)
    if end is None:
        return 0
    if "doc-backlink" in found.get("role", "") or "backlink" in found.get("epub:type", ""):
        return end.end()
    shown = unescape(_TAG.sub("", source[match.end() : end.start()]))
    return end.end() if _BACK.fullmatch(shown) else 0


_TITLE = re.compile(r"<title[^<>]*>(?P<title>[^<]{1,400})</title", re.IGNORECASE)
_META = re.compile(r"<meta\s(?P<rest>[^<>]{1,2000})>", re.IGNORECASE)
_KEYS = {
    "author": "creators",
    "dc.creator": "creators",
    "dc.title": "title",
    "description": "description",
    "dc.publisher": "publisher",
    "dc.rights": "rights",
}


# What a site adds to a title. Examples: 夜航_林晚_某某小说网, 夜航最新章节 - 某某网.
_SITE = re.compile(
    r"(?<![ \u3000])(?:[ \u3000]*+[_|–—]+|[ \u3000]++-[ \u3000]).*|(?:最新章节|最新章節|全文阅读|全文閱讀|无弹窗).*"
)
# A title that is a chapter's, not the book's.
_CHAPTER = re.compile(rf"第\s*[{NUMERAL_CLASS}]+\s*[章回节節话話]")


def _bare_title(title: str) -> str:
    """The book's title; empty when the page is called by a chapter, or by nothing."""
    bare = _SITE.sub("", title, count=1).strip("《》 ")
    return "" if _CHAPTER.search(bare) or bare.lower() in {"untitled", "document"} else bare


def hints_of(head: str) -> tuple[tuple[str, str], ...]:
    """The title and author of a page's head, keyed like [book]."""
    hints: dict[str, str] = {}
    for match in _META.finditer(head):
        found = attributes(match["rest"])
        key = _KEYS.get(found.get("name", "").lower())
        value = " ".join(found.get("content", "").split())
        if key and value:
            hints.setdefault(key, value)
    if "title" not in hints and (title := _TITLE.search(head)):
        hints["title"] = _bare_title(" ".join(unescape(title["title"]).split()))
    return tuple((key, value) for key, value in hints.items() if value)
