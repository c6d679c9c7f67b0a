"""The pictures and fonts that a book's own style sheets name go into its EPUB."""

import zipfile
from base64 import b64decode, b64encode
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pymupdf
import pytest
from lxml import etree
from PIL import Image

from builder.check import check_epub
from builder.core.errors import ConfigError
from builder.pipeline import BuildOptions, BuildResult, build
from tests.fonts.drawing import draw_font
from tests.judges import epubcheck, open_in_epubjs, open_in_foliate

OPF = "{http://www.idpf.org/2007/opf}"
TEXT = "第一章 夜雨\n雨停了。他把伞收起来，走进了屋子。\n"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" onload="a()"><script>b()</script><g id="m"/></svg>'
)
RESTRICTED = 2  # fsType: no embedding without the maker's leave


def picture(form: str = "PNG") -> bytes:
    content = BytesIO()
    Image.new("RGB", (8, 8), (250, 245, 230)).save(content, form)
    return content.getvalue()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "夜雨"
    (folder / "纸").mkdir(parents=True)
    (folder / "01.txt").write_text(TEXT, "utf-8")
    (folder / "book.toml").write_text('[epub]\ncss = "my.css"\n', "utf-8")
    (folder / "paper.png").write_bytes(picture())
    (folder / "纸" / "旧 纸.webp").write_bytes(picture("WEBP"))
    (folder / "线.svg").write_text(DRAWING, "utf-8")
    draw_font(folder / "my.ttf", "Mine", TEXT, licence="")
    return folder


def built(book: Path, css: str, *settings: str) -> BuildResult:
    (book / "my.css").write_text(css, "utf-8")
    out = book.parent / "out"
    options = BuildOptions(formats=("epub",), out=out, settings=settings, environment={})
    return build(book, options)


def package(made: BuildResult) -> tuple[dict[str, bytes], dict[str, str]]:
    """The files by their names, and the media types of those named under styles/."""
    with zipfile.ZipFile(made.files[0].path) as archive:
        files = {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}
    items = etree.fromstring(files["content.opf"]).iter(f"{OPF}item")
    types = {str(item.get("href")): str(item.get("media-type")) for item in items}
    return files, {href: kind for href, kind in types.items() if href.startswith("styles/")}


EVERYTHING = """@font-face {
  font-family: Mine;
  src: url("my.ttf") format("truetype");
}
body { font-family: Mine, serif; background: url(paper.png) }
h1 { background: url(./paper.png), url(纸/旧%20纸.webp); mask: url('线.svg#m') }
"""


def test_each_file_is_packed_once_and_called_by_its_new_name(book: Path) -> None:
    files, types = package(built(book, EVERYTHING))
    sheet = files["styles/user.css"].decode()
    assert 'src: url("fonts/001-my.ttf") format("truetype");' in sheet
    assert sheet.count('url("images/002-paper.png")') == 2
    [webp] = [href for href in types if href.startswith("styles/images/003-")]
    [drawn] = [href for href in types if href.startswith("styles/images/004-")]
    assert (
        f'url("{webp.removeprefix("styles/")}"); mask: url("{drawn.removeprefix("styles/")}#m")'
        in sheet
    )
    assert {href: kind for href, kind in types.items() if kind != "text/css"} == {
        "styles/fonts/001-my.ttf": "font/ttf",
        "styles/images/002-paper.png": "image/png",
        webp: "image/png",
        drawn: "image/svg+xml",
    }
    assert files["styles/fonts/001-my.ttf"] == (book / "my.ttf").read_bytes()
    assert b"script" not in files[drawn]
    assert b"onload" not in files[drawn]


def test_the_same_book_has_the_same_bytes(book: Path) -> None:
    first = built(book, EVERYTHING).files[0].path.read_bytes()
    assert built(book, EVERYTHING).files[0].path.read_bytes() == first


def test_a_theme_and_a_sheet_of_the_book_share_their_files(book: Path) -> None:
    (book / "纸" / "look.css").write_text("h1 { background: url('旧 纸.webp') }", "utf-8")
    made = built(book, "p { background: url('纸/旧 纸.webp') }", "epub.theme=纸/look.css")
    files, types = package(made)
    [shared] = [href for href in types if types[href] == "image/png"]
    wanted = f'url("{shared.removeprefix("styles/")}")'.encode()
    assert wanted in files["styles/theme.css"]
    assert wanted in files["styles/user.css"]


@pytest.mark.parametrize(
    "address",
    [
        "nothing.png",
        "../outside.png",
        "纸/../paper.png",
        "%2e%2e/outside.png",
        "/etc/hostname",
        "file:///etc/hostname",
        "http://a.cn/b.png",
        "//a.cn/b.png",
        "link.png",
        "paper.png%00",
        "a" * 999,
        "纸",
    ],
)
def test_what_is_not_in_the_book_is_refused_with_its_line(book: Path, address: str) -> None:
    (book.parent / "outside.png").write_bytes(picture())
    (book / "link.png").symlink_to(book.parent / "outside.png")
    with pytest.raises(ConfigError) as refused:
        built(book, f"p {{ margin: 0 }}\nbody {{ background: url({address}) }}")
    assert refused.value.diagnostic.code == "B061"
    assert str(refused.value.diagnostic.location) == "my.css:2"
    assert f"it asks for {address}, which is not in the book" in refused.value.message


