"""The smallest books and files that still have what the judges look at."""

from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pikepdf

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""

PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:6f1b0c5e-3f2a-4d8b-9a57-0d6c1c2f4e11</dc:identifier>
<dc:title>渡口</dc:title><dc:creator>何舟</dc:creator><dc:language>zh-Hant</dc:language>
<meta property="dcterms:modified">2020-01-01T00:00:00Z</meta></metadata>
<manifest>
<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="c1" href="c1.xhtml" media-type="application/xhtml+xml"/>
<item id="c2" href="c2.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine page-progression-direction="rtl"><itemref idref="c1"/><itemref idref="c2"/></spine>
</package>"""

NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>目錄</title></head><body>
<nav epub:type="toc"><ol><li><a href="c1.xhtml">第一章 燈下</a>
<ol><li><a href="c1.xhtml#s">鐘聲</a></li></ol></li>
<li><a href="c2.xhtml">第二章 對岸</a></li></ol></nav>
<nav epub:type="landmarks" hidden="hidden"><ol>
<li><a epub:type="bodymatter" href="c1.xhtml">正文</a></li></ol></nav></body></html>"""

CHAPTER = """<html xmlns="http://www.w3.org/1999/xhtml"><head><title>章</title>
<style>html {{ writing-mode: vertical-rl }}</style></head>
<body><h1>{title}</h1><p id="s">{text}</p></body></html>"""


def tiny_epub(path: Path, **replaced: str) -> Path:
    """Two vertical chapters that turn from right to left; `package`, `c1` … swap a part's text."""
    parts = {
        "META-INF/container.xml": CONTAINER,
        "EPUB/package.opf": replaced.get("package", PACKAGE),
        "EPUB/nav.xhtml": replaced.get("nav", NAV),
        "EPUB/c1.xhtml": replaced.get(
            "c1", CHAPTER.format(title="第一章 燈下", text="水底下有人敲鐘。")
        ),
        "EPUB/c2.xhtml": replaced.get(
            "c2", CHAPTER.format(title="第二章 對岸", text="天亮以前，他數到第十二下。")
        ),
    }
    with ZipFile(path, "w", ZIP_STORED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def tiny_pdf(path: Path) -> Path:
    """Two A6 pages, “one” and “two”, in a font that is not embedded, with a nested outline."""
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        for word in ("one", "two"):
            page = pdf.add_blank_page(page_size=(298, 420))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
            page.Contents = pdf.make_stream(f"BT /F 20 Tf 20 200 Td ({word}) Tj ET".encode())
            page.TrimBox = pikepdf.Array([10, 10, 288, 410])
        with pdf.open_outline() as outline:
            part = pikepdf.OutlineItem("卷一", 0)
            part.children.append(pikepdf.OutlineItem("第一章", 1))
            outline.root.append(part)
        pdf.docinfo["/Title"] = "渡口"
        pdf.save(path)
    return path
