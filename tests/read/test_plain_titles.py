"""Headings lose readings and the marks of notes; nothing of either is lost without a rule."""

from builder.core.ledger import Edit, Layer, check_order, replay
from builder.core.manuscript import MarkKind
from builder.read.html_reader import read_html
from builder.read.passes import Passed
from builder.read.plain_titles import with_plain_titles

from .conftest import ReadFiles

NOTED = '<a epub:type="noteref" href="#n{0}">[{0}]</a>'
ASIDE = '<aside epub:type="footnote" id="n{0}">渡口旧名。</aside>'
RUBY = "<ruby>彧<rp>（</rp><rt>yù</rt><rp>）</rp></ruby>"


def plain(body: str, *, wanted: frozenset[str] = frozenset()) -> Passed:
    """The body with plain headings, the edits proved exact."""
    source = f"<html><head></head><body>{body}</body></html>"
    marked = read_html(source, lambda _name, _at: "", is_page=True, wanted=wanted)
    passed = with_plain_titles(marked)
    edits = [Edit(rule, at, at + len(old), old, new) for rule, at, old, new in passed.edits]
    layer = Layer.of("read", edits)
    check_order(layer)
    assert replay(marked.text, layer) == passed.text
    return passed


def said(passed: Passed, kind: MarkKind) -> list[str]:
    return [passed.text[one.start : one.end] for one in passed.marks if one.kind is kind]


def test_a_heading_loses_readings_and_its_notes_go_to_the_paragraph_below() -> None:
    passed = plain(
        f"<h1>第一章 {RUBY}与<em>灯</em>{NOTED.format(1)}</h1>"
        f"<p>船来了，{RUBY}没有来。</p><p>岸在远处。</p>{ASIDE.format(1)}"
    )
    assert said(passed, MarkKind.HEADING) == ["第一章 彧与灯"]
    assert said(passed, MarkKind.NOTE_REF) == ["[1]"]
    assert said(passed, MarkKind.READING) == ["yù"]
    assert passed.text.split("\n\n")[1:3] == ["船来了，彧yù没有来。[1]", "岸在远处。"]
    assert [rule for rule, *_ in passed.edits] == ["R134", "R135", "R135"]


def test_notes_of_two_headings_share_the_first_whole_paragraph() -> None:
    passed = plain(
        f"<h1>第一卷{NOTED.format(1)} 水</h1><h2>第一章 渡口{NOTED.format(2)}</h2><hr/>"
        "<table><tr><td>初一</td></tr></table><p>船来了，<br/>天黑了。</p><p>岸在远处。</p>"
        f"{ASIDE.format(1)}{ASIDE.format(2)}"
    )
    assert said(passed, MarkKind.HEADING) == ["第一卷 水", "第一章 渡口"]
    assert said(passed, MarkKind.NOTE_REF) == ["[1]", "[2]"]
    assert "天黑了。[1][2]\n\n岸在远处。" in passed.text


def test_a_mark_without_a_paragraph_or_without_a_title_stays() -> None:
    for body in (f"<h1>渡口{NOTED.format(1)}</h1>", f"<h1>{NOTED.format(1)}</h1><p>船来了。</p>"):
        passed = plain(body + ASIDE.format(1))
        assert said(passed, MarkKind.NOTE_REF) == ["[1]"]
        assert passed.edits == ()


def test_places_behind_a_heading_move_along() -> None:
    passed = plain(
        f"<h1>{RUBY}</h1><p>船来了。</p><p id='bank'>岸在远处。</p>", wanted=frozenset({"bank"})
    )
    assert [passed.text[at : at + 2] for _, at in passed.anchors] == ["岸在"]
    assert [at for _, at in passed.anchors] == [
        mark.start for mark in passed.marks if mark.kind is MarkKind.ANCHOR and "bank" in mark.value
    ]


def test_titles_in_markdown_are_plain_too(read_files: ReadFiles) -> None:
    source = "# 第一章 <ruby>彧<rt>yù</rt></ruby>与灯[^1]\n\n船来了。\n\n[^1]: 渡口旧名。\n"
    manuscript = read_files({"1.md": source}).manuscript
    assert manuscript.text.startswith("第一章 彧与灯\n\n船来了。[^1]\n")
    assert {"R134", "R135"} <= {rule for layer in manuscript.layers for rule in layer.rules}
