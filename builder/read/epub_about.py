"""Pages of an EPUB that are about the edition and not of the book.

Cover, title page, contents and colophon are made anew, so they are left out. A page is known by
what it is called (guide, landmarks, epub:type, its entry in the contents, its file), or by what
it says: nothing but title and author; mostly links; an ISBN, a printer, a reserved right.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from builder.read.epub_contents import Contents
from builder.read.epub_package import Item, Members, Package, all_of
from builder.read.html_tokens import attributes

# Source: EPUB Structural Semantics Vocabulary 1.1, and the guide types of OPF 2.0.
_ABOUT = frozenset(
    (
        "cover",
        "titlepage",
        "title-page",
        "halftitlepage",
        "halftitle",
        "toc",
        "landmarks",
        "loi",
        "lot",
        "copyright-page",
        "colophon",
    )
)
# The beginning of a page, as far as its own type is looked for.
_HEAD_CHARS = 4_096
_TYPED = re.compile(
    r"<(?:body|section|div|nav)\b[^<>]{0,400}?\bepub:type\s*=\s*[\"'](?P<types>[^\"'<>]{1,200})[\"']",
    re.IGNORECASE,
)
# Names that tools give such pages. Example: titlepage.xhtml. Counter-example: cover-story.xhtml.
_MADE_NAME = re.compile(
    r"(?:book)?(?:cover|cover[_-]?page|title[_-]?page|half[_-]?title|toc|nav|contents|copyright|colophon)"
    r"[0-9]{0,2}",
    re.IGNORECASE,
)
# Entries of the contents for such pages. Counter-example: 封面人物.
_MADE_LABEL = re.compile(
    r"封面|封底|扉页|扉頁|书名页|書名頁|表紙|奥付|目录|目錄|版权(?:页|信息|声明)?|版權(?:頁|信息|聲明)?"
    r"|cover(?: page)?|title ?page|(?:table of )?contents|copyright(?: page)?|colophon",
    re.IGNORECASE,
)
# What a colophon speaks of; a page with several of these and little else is one.
_COLOPHON = re.compile(
    r"ISBN|CIP|图书在版编目|圖書在版編目|版权所有|版權所有|侵权必究|All [Rr]ights [Rr]eserved|出版社"
    r"|书名|書名|作者|责任编辑|責任編輯|定价|定價|版次|印次|印张|字数|开本"
)
LEAST_COLOPHON_WORDS = 3
# What stands on a title page beside the names. Example: 林晚　著.
_BESIDE_NAMES = re.compile(
    r"[^\W\d_]{1,10}(?:出版社|出版公司|出版集团|書局|书局|书店|社)(?!\w)|书名|書名|作者|著者|译者|譯者|编者|編著|编著|出版社?|by|[著译譯编編撰绘繪文图圖]|[\W\d_]",
    re.IGNORECASE,
)
_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_LINK = re.compile(r"<a\s(?P<rest>[^<>]{1,600})>(?P<inside>(?:[^<]|<(?!/?a[\s>])){0,400})</a", re.I)
_PICTURE = re.compile(r"<(?:img|image)\s(?P<rest>[^<>]{1,2000})>", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
# A page that looks made by its name, but says more than this, is text all the same.
MAX_MADE_CHARS = 1_500
# A page is a contents page when so much of it is links to pages of the book.
LEAST_LINK_SHARE = 0.7
LEAST_LINKS = 3
# A title page is among the first pages.
LAST_TITLE_PAGE = 6


@dataclass(frozen=True, slots=True)
class Page:
    """A page in reading order, its source decoded for looking at."""

    item: Item
    source: str
    content: bytes


def made_pages(
    pages: tuple[Page, ...],
    members: Members,
    *,
    package: Package,
    contents: Contents,
    hints: Mapping[str, str],
    cover: str,
) -> frozenset[str]:
    """The names of the pages that are about the edition; `cover` is the cover image's name."""
    about = {
        members.resolved(package.name, reference.get("href", ""))[0]
        for reference in all_of(package.root, "reference")
        if reference.get("type", "").strip().lower() in _ABOUT
    }
    about |= {name for name, types in contents.types.items() if types & _ABOUT}
    names = {item.name for item in package.items.values() if item.is_page}
    made: set[str] = set()
    for index, page in enumerate(pages):
        name = page.item.name
        shown = _shown(page.source)
        is_short = len(shown) <= MAX_MADE_CHARS
        if (
            name == contents.nav
            or name in about
            or _is_typed(page.source)
            or (is_short and (_is_called_so(page.item, contents) or _is_colophon(shown)))
            or (index < LAST_TITLE_PAGE and _is_title_page(shown, hints))
            or (not shown and cover in set(_pictures(page.source, members, name)))
            or _is_contents(page.source, shown, members, page=name, names=names)
        ):
            made.add(name)
    return frozenset(made)


def is_named_made(name: str) -> bool:
    """Whether a file is called as tools call the pages that they make themselves."""
    return _MADE_NAME.fullmatch(posixpath.splitext(posixpath.basename(name))[0]) is not None


def _shown(source: str) -> str:
    """What a page says, without mark-up."""
    head = _HEAD_END.search(source)
    return _SPACE.sub(" ", unescape(_TAG.sub(" ", source[head.end() if head else 0 :]))).strip()


def _is_typed(source: str) -> bool:
    typed = _TYPED.finditer(source[:_HEAD_CHARS])
    return any(set(match["types"].split()) & _ABOUT for match in typed)


def _is_called_so(item: Item, contents: Contents) -> bool:
    titles = contents.titles.get(item.name, ())
    if len(titles) == 1 and _MADE_LABEL.fullmatch(titles[0].text.replace(" ", "")):
        return True
    return is_named_made(item.name) or _MADE_NAME.fullmatch(item.id) is not None


def _is_colophon(shown: str) -> bool:
    """Whether a page names the things a colophon names, and says hardly anything more."""
    words = set(_COLOPHON.findall(shown))
    is_sure = bool(words & {"ISBN", "CIP", "图书在版编目", "圖書在版編目", "版权所有", "版權所有"})
    return is_sure and len(words) >= LEAST_COLOPHON_WORDS


def _is_title_page(shown: str, hints: Mapping[str, str]) -> bool:
    """Whether a page says title and author and nothing else."""
    title = hints.get("title", "")
    if not title or title not in shown or len(shown) > MAX_MADE_CHARS:
        return False
    known = [title, *(hints.get(key, "") for key in ("subtitle", "publisher", "isbn", "date"))]
    known += hints.get("creators", "").split("、")
    for words in sorted((word for word in known if word), key=len, reverse=True):
        shown = shown.replace(words, "")
    return not _BESIDE_NAMES.sub("", shown)


def _pictures(source: str, members: Members, page: str) -> Iterator[str]:
    for match in _PICTURE.finditer(source):
        found = attributes(match["rest"])
        reference = found.get("src") or found.get("xlink:href") or found.get("href", "")
        yield members.resolved(page, reference)[0]


def _is_contents(source: str, shown: str, members: Members, *, page: str, names: set[str]) -> bool:
    """Whether a page is little more than links to other pages."""
    targets: set[tuple[str, str]] = set()
    length = 0
    for match in _LINK.finditer(source) if "<a " in source else ():
        target = members.resolved(page, attributes(match["rest"]).get("href", ""))
        if target[0] in names and target[0] != page:
            targets.add(target)
            length += len(_shown(match["inside"]))
    return len(targets) >= LEAST_LINKS and length >= LEAST_LINK_SHARE * len(shown)
