"""A style sheet that would break an EPUB is known by its first fault."""

import pytest

from builder.core.files import style, styles_folder
from builder.fonts import NamedFile, sheet_fault, with_files

SHEETS = sorted(
    path.relative_to(styles_folder()).as_posix() for path in styles_folder().rglob("*.css")
)


@pytest.mark.parametrize(
    ("sheet", "line", "reason", "what"),
    [
        ("p {\n color: red", 1, "css.open", "{"),
        ("p { margin: 0 }\n}", 2, "css.stray", "}"),
        ("p{\n margin:0'}", 2, "css.broken", "EOF in string"),
        ("p{color:red}\np{direction:rtl}", 2, "css.direction", "direction"),
        ("p{color:red}</style><b>", 1, "css.stray", "</"),
        ('@import url("http://a.cn/x.css");', 1, "css.import", "@import"),
        ('\na { background: url("a" b) }', 2, "css.broken", "url("),
        ("a { background: \\75rl(a) }", 1, "css.broken", "url("),
        ('p{a:b}\np{background:image-set("a.png" 1x)}', 2, "css.string", "a.png"),
        ('p { background: -webkit-image-set("//a.cn/b" 1x) }', 1, "css.string", "//a.cn/b"),
        ('p { --a: "a.png"; background: image-set(var(--a) 1x) }', 1, "css.string", "var(…)"),
        ('@page { @top-left { content: src("a.png") } }', 1, "css.string", "a.png"),
        ('p { --a: [image("a.png")] }', 1, "css.string", "a.png"),
        (
            "p { margin: 0 }\nq",
            2,
            "css.broken",
            "EOF reached before {} block for a qualified rule.",
        ),
    ],
)
def test_what_an_epub_cannot_hold_is_found(sheet: str, line: int, reason: str, what: str) -> None:
    fault = sheet_fault(sheet)
    assert fault
    assert (fault.line, fault.reason, fault.what) == (line, reason, what)


@pytest.mark.parametrize(
    "sheet",
    [
        "",
        "/* { url(a) */ p::after { content: '}</' }",
        '@namespace epub url("http://www.idpf.org/2007/ops");',
        "p { background: url(data:image/png;base64,AA); clip-path: url(#a) }",
        "@font-face { src: local(a) } @layer a; p { margin: 0; /* b */ } q { }",
        "@keyframes a { from { top: 0 } to { top: 1em } }",
        "a { background: linear-gradient(red, blue) } p::before { content: attr(title) 'a.png' }",
        "a { color: rgb(1, 2, 3) } @supports (display: grid) { b { margin: calc(1em + 2px) } }",
    ],
)
def test_what_it_can_hold_is_left_alone(sheet: str) -> None:
    assert sheet_fault(sheet) is None


@pytest.mark.parametrize("name", SHEETS)
def test_our_own_sheets_may_be_copied_and_changed(name: str) -> None:
    assert sheet_fault(style(name)) is None


@pytest.mark.parametrize(
    ("sheet", "files"),
    [
        (
            "\n@media x { a { background: image-set(url(http://a.cn/b.png) 1x) } }",
            [NamedFile(2, "http://a.cn/b.png", is_font=False)],
        ),
        (
            """@font-face { src: local("a"), url( '/etc/b' ) format("woff") }""",
            [NamedFile(1, "/etc/b", is_font=True, hints=' format("woff")')],
        ),
        (
            "a { mask: url(a\\29.svg#m), URL(纸\\ b.png) }",
            [NamedFile(1, "a).svg#m", is_font=False), NamedFile(1, "纸 b.png", is_font=False)],
        ),
    ],
)
def test_what_a_sheet_names_is_told(sheet: str, files: list[NamedFile]) -> None:
    named: list[NamedFile] = []

    def put(file: NamedFile) -> str:
        named.append(file)
        return "here"

    assert sheet_fault(sheet) is None
    with_files(sheet, put)
    assert named == files


def test_only_addresses_change() -> None:
    sheet = (
        "/* url(a) */\r\n@namespace url(x);\fp{background:url(a.png)no-repeat;content:'url(b)'}"
        "\n@font-face{src:url(b.ttf) format('truetype'),local(c)}"
    )
    assert with_files(sheet, lambda file: f"<{file.address}>") == (
        "/* url(a) */\n@namespace url(x);\np{background:<a.png>no-repeat;content:'url(b)'}"
        "\n@font-face{src:<b.ttf>,local(c)}"
    )


def test_a_sheet_that_names_nothing_stays_to_the_character() -> None:
    sheet = "p { margin: 0 }\r\n\fq { background: url(data:image/png;base64,AA) }"
    assert with_files(sheet, lambda file: file.address) == sheet
