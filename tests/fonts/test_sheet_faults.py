"""A style sheet that would break an EPUB is known by its first fault."""

import pytest

from builder.core.files import style, styles_folder
from builder.fonts import sheet_fault

SHEETS = sorted(
    path.relative_to(styles_folder()).as_posix() for path in styles_folder().rglob("*.css")
)


@pytest.mark.parametrize(
    ("sheet", "line", "reason", "what"),
    [
        ("p {\n color: red", 1, "css.open", "{"),
        ("p { margin: 0 }\n}", 2, "css.stray", "}"),
        ("p{color:red}</style><b>", 1, "css.stray", "</"),
        ('@import url("http://a.cn/x.css");', 1, "css.import", "@import"),
        (
            "\n@media x { a { background: url(http://a.cn/b.png) } }",
            2,
            "css.file",
            "http://a.cn/b.png",
        ),
        ('@font-face { src: local("a"), url("/etc/b") }', 1, "css.file", "/etc/b"),
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
        "a { color: rgb(1, 2, 3) } @supports (display: grid) { b { margin: calc(1em + 2px) } }",
    ],
)
def test_what_it_can_hold_is_left_alone(sheet: str) -> None:
    assert sheet_fault(sheet) is None


@pytest.mark.parametrize("name", SHEETS)
def test_our_own_sheets_may_be_copied_and_changed(name: str) -> None:
    assert sheet_fault(style(name)) is None
