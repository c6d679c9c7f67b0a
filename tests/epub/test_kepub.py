"""A Kobo finds its places by sentences, and reads the same text as everybody else."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.compose import compose
from builder.core.config import Config
from builder.core.publication import Item, Publication
from builder.epub import to_kepub, write_epub
from builder.epub.kepub import sentences
from tests.compose.sample import sample_book

NS = "{http://www.w3.org/1999/xhtml}"
PAGE = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
    '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="zh-Hans">'
    "<head><title>渡口</title></head><body>{body}</body></html>"
)


@pytest.fixture(scope="module")
def sample() -> Publication:
    return compose(sample_book(), Config(), modified="2024-01-01T00:00:00Z")


def spanned(publication: Publication, body: str) -> str:
    """The body of a page after the conversion, without the two boxes around it."""
    page = Item("a", "a.xhtml", "application/xhtml+xml", PAGE.format(body=body).encode())
    item = to_kepub(replace(publication, manifest=(page,))).manifest[0]
    found = re.search(
        r'<body><div id="book-columns"><div id="book-inner">(.*)</div></div></body>',
        item.content.decode(),
        re.DOTALL,
    )
    assert found
    return found[1]


def span(place: str, text: str) -> str:
    return f'<span class="koboSpan" id="kobo.{place}">{text}</span>'


def test_to_convert_twice_is_to_convert_once(sample: Publication) -> None:
    once = to_kepub(sample)
    assert once != sample
    assert to_kepub(once) == once


def test_every_file_keeps_its_text(sample: Publication) -> None:
    for before, after in zip(sample.manifest, to_kepub(sample).manifest, strict=True):
        if before.media_type != "application/xhtml+xml":
            assert after == before
            continue
        texts = [ET.fromstring(item.content).find(f"{NS}body") for item in (before, after)]
        one, other = ("".join(body.itertext()) for body in texts if body is not None)
        assert one == other


def test_the_numbers_of_the_spans_are_unique_and_rise(sample: Publication) -> None:
    for item in to_kepub(sample).manifest:
        found = [
            tuple(map(int, match))
            for match in re.findall(rb'id="kobo\.(\d+)\.(\d+)"', item.content)
        ]
        assert found == sorted(set(found))


def test_a_chinese_paragraph_is_parted_at_its_sentences(sample: Publication) -> None:
    body = "<p>他说：“走！”没有人动。天亮了……</p><p>风停了。</p>"
    assert spanned(sample, body) == (
        f"<p>{span('1.1', '他说：“走！”')}{span('1.2', '没有人动。')}{span('1.3', '天亮了……')}</p>"
        f"<p>{span('2.1', '风停了。')}</p>"
    )


def test_a_reading_and_signs_set_upright_are_one_piece(sample: Publication) -> None:
    markup = '<ruby>{}<rp>{}</rp><rt>{}</rt></ruby><span class="a tcy">{}</span>'
    spans = (span("1.2", "彧"), span("1.3", "("), span("1.4", "yù. hm! "), span("1.5", "!!? "))
    assert spanned(sample, f"<p>名{markup.format('彧', '(', 'yù. hm! ', '!!? ')}岁。</p>") == (
        f"<p>{span('1.1', '名')}{markup.format(*spans)}{span('1.6', '岁。')}</p>"
    )


def test_a_picture_is_a_paragraph_and_what_stays_as_it_is_has_no_spans(
    sample: Publication,
) -> None:
    picture = '<img src="a.png" alt=""/>'
    alone = "<pre>一。二。</pre><svg><text>三。</text></svg>"
    assert spanned(sample, f"<div>甲。{picture}乙。</div>{alone}") == (
        f"<div>{span('0.1', '甲。')}{span('1.1', picture)}{span('1.2', '乙。')}</div>{alone}"
    )


def test_white_space_is_wrapped_only_in_paragraphs(sample: Publication) -> None:
    body = "<div> <p> <em>甲</em></p>\n<p></p> </div>"
    assert spanned(sample, body) == (
        f"<div> <p>{span('1.1', ' ')}<em>{span('1.2', '甲')}</em></p>\n<p></p> </div>"
    )


def test_notes_of_the_maker_are_left_out_and_words_around_them_stay(sample: Publication) -> None:
    assert spanned(sample, "<p>甲<!-- 旁白 -->乙</p>") == f"<p>{span('1.1', '甲乙')}</p>"


def test_a_page_without_a_head_is_left_alone(sample: Publication) -> None:
    bare = b'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>\xe7\x94\xb2</p></body></html>'
    page = Item("a", "a.xhtml", "application/xhtml+xml", bare)
    assert to_kepub(replace(sample, manifest=(page,))).manifest == (page,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("一句", ["一句"]),
        ("“走！”他说。　好", ["“走！”", "他说。　", "好"]),
        ("Run! Now. 3.14 is a.m.x", ["Run! ", "Now. ", "3.14 is a.m.x"]),
        ("真的？！……（是。）嗯；", ["真的？！……", "（是。）", "嗯；"]),
    ],
)
def test_sentences_end_where_chinese_and_english_ones_do(text: str, expected: list[str]) -> None:
    assert list(sentences(text)) == expected


@given(st.text("甲。！…”） a.!\n", max_size=60))
def test_sentences_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text
    assert all(sentences(text))


def test_the_file_is_the_same_every_time(sample: Publication) -> None:
    assert write_epub(to_kepub(sample)) == write_epub(to_kepub(sample))
