"""What is fuzzed: for each area files grown by its grammar, the words to hurt them with, and a book."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from random import Random

from tests.fuzz import words
from tests.fuzz.mutation import mutate
from tests.fuzz.strategies import ENCODINGS, FRAGMENTS

CHAPTER = (
    "第一章 灯下\n\n　　雨停的时候，老何才把船灯点上。\n　　“你听，”他说，“水底下有人敲钟。”\n\n"
    "第二章 对岸\n\n　　没有人接话，只有缆绳响了一声……\n　　天亮以前，他数到第十二下[1]。\n\n[1]这是注。\n"
)
PAGE = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>渡口</title></head><body>'
    '<h1 id="c1">第一章 灯下</h1><p>雨停的时候，老何才把<em>船灯</em>点上<a epub:type="noteref" href="#n1">1</a>。</p>'
    '<p><ruby>汉<rt>hàn</rt></ruby>字<img src="a.png" alt="图"/></p><table><tr><td>甲</td><td>乙</td></tr></table>'
    '<ul><li>一</li><li>二</li></ul><aside epub:type="footnote" id="n1">注文。</aside></body></html>'
)
MARKDOWN = (
    "---\ntitle: 渡口\nauthor: 老何\n---\n# 第一章 灯下\n\n雨停的时候，**老何**才把船灯点上[^1]。\n\n> 水底下有人敲钟。\n\n"
    "- 一\n  - 二\n\n1. 甲\n\n| a | b |\n|---|---|\n| 甲 | 乙 |\n\n![图](a.png)\n\n[^1]: 注文。\n\n## 第二章 对岸\n\n`x` <b>没有</b>人接话。\n"
)
SETTINGS = (
    '[book]\ntitle = "渡口"\ncreators = ["老何"]\ndate = 2020-05-01\nseries = { name = "水边", position = 2.5 }\n[source]\nencoding = "utf-8"\n'
    '[normalize]\nprofile = "standard"\nrules = ["my.toml"]\n[structure]\npatterns = [{ level = "chapter", pattern = "第{n}章 {t}" }]\n'
    'plan = "my.plan"\n[convert]\nto = "zh-Hant"\nglossary = ["my.tsv"]\n[typography]\nlatin_gap = 0.2\n[epub]\ntheme = "song"\n[pdf]\ntrim = "A5"\n'
    '[check]\nignore = [{ code = "R007", reason = "known" }]\n[output]\nname = "x"\n'
)
PLAN = "volume  第一卷 @ 01.txt:1\n  chapter  第一章　灯下 @ 01.txt:1\n  chapter  第二章　对岸 @ 01.txt:6\n"
RULES = (
    '[[rule]]\ncode = "U001"\nfind = "老何"\nreplace = "老河"\nkind = "lossy"\nsays = "a slip"\n'
    '[[rule]]\ncode = "U002"\npattern = "第(.{1,3})章"\nreplace = "第\\\\1回"\nkind = "judgement"\nsays = "x"\n'
)
RULES_TSV = "U001\tlossy\tliteral\t老何\t老河\n"
GLOSSARY = "# 名字\n于小明\t于小明\n发卷\t髮捲\n"
SHEET = (
    "@media print{p{text-indent:2em}}\n"
    "h1,h2{font-size:1.4em;margin:1em 0;color:#333;background:url(a.png)}\np::first-letter{float:left}\n@page{size:A5;margin:10mm}\n"
)
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 90 60">'
    '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>'
    '<g transform="rotate(3)"><rect width="40" height="20" fill="url(#g)"/><path d="M0 0 L9 9 Q1 2 3 4 z"/><text x="3" y="9">水</text></g></svg>'
)
CONTAINER = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/a.opf"/></rootfiles></container>'
PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
    '<dc:identifier id="i">x</dc:identifier><dc:title>渡口</dc:title><dc:creator>老何</dc:creator><dc:language>zh</dc:language>'
    '<meta name="cover" content="pic"/></metadata><manifest><item id="p1" href="1.xhtml" media-type="application/xhtml+xml"/>'
    '<item id="p2" href="2.xhtml" media-type="application/xhtml+xml"/><item id="pic" href="a.png" media-type="image/png"/>'
    '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest>'
    '<spine toc="ncx"><itemref idref="p1"/><itemref idref="p2"/></spine></package>'
)
NCX = (
    '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint id="a"><navLabel><text>第一章</text></navLabel>'
    '<content src="1.xhtml#c1"/></navPoint></navMap></ncx>'
)
NAV = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><ol>'
    '<li><a href="1.xhtml">第一章 灯下</a><ol><li><a href="2.xhtml#c1">第二章</a></li></ol></li></ol></nav></body></html>'
)


@dataclass(frozen=True, slots=True)
class Case:
    """A book of files: `path` is what is built, into `formats`; into none it is only understood.

    `links` are symbolic links, as (name, where it leads).
    """

    files: tuple[tuple[str, bytes], ...]
    path: str
    formats: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """`grow` makes a file, `words` hurt it, `book` puts it where a book has such a file."""

    name: str
    grow: Callable[[Random], bytes]
    words: tuple[bytes, ...]
    book: Callable[[bytes, Random], Case]
    share: int
    # How often the file itself is hurt, and not only what it was grown from.
    hurt: float = 0.85

    def case(self, chance: Random) -> Case:
        """One fuzzed book; the same for the same state of `chance`."""
        content = self.grow(chance)
        if chance.random() < self.hurt:
            content = mutate(content, self.words, chance)
        return self.book(content, chance)


# --- what is grown ------------------------------------------------------------------------


def _text(chance: Random) -> bytes:
    """Pieces of books, or a small book, in some encoding."""
    if chance.random() < 0.3:
        text = CHAPTER * chance.randint(1, 3)
    else:
        text = "".join(chance.choices(FRAGMENTS, k=chance.randint(1, 60)))
    return text.encode(chance.choice(ENCODINGS), "ignore")


def _of(seed: str, pieces: tuple[bytes, ...]) -> Callable[[Random], bytes]:
    """The seed, or its language's words in any order among text."""

    def grow(chance: Random) -> bytes:
        if chance.random() < 0.6:
            return seed.encode()
        return b"".join(chance.choices((*pieces, *words.TEXT), k=chance.randint(1, 80)))

    return grow


