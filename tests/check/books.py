"""A small book, and files that say what it says: written by hand, with nothing of ours."""

import warnings
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from builder.core.book import Book, Metadata, Note, NoteRef, Paragraph, Ruby, Section, Text
from builder.core.diagnostic import Diagnostic

PARAGRAPHS = (
    "雨从午后下起，到掌灯时分还没有停的意思，檐下的水串成了帘子。",
    "周先生把账本合上，听见楼下有人轻轻地敲门，三下，停一停，又是三下。",
    "“这么晚了，会是谁？”他自言自语，手里的灯却先晃了一晃。",
    "门外站着一个少年，浑身湿透，怀里抱着一只用油布裹紧的木匣子。",
    "少年说：“先生，这是您二十年前落在渡船上的东西，我爷爷让我送来。”",
)
NOTES = ("渡船：旧时过江用的木船，一船可载十二人。", "木匣：以樟木做成，不生虫。")
READING = ("匣", "xiá")

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>
"""
OPF = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"
 xml:lang="zh-Hans">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:0e6bd9c0-2f0e-4b6b-9a43-5f1a5f1d7c11</dc:identifier>
<dc:title>木匣</dc:title><dc:language>zh-Hans</dc:language>
<meta property="dcterms:modified">2000-01-01T00:00:00Z</meta></metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="cover" href="cover.svg" media-type="image/svg+xml" properties="cover-image"/>
<item id="css" href="book.css" media-type="text/css"/>
<item id="c1" href="c1.xhtml" media-type="application/xhtml+xml"/>
</manifest>
<spine><itemref idref="nav"/><itemref idref="c1"/></spine></package>
"""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="4" viewBox="0 0 3 4">'
    "<title>木匣</title></svg>"
)


def book(paragraphs: Sequence[str] = PARAGRAPHS, notes: Sequence[str] = NOTES) -> Book:
    """One chapter; the first two paragraphs carry a note each, the last one a reading."""
    blocks = [Paragraph((Text(text),)) for text in paragraphs]
    for at in range(min(len(notes), len(blocks))):
        blocks[at] = replace(blocks[at], inlines=(*blocks[at].inlines, NoteRef(f"n{at + 1}")))
    blocks.append(Paragraph((Text("木"), Ruby(*READING), Text("没有上锁。"))))
    return Book(
        Metadata("木匣", "zh-Hans"),
        body=(Section("chapter", 1, "第一章", "夜雨", tuple(blocks), id="c1"),),
        notes=tuple(
            Note(f"n{at}", (Paragraph((Text(text),)),)) for at, text in enumerate(notes, start=1)
        ),
    )


def html(body: str, language: str = 'xml:lang="zh-Hans" lang="zh-Hans"') -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f" {language}><head><title>木匣</title></head>\n<body>{body}</body></html>\n"
    )


def nav(landmarks: str = '<li><a epub:type="bodymatter" href="c1.xhtml">正文</a></li>') -> str:
    return html(
        '<nav epub:type="toc"><h1>目录</h1><ol>'
        '<li><a href="c1.xhtml#c1">第一章　夜雨</a></li></ol></nav>'
        f'<nav epub:type="landmarks" hidden="hidden"><h2>导览</h2><ol>{landmarks}</ol></nav>'
    )


def chapter(paragraphs: Sequence[str] = PARAGRAPHS, notes: Sequence[str] = NOTES) -> str:
    lines = []
    for at, text in enumerate(paragraphs, start=1):
        mark = f'<a epub:type="noteref" href="#n{at}">[{at}]</a>' if at <= len(notes) else ""
        lines.append(f"<p>{text}{mark}</p>")
    base, reading = READING
    items = "".join(
        f'<aside epub:type="footnote" id="n{at}">'
        f'<p><a role="doc-backlink" href="#c1">{at}</a>{text}</p></aside>'
        for at, text in enumerate(notes, start=1)
    )
    return html(
        '<section id="c1"><h1>第一章　夜雨</h1>\n'
        + "\n".join(lines)
        + f"\n<p>木<ruby>{base}<rt>{reading}</rt></ruby>没有上锁。</p></section>{items}"
    )


def files() -> dict[str, str | bytes]:
    """A sound EPUB that says what `book()` says."""
    return {
        "META-INF/container.xml": CONTAINER,
        "EPUB/book.opf": OPF,
        "EPUB/nav.xhtml": nav(),
        "EPUB/c1.xhtml": chapter(),
        "EPUB/book.css": "p { text-indent: 2em }",
        "EPUB/cover.svg": SVG,
    }


def write_epub(path: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Path:
    """The sound EPUB with some files changed, or (None) left out."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for name, content in (files() | dict(changes or {})).items():
            if content is not None:
                archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return path


def place(found: Diagnostic) -> str:
    """Where in the file a finding lies, without the way to the file."""
    return str(found.location).rpartition("#")[2]


def write_pdf(
    path: Path,
    paragraphs: Sequence[str] = PARAGRAPHS,
    notes: Sequence[str] = NOTES,
    *,
    tags: bool = True,
    article: str = "article",
) -> Path:
    """The same book as a PDF by WeasyPrint alone: furniture, notes at the foot, small pages."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from weasyprint import CSS, HTML
        from weasyprint.pdf import tags as structure

    lines = "".join(
        f"<p>{text}{f'<book-note>{notes[at]}</book-note>' if at < len(notes) else ''}</p>"
        for at, text in enumerate(paragraphs)
    )
    base, reading = READING
    page = (
        f'<html lang="zh-Hans"><title>木匣</title><h1>书名页不是正文</h1>'
        f"<{article}><h1>第一章　夜雨</h1>{lines}"
        f"<p>木<ruby>{base}<rt>{reading}</rt></ruby>没有上锁。</p></{article}></html>"
    )
    style = CSS(
        string="@page { size: 80mm 60mm; @top-center { content: '木匣' counter(page) } }"
        " body { font-family: 'Noto Serif CJK SC', serif } book-note { float: footnote }"
    )
    names = {"book-note": "Note", "ruby": "Ruby", "rt": "RT"} | {
        f"book-note::footnote-{part}": "Lbl" for part in ("call", "marker")
    }
    original: Callable[[str], str] = structure._get_pdf_tag
    structure._get_pdf_tag = lambda tag: names.get(tag) or original(tag)
    try:
        document = HTML(string=page).render(stylesheets=[style], pdf_tags=tags)
        document.write_pdf(path, pdf_tags=tags)
    finally:
        structure._get_pdf_tag = original
    return path