@pytest.mark.parametrize(
    ("css", "why"),
    [
        ("p { background: url(01.txt) }", "01.txt: this image cannot be read"),
        ("@font-face { src: url(paper.png) }", "paper.png: it is no OpenType or TrueType font"),
        ("@font-face { src: url(my.woff2) }", "my.woff2: it is no OpenType or TrueType font"),
        ("@font-face { src: url(cut.ttf) }", "cut.ttf: it is no OpenType or TrueType font"),
        ("p { background: url(huge.png) }", "huge.png: it is larger than 32 MB"),
    ],
)
def test_what_no_reader_could_show_is_refused(book: Path, css: str, why: str) -> None:
    (book / "my.woff2").write_bytes(b"wOF2" + bytes(99))
    (book / "cut.ttf").write_bytes((book / "my.ttf").read_bytes()[:-400])
    with (book / "huge.png").open("wb") as huge:
        huge.truncate(32 * 1024 * 1024 + 1)
    with pytest.raises(ConfigError) as refused:
        built(book, css)
    assert refused.value.diagnostic.code == "B061"
    assert why in refused.value.message


def test_a_font_that_forbids_embedding_stays_out_and_is_told_once(book: Path) -> None:
    draw_font(book / "my.ttf", 'Not "Mine"', TEXT, licence="", fs_type=RESTRICTED)
    face = '@font-face { font-family: a; src: url(my.ttf) format("truetype") }\n'
    made = built(book, face + face)
    [told] = [found for found in made.diagnostics if found.code == "F005"]
    assert str(told).startswith('my.css:1: warning F005: Not "Mine" is not embedded')
    files, types = package(made)
    assert files["styles/user.css"].decode().count(r'src: local("Not \"Mine\"") }') == 2
    assert set(types.values()) == {"text/css"}


@pytest.mark.usefixtures("epubcheck_that_is_up")
def test_our_own_check_finds_nothing(book: Path) -> None:
    assert check_epub(built(book, EVERYTHING).files[0].path, against=None) == ()


@pytest.mark.judge
def test_validators_accept_it_and_its_font_loads(book: Path) -> None:
    made = built(book, EVERYTHING).files[0].path
    assert epubcheck([made])[made] == []
    for engine in (open_in_foliate, open_in_epubjs):
        assert engine(made).fonts == {"Mine": "loaded"}


@pytest.mark.judge
def test_validators_accept_a_sheet_whose_font_stays_out(book: Path) -> None:
    draw_font(book / "my.ttf", "Mine", TEXT, licence="", fs_type=RESTRICTED)
    made = built(book, EVERYTHING).files[0].path
    assert epubcheck([made])[made] == []


def printed(book: Path, css: str, *settings: str) -> BuildResult:
    (book / "my.css").write_text(css, "utf-8")
    (book / "book.toml").write_text('[pdf]\ncss = "my.css"\n', "utf-8")
    out = book.parent / "out"
    options = BuildOptions(formats=("pdf",), out=out, settings=settings, environment={})
    return build(book, options)


def test_a_font_beside_the_sheet_sets_the_pdf(book: Path) -> None:
    draw_font(book / "纸" / "my.ttf", "Mine", TEXT)
    css = '@font-face { font-family: Own; src: url("纸/my.ttf") }\nhtml { font-family: Own }\n'
    made = printed(book, css, "pdf.engine=press")
    assert not made.diagnostics
    with pymupdf.open(made.files[0].path) as pdf:
        names = {font[3].partition("+")[2] for page in pdf for font in page.get_fonts()}
    assert "Mine" in names


def test_what_the_sheet_names_and_is_not_there_is_said(book: Path) -> None:
    made = printed(book, "p { background: url(../secret.png) }\n", "pdf.engine=weasyprint")
    assert [found.code for found in made.diagnostics] == ["P002"]


def test_a_drawing_in_the_sheet_itself_is_made_safe(book: Path) -> None:
    data = quote(DRAWING.replace("<g", "<image href='http://a.cn/b.png'/><g"))
    files, _ = package(built(book, f'p {{ mask: url("data:image/svg+xml,{data}") }}'))
    sheet = files["styles/user.css"].decode()
    shown = b64decode(sheet.partition("base64,")[2].partition('"')[0])
    assert b'<g id="m"/>' in shown
    assert not {one for one in (b"script", b"onload", b"a.cn") if one in shown}
    # What was made safe is safe: it is let through as it is.
    safe = f'p {{ mask: url("data:image/svg+xml;base64,{b64encode(shown).decode()}") }}'
    again = package(built(book, safe))[0]["styles/user.css"].decode()
    assert b64decode(again.partition("base64,")[2].partition('"')[0]) == shown


@pytest.mark.parametrize("data", ["data:image/svg+xml,no", "data:image/svg+xml;base64,A"])
def test_a_drawing_in_the_sheet_that_is_none_is_refused(book: Path, data: str) -> None:
    with pytest.raises(ConfigError) as refused:
        built(book, f'p {{ mask: url("{data}") }}')
    assert refused.value.diagnostic.code == "B061"


def test_in_print_a_drawing_is_made_safe_and_what_is_no_picture_is_told(book: Path) -> None:
    outside = DRAWING.replace("<g", "<image href='http://a.cn/b.png'/><g")
    (book / "线.svg").write_text(outside, "utf-8")
    (book / "paper.png").write_bytes(picture()[:50])
    (book / "my.css").write_text("p { background: url(线.svg), url(paper.png) }", "utf-8")
    made = build(
        book,
        BuildOptions(
            formats=("pdf",),
            out=book.parent / "out",
            settings=("pdf.css=my.css", "pdf.engine=weasyprint"),
            environment={},
        ),
    )
    said = [one for one in made.diagnostics if one.code in {"P002", "P004"}]
    assert [one.code for one in said] == ["P004"]
    assert "css-002.png" in said[0].message