@cache
def pictures() -> tuple[bytes, ...]:
    """A small picture in each format and mode."""
    from PIL import Image

    found: list[bytes] = []
    base = Image.linear_gradient("L").resize((24, 16))
    for kind, modes in {
        "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
        "JPEG": ("L", "RGB", "CMYK"),
        "GIF": ("L", "P"),
        "WEBP": ("RGB", "RGBA"),
        "TIFF": ("1", "L", "RGB", "CMYK", "F"),
        "BMP": ("L", "RGB"),
        "AVIF": ("RGB",),
    }.items():
        for mode in modes:
            stream = io.BytesIO()
            base.convert(mode).save(stream, kind)
            found.append(stream.getvalue())
    stream = io.BytesIO()
    base.save(stream, "GIF", save_all=True, append_images=[base.rotate(90)] * 3)
    return (*found, stream.getvalue())


def _picture(chance: Random) -> bytes:
    return chance.choice(pictures())


def zipped(members: dict[str, bytes], chance: Random) -> bytes:
    """An archive, now and then with names and sizes that no honest one has."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            if chance.random() < 0.02:
                name = chance.choice(
                    ("../x.txt", "/etc/x.txt", "a\\..\\b.txt", "C:/x.txt", "a/", "x\0.txt", "第一章.TXT", "a" * 3000 + ".txt")
                )  # fmt: skip
            entry = zipfile.ZipInfo(name)
            entry.compress_type = chance.choice((0, 8, 8, 8, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
            entry.external_attr = (0o120777 if chance.random() < 0.02 else 0o644) << 16
            if chance.random() < 0.01:
                content = bytes(3_000_000)
            archive.writestr(entry, content)
    return stream.getvalue()


def _epub(chance: Random) -> bytes:
    """A whole EPUB, one of its members hurt."""
    members = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": CONTAINER.encode(),
        "OEBPS/a.opf": PACKAGE.encode(),
        "OEBPS/toc.ncx": NCX.encode(),
        "OEBPS/nav.xhtml": NAV.encode(),
        "OEBPS/1.xhtml": PAGE.encode(),
        "OEBPS/2.xhtml": PAGE.replace("第一章 灯下", "第二章 对岸").encode(),
        "OEBPS/a.png": pictures()[4],
    }
    for _ in range(chance.randint(0, 3)):
        name = chance.choice(list(members))
        members[name] = mutate(members[name], (*words.XML, *words.HTML), chance)
    if chance.random() < 0.1:
        members.pop(chance.choice(list(members)))
    return zipped(members, chance)


def epub_with(**changed: bytes) -> bytes:
    """An EPUB of sound members but for those given by the stems of their names: a, nav, 1 …"""
    members = {
        "META-INF/container.xml": CONTAINER,
        "OEBPS/a.opf": PACKAGE,
        "OEBPS/toc.ncx": NCX,
        "OEBPS/nav.xhtml": NAV,
        "OEBPS/1.xhtml": PAGE,
        "OEBPS/2.xhtml": PAGE,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, changed.get(PurePosixPath(name).stem, content.encode()))
    return stream.getvalue()


def _zip(chance: Random) -> bytes:
    """An archive of chapters and pictures, or of archives."""
    members = {
        chance.choice(("第一卷/", "", "a/b/c/d/e/", "__MACOSX/")) + f"{number:02}.{suffix}": (
            mutate(CHAPTER.encode(), words.TEXT, chance)
        )
        for number, suffix in enumerate(chance.choices(("txt", "html", "md", "zip"), k=3))
    }
    if chance.random() < 0.3:
        members["cover.png"] = mutate(_picture(chance), words.NUMBERS, chance)
    if chance.random() < 0.2:
        members = {"内.epub": _epub(chance)}
    return zipped(members, chance)


# --- where it stands ----------------------------------------------------------------------


def _named(name: str, *others: str) -> Callable[[bytes, Random], Case]:
    def book(content: bytes, chance: Random) -> Case:
        path = chance.choice((name, name, name, *others))
        formats = ("txt",) if chance.random() < 0.02 else ()
        return Case(((path, content), ("a.png", pictures()[4])), path, formats)

    return book


def _with_settings(content: bytes, chance: Random) -> Case:
    formats = chance.choice((("txt",), ("md",), (), (), (), (), ()))
    return Case((*beside(), ("book/book.toml", content)), "book", formats)


def beside(**changed: bytes) -> tuple[tuple[str, bytes], ...]:
    """A book folder with every file that settings may name, some of them changed."""
    files = {
        "book.toml": SETTINGS.encode(),
        "01.txt": CHAPTER.encode(),
        "my.plan": PLAN.encode(),
        "my.toml": RULES.encode(),
        "rules.tsv": RULES_TSV.encode(),
        "my.tsv": GLOSSARY.encode(),
        "a.png": pictures()[4],
    }
    return tuple((f"book/{name}", changed.get(name, content)) for name, content in files.items())


def _with_plan(content: bytes, chance: Random) -> Case:
    name = chance.choice(("my.plan", "my.toml", "rules.tsv", "my.tsv"))
    settings = SETTINGS if name != "rules.tsv" else SETTINGS.replace("my.toml", "rules.tsv")
    files = beside(**{name: content, "book.toml": settings.encode()})
    return Case(files, "book", ("txt",) if chance.random() < 0.2 else ())


def _plans(chance: Random) -> bytes:
    return chance.choice((PLAN, RULES, RULES_TSV, GLOSSARY)).encode()


def _illustrated(name: str) -> Callable[[bytes, Random], Case]:
    """A text with the picture in it, sometimes as the cover too."""

    def book(content: bytes, chance: Random) -> Case:
        cover = f'[book]\ncover = "{name if chance.random() < 0.2 else "plain.png"}"\n'
        files = (
            ("book/book.toml", cover.encode()),
            ("book/01.md", f"# 第一章\n\n雨停了。\n\n![图]({name})\n".encode()),
            (f"book/{name}", content),
            ("book/plain.png", pictures()[4]),
        )
        formats = ("pdf",) if chance.random() < 0.03 else ("epub",)
        return Case(files, "book", formats)

    return book


def _styled(content: bytes, chance: Random) -> Case:
    key = chance.choice(
        ('[epub]\ncss = "my.css"', '[epub]\ntheme = "my.css"', '[pdf]\ncss = "my.css"')
    )
    settings = f'[book]\ncover = "a.png"\n{key}\n'
    formats = ("pdf",) if key.startswith("[pdf]") and chance.random() < 0.3 else ("epub",)
    files = (
        ("book/book.toml", settings.encode()),
        ("book/01.txt", CHAPTER.encode()),
        ("book/my.css", content),
        ("book/a.png", pictures()[4]),
    )
    return Case(files, "book", formats)


_ODD_NAMES = (
    "第一章.txt", "02.txt", "book.TXT", "~.txt", ".hidden.txt", "a b.md", "第二卷/01.txt", "第二卷/book.toml", "a/b/c/d/e/f/01.txt", "cover.jpg", "cover.png/01.txt",
    "x.html", "\u202etxt.md", "a\nb.txt", "%2e%2e.txt", "CON.txt", "第一卷 ……/00.txt", "99999999999999999999999999.txt", "一百万亿亿.txt", "é.txt", "e\u0301.txt",
)  # fmt: skip
_LEADS = (
    "../secret",
    "../secret/canary.txt",
    "/",
    "/etc/passwd",
    ".",
    "..",
    "01.txt",
    "loop.txt",
    "/dev/zero",
    "/dev/stdin",
)


def _folder(content: bytes, chance: Random) -> Case:
    """A folder of files with odd names, and links that lead anywhere."""
    names = chance.sample(_ODD_NAMES, chance.randint(1, 8))
    files = {"book/01.txt": CHAPTER.encode(), **{f"book/{name}": content for name in names}}
    taken = {part for name in files for part in (name, name.rpartition("/")[0])}
    links = tuple(
        (f"book/{name}", chance.choice(_LEADS))
        for name in ("第三章.txt", "loop.txt", "第四卷", "cover.jpg", "book.toml")
        if chance.random() < 0.1 and f"book/{name}" not in taken
    )
    return Case(tuple(files.items()), "book", (), links)


def _built(content: bytes, chance: Random) -> Case:
    """A whole book in a format that takes the longest way."""
    name = chance.choice(("书.txt", "书.html", "书.md"))
    formats = chance.choice((("epub",), ("epub",), ("kepub",), ("pdf",)))
    return Case(
        ((name, content), ("a.png", pictures()[4]), ("书.png", pictures()[4])), name, formats
    )


def _any(chance: Random) -> bytes:
    return chance.choice(
        (_text, _of(PAGE, words.HTML), _of(MARKDOWN, words.MARKDOWN), lambda _: CHAPTER.encode())
    )(chance)


# `share` is how many of every hundred inputs an area gets.
AREAS = (
    Area("txt", _text, (*words.TEXT, *words.BYTES), _named("书.txt"), 20),
    Area("html", _of(PAGE, words.HTML), (*words.HTML, *words.TEXT), _named("书.html", "书.txt"), 16),
    Area("markdown", _of(MARKDOWN, words.MARKDOWN), (*words.MARKDOWN, *words.TEXT), _named("书.md"), 14),
    Area("epub", _epub, words.NUMBERS, _named("书.epub", "书.zip"), 12, 0.15),
    Area("zip", _zip, words.NUMBERS, _named("书.zip", "书.epub"), 8, 0.15),
    Area("settings", _of(SETTINGS, words.TOML), (*words.TOML, *words.BYTES), _with_settings, 8),
    Area("plans", _plans, (*words.PLANS, *words.TEXT, *words.BYTES), _with_plan, 6),
    Area("folders", _text, words.TEXT, _folder, 4),
    Area("images", _picture, words.NUMBERS, _illustrated("p.png"), 5),
    Area("drawings", _of(DRAWING, words.SVG), (*words.SVG, *words.XML), _illustrated("p.svg"), 3),
    Area("styles", _of(SHEET, words.CSS), words.CSS, _styled, 2),
    Area("builds", _any, (*words.TEXT, *words.HTML, *words.MARKDOWN), _built, 2),
)  # fmt: skip
BY_NAME = {area.name: area for area in AREAS}
