"""What docs/pdf.md promises about style sheets holds."""

import re
from pathlib import Path

from tests.press.test_demands import said
from tests.press.test_framing import frame_of

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "pdf.md").read_text("utf-8")


def test_the_example_is_followed_to_the_letter() -> None:
    [css] = re.findall(r"```css\n(.*?)```", PAGE, re.DOTALL)
    css = css.replace('@font-face { font-family: Mine; src: url("fonts/mine.otf") }\n', "")
    assert said(css) == ()
    frame = frame_of(css)
    assert (frame.base.text.size, frame.base.leading) == (11.0, 19.0)
    assert frame.base.text.face.families[0] == "Mine"
    assert frame.break_words == "※"
    assert frame.pages["text", "verso", False].furniture[-1].content == (("folio", "cjk-decimal"),)


def test_every_name_in_the_table_means_something() -> None:
    """A rule for it is seen in the frame, or WeasyPrint sets what it names."""
    table = PAGE.partition("| how to name it |")[2].partition("\n\n")[0]
    names = re.findall(r"`((?:[a-z-]+)?\.[a-z0-9-]+|[a-z-]+)`", table)
    assert {".heading", "hr.break", "book-note", ".letter", "rt", ".level-1"} <= set(names)
    plain = frame_of()
    seen = {
        name
        for name in names
        if frame_of(f"{name} {{ color: #fedcba; margin-right: 7pt }}") != plain
    }
    set_elsewhere = {".cover", ".title-page", ".colophon", "table", "figure"}
    absent = {".back", ".quotation"}  # from this book
    assert set(names) - seen == set_elsewhere | absent | {"opener"}
