"""Chapters too long for one file: cut where it shows least, and nothing else is changed."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.compose import compose
from builder.compose.placement import place
from builder.compose.sentences import cut_inlines
from builder.compose.splitting import MAX_BYTES, split, whole
from builder.core.book import (
    Block,
    Book,
    Break,
    Code,
    Emphasis,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Note,
    NoteRef,
    Paragraph,
    Quote,
    Raw,
    Ruby,
    Section,
    Text,
    Verse,
)
from builder.core.config import Config
from builder.core.page_starts import visible
from builder.core.publication import Publication
from builder.core.traversal import block_lines, inline_text, walk
from tests.compose.books import (
    XHTML,
    chapter,
    document,
    lines_of,
    runs,
    text_documents,
    with_body,
    within,
)
from tests.compose.sample import prose

SENTENCES = "渡口的灯亮了一夜。船家说：“天不亮，不开船。”客人只好坐在石阶上，数对岸的鸡叫……"
PLAIN = prose(SENTENCES * 4)  # half a kilobyte
MAX_FILE = 250_000


def composed(book: Book) -> Publication:
    return compose(book, Config(), modified="2024-02-29T12:00:00Z")


def sizes(publication: Publication) -> dict[str, int]:
    return {
        item.href: len(item.content) for item in publication.manifest if item.id.startswith("text-")
    }


def long_chapter(*blocks: Block, count: int = 500) -> Section:
    return chapter("长夜", *[PLAIN] * count, *blocks, id="c1")


def test_a_chapter_that_fits_is_one_file() -> None:
    assert list(sizes(composed(with_body(long_chapter(count=100))))) == ["text/c1.xhtml"]


def test_a_long_chapter_becomes_files_of_like_size_named_after_the_first() -> None:
    made = sizes(composed(with_body(long_chapter(count=1250), chapter("后", id="c2"))))
    assert list(made) == ["text/c1.xhtml", "text/c1-2.xhtml", "text/c1-3.xhtml", "text/c2.xhtml"]
    parts = list(made.values())[:3]
    assert max(parts) < MAX_FILE
    assert max(parts) < 1.1 * min(parts)


def test_the_parts_of_a_chapter_move_no_other_file() -> None:
    short, long = long_chapter(count=10), long_chapter(count=600)
    neighbour = chapter("又一章", prose("船来了。"), id="c1-2")
    before = sizes(composed(with_body(short, neighbour)))
    after = sizes(composed(with_body(long, neighbour)))
    assert set(before) < set(after)
    assert before["text/c1-2.xhtml"] == after["text/c1-2.xhtml"]
    assert set(after) - set(before) == {"text/c1-2-2.xhtml"}


def test_a_later_part_has_no_heading_no_id_and_no_role_of_a_chapter() -> None:
    publication = composed(with_body(long_chapter()))
    root = document(publication, "text/c1-2.xhtml")
    section = root.find(f"{XHTML}body/{XHTML}section")
    assert section is not None
    assert dict(section.items()) == {"class": "chapter continued"}
    assert [child.tag for child in section][:1] == [f"{XHTML}p"]
    assert root.findtext(f"{XHTML}head/{XHTML}title") == "长夜"
    assert [point.href for point in publication.contents] == ["text/c1.xhtml"]


def test_a_part_ends_at_a_scene_break_that_is_near() -> None:
    blocks: list[Block] = [PLAIN] * 500
    blocks[230] = Break()
    first = split(chapter("夜", *blocks, id="c1"), lambda _: 510)[0]
    assert len(first.section.blocks) == 231


def test_a_part_does_not_end_with_a_heading() -> None:
    blocks: list[Block] = [PLAIN] * 500
    blocks[247:249] = [Heading((Text("渡口的人"),)), Heading((Text("船家"),))]
    parts = split(chapter("夜", *blocks, id="c1"), lambda _: 500)
    assert len(parts[0].section.blocks) == 247


def test_a_part_ends_before_a_subchapter_when_it_is_full_enough() -> None:
    sections = [
        chapter(f"第{n}节", *[PLAIN] * 300, role="subchapter", id=f"s{n}") for n in range(1, 5)
    ]
    book = with_body(within(chapter("长夜", id="c1"), *sections))
    _, placement = place(book)
    assert [[one.id for one in it.sections if one.id not in it.part.continued] for it in
            placement.documents] == [["c1", "s1"], ["s2"], ["s3"], ["s4"]]  # fmt: skip
    assert placement.sections["s3"] == "text/c1-3.xhtml#s3"
    targets = {point.href for point in composed(book).contents[0].children}
    assert targets == {"text/c1.xhtml#s1", "text/c1-2.xhtml#s2", "text/c1-3.xhtml#s3",
                       "text/c1-4.xhtml#s4"}  # fmt: skip


def test_a_long_subchapter_is_cut_itself() -> None:
    inner = chapter("节", *[PLAIN] * 900, role="subchapter", id="s1")
    after = chapter("尾", PLAIN, role="subchapter", id="s2")
    _, placement = place(with_body(within(chapter("长夜", PLAIN, id="c1"), inner, after)))
    last = placement.documents[-1]
    assert last.part.continued == {"c1", "s1"}
    assert placement.sections["s2"] == f"{last.href}#s2"


def test_a_note_stands_in_the_file_that_mentions_it_first() -> None:
    mention = Paragraph((Text("船家姓沈"), NoteRef("n1"), Text("。")))
    book = replace(
        with_body(long_chapter(mention, mention)), notes=(Note("n1", (prose("沈七。"),)),)
    )
    publication = composed(book)
    assert b"note-n1" not in document_bytes(publication, "text/c1.xhtml")
    assert b'<li class="duokan-footnote-item" id="note-n1"' in document_bytes(
        publication, "text/c1-2.xhtml"
    )


def test_a_long_note_counts_with_its_mention() -> None:
    mention = Paragraph((Text("船家姓沈"), NoteRef("n1"), Text("。")))
    book = with_body(chapter("夜", *[PLAIN] * 150, mention, *[PLAIN] * 150, id="c1"))
    short = replace(book, notes=(Note("n1", (PLAIN,)),))
    noted = replace(book, notes=(Note("n1", tuple([PLAIN] * 250)),))
    assert len(sizes(composed(short))) == 1
    assert len(sizes(composed(noted))) == 2
    assert max(sizes(composed(noted)).values()) < MAX_FILE


def test_a_note_mentioned_often_in_a_paragraph_counts_once() -> None:
    """It stands in the file once; counted with each mention it would fill a dozen of them."""
    often = Paragraph((Text("船家姓沈"), *[NoteRef("n1")] * 300))
    book = with_body(chapter("夜", often, PLAIN, id="c1"))
    noted = replace(book, notes=(Note("n1", tuple([PLAIN] * 50)),))
    assert len(sizes(composed(noted))) == 1


def test_notes_that_no_text_mentions_fill_several_files() -> None:
    lost = tuple(Note(f"n{number}", (PLAIN,)) for number in range(900))
    book = replace(with_body(chapter("夜", id="c1"), chapter("后", id="notes-2")), notes=lost)
    made = sizes(composed(book))
    assert list(made)[:4] == [
        "text/c1.xhtml", "text/notes-2.xhtml", "text/notes.xhtml", "text/notes-2-2.xhtml",
    ]  # fmt: skip
    assert max(made.values()) < MAX_FILE
    publication = composed(book)
    assert [point.href for point in publication.contents][-1] == "text/notes.xhtml"
    texts = [document(publication, href) for href in list(made)[2:]]
    assert [len(root.findall(f".//{XHTML}h1")) for root in texts] == [1] + [0] * (len(texts) - 1)
    numbers = [one.text for root in texts for one in root.iter(f"{XHTML}span")]
    assert numbers == [f"[{number}]" for number in range(1, 901)]


def document_bytes(publication: Publication, href: str) -> bytes:
    return next(item.content for item in publication.manifest if item.href == href)


def test_a_volume_with_a_long_text_of_its_own_keeps_its_chapters_where_they_are() -> None:
    volume = within(
        Section("volume", 1, "第一卷", "水", tuple([PLAIN] * 600), id="v1"),
        chapter("一", PLAIN, id="c1"),
    )
    made = sizes(composed(with_body(volume)))
    assert list(made) == ["text/v1.xhtml", "text/v1-2.xhtml", "text/c1.xhtml"]


# --- a block that is too long by itself -----------------------------------------------------


def test_a_huge_paragraph_is_cut_at_the_end_of_a_sentence_and_goes_on_without_indent() -> None:
    publication = composed(with_body(chapter("墙", prose(SENTENCES * 3000), id="c1")))
    assert max(sizes(publication).values()) < MAX_FILE
    texts = []
    for number, root in enumerate(text_documents(publication)):
        paragraph = root.find(f".//{XHTML}p")
        assert paragraph is not None
        assert paragraph.get("class") == ("continued" if number else None)
        assert (paragraph.text or "").endswith(("。", "。”", "……"))
        texts.append(paragraph.text or "")
    assert "".join(texts) == SENTENCES * 3000


def test_only_the_rest_of_a_paragraph_is_without_indent() -> None:
    blocks = (PLAIN, prose(SENTENCES * 6000), PLAIN)
    publication = composed(with_body(chapter("墙", *blocks, id="c1")))
    classes = [
        [p.get("class") for p in root.iter(f"{XHTML}p")] for root in text_documents(publication)
    ]
    assert classes[0] == [None, None]
    assert {tuple(some) for some in classes[1:-1]} == {("continued",)}
    assert classes[-1] == ["continued", None]


@pytest.mark.parametrize(
    ("text", "share", "head"),
    [
        ("灯亮了。船来了。人走了。", 0.75, "灯亮了。船来了。"),
        ("他说：“走吧。”船就开了，再没有回来。", 0.6, "他说：“走吧。”"),
        ("他不知道……也不想问", 0.65, "他不知道……"),
        ("他不知道……也不想问", 0.51, "他不知"),
        ("没有句号只有逗号，一直说下去一直说", 0.7, "没有句号只有逗号，"),
        ("没有标点的一大段文字就这样写下去", 0.5, "没有标点的一大段"),
        ("e\N{COMBINING ACUTE ACCENT}" * 4, 0.63, "e\N{COMBINING ACUTE ACCENT}" * 2),
        ("Pi is 3.14. It is so.", 0.6, "Pi is 3.14."),
        ("一", 0.5, ""),
    ],
)
def test_where_a_paragraph_is_cut(text: str, share: float, head: str) -> None:
    first, second = cut_inlines((Text(text),), share)
    assert inline_text(first) == head
    assert inline_text(first + second) == text


def test_a_cut_leaves_ruby_code_and_pictures_whole_and_marks_with_what_they_mark() -> None:
    whole_ones: tuple[Inline, ...] = (Ruby("渡口", "dùkǒu"), Code("x = 12345"), Image("a.png"))
    for inline in whole_ones:
        first, second = cut_inlines((Text("灯"), inline, Text("亮")), 0.5)
        assert inline in first + second
    marked = (Text("灯亮了。"), NoteRef("n1"), Text("船来了。"))
    assert cut_inlines(marked, 0.55) == ((Text("灯亮了。"), NoteRef("n1")), (Text("船来了。"),))


def test_a_cut_inside_emphasis_and_links_makes_two_of_them() -> None:
    inner = (Text("灯亮了。船来了。"),)
    for inline in (Emphasis(inner, strong=True), Link("#c2", inner)):
        first, second = cut_inlines((inline,), 0.6)
        assert first == (replace(inline, children=(Text("灯亮了。"),)),)
        assert second == (replace(inline, children=(Text("船来了。"),)),)


@given(runs, st.floats(0, 1))
def test_a_cut_keeps_every_character_mark_and_picture_in_order(
    some: tuple[Inline, ...], share: float
) -> None:
    first, second = cut_inlines(some, share)
    assert inline_text(first + second) == inline_text(some)
    assert leaves(first + second) == leaves(some)
    assert len(inline_text(first, readings=False)) <= share * len(inline_text(some, readings=False))


def leaves(some: tuple[Inline, ...]) -> list[Inline]:
    found: list[Inline] = []
    for inline in some:
        match inline:
            case Emphasis(children) | Link(_, children):
                found += leaves(children)
            case Ruby() | NoteRef() | Image() | LineBreak() | Code():
                found.append(inline)
            case Text():
                pass
    return found


VERSE = tuple((Text(f"灯前第{n}句，"),) if n % 5 else () for n in range(1, 9000))


@pytest.mark.parametrize(
    "block",
    [
        Verse(VERSE),
        Quote(tuple([PLAIN] * 600), "letter"),
        Quote((prose(SENTENCES * 3000),)),
        Quote((Quote(tuple([PLAIN] * 600)),)),
        ListBlock(tuple((PLAIN,) for _ in range(600)), is_ordered=True, start=3),
    ],
    ids=["verse", "letter", "quoted wall", "quotation in a quotation", "list"],
)
def test_a_long_block_of_any_kind_is_cut_and_says_the_same(block: Block) -> None:
    publication = composed(with_body(chapter("夜", block, id="c1")))
    assert len(sizes(publication)) > 1
    assert max(sizes(publication).values()) < MAX_FILE
    lines = [line for root in text_documents(publication) for line in lines_of(root)]
    assert "".join(lines) == "".join(("夜", *block_lines(block)))


def test_a_verse_is_cut_between_stanzas() -> None:
    parts = split(chapter("诗", Verse(VERSE), id="c1"), lambda _: 400_000)
    verse: Any = parts[0].section.blocks[0]
    assert verse.lines[-1] == ()


def test_a_list_goes_on_counting() -> None:
    block = ListBlock(tuple((PLAIN,) for _ in range(600)), is_ordered=True, start=3)
    publication = composed(with_body(chapter("夜", block, id="c1")))
    starts = [root.find(f".//{XHTML}ol") for root in text_documents(publication)]
    items = [len(root.findall(f".//{XHTML}li")) for root in text_documents(publication)]
    assert [one.get("start") for one in starts if one is not None] == ["3", str(3 + items[0])]


def test_what_cannot_be_cut_stays_whole() -> None:
    raw = Raw("船  价\n" * 30_000)
    publication = composed(with_body(chapter("表", PLAIN, raw, PLAIN, id="c1")))
    assert list(sizes(publication)) == ["text/c1.xhtml", "text/c1-2.xhtml", "text/c1-3.xhtml"]
    assert list(sizes(composed(with_body(chapter("表", raw, id="c1"))))) == ["text/c1.xhtml"]


@pytest.mark.parametrize(
    "block",
    [
        Paragraph((Code("x = 1\n" * 60_000),)),
        Verse(((Text("江" * 100_000),),)),
        ListBlock(((PLAIN,) * 800,)),
        Quote((Raw("船  价\n" * 30_000),)),
    ],
    ids=["code", "one line", "one item", "quoted table"],
)
def test_a_block_with_no_place_for_a_cut_has_a_file_to_itself(block: Block) -> None:
    made = sizes(composed(with_body(chapter("表", PLAIN, block, PLAIN, id="c1"))))
    assert list(made) == ["text/c1.xhtml", "text/c1-2.xhtml", "text/c1-3.xhtml"]


def test_a_subchapter_with_no_place_for_a_cut_has_a_file_to_itself() -> None:
    raw = Raw("船  价\n" * 30_000)
    inner = chapter("节", raw, role="subchapter", id="s1")
    _, placement = place(with_body(within(chapter("长夜", PLAIN, id="c1"), inner)))
    assert [placement.sections[one] for one in ("c1", "s1")] == [
        "text/c1.xhtml",
        "text/c1-2.xhtml#s1",
    ]


# --- laws -----------------------------------------------------------------------------------


blocks_of_a_size = st.lists(
    st.one_of(
        st.integers(1, 60).map(lambda n: prose(SENTENCES * n)),
        st.integers(50, 1500).map(lambda n: prose(SENTENCES * n)),
        st.just(Break()),
        st.just(Heading((Text("渡口"),))),
        st.lists(st.integers(1, 900).map(lambda n: prose(SENTENCES * n)), max_size=4).map(
            lambda some: Quote(tuple(some))
        ),
    ),
    max_size=8,
).map(tuple)


def cost(block: Block) -> int:
    return 20 + 3 * sum(map(len, block_lines(block)))


@settings(max_examples=60, deadline=None)
@given(blocks_of_a_size, st.lists(blocks_of_a_size, max_size=3))
def test_the_parts_together_are_the_section(
    own: tuple[Block, ...], inner: list[tuple[Block, ...]]
) -> None:
    children = tuple(
        chapter(f"节{n}", *some, role="subchapter", id=f"s{n}") for n, some in enumerate(inner)
    )
    section = within(chapter("长夜", *own, id="c1"), *children)
    parts = split(section, cost)
    texts: dict[str, str] = {}
    order: list[str] = []
    for part in parts:
        for _, one in walk((part.section,)):
            is_new = one.id not in part.continued
            assert is_new == (one.id not in order)
            if is_new:
                order.append(one.id)
            lines = (line for block in one.blocks for line in block_lines(block))
            texts[one.id] = texts.get(one.id, "") + "".join(lines)
    wanted = {
        one.id: "".join(line for block in one.blocks for line in block_lines(block))
        for _, one in walk((section,))
    }
    assert order == list(wanted)
    assert texts == wanted
    assert all(weight(part.section) <= MAX_BYTES + 1_500 * 4 for part in parts)


def weight(section: Section) -> int:
    return sum(cost(block) for _, one in walk((section,)) for block in one.blocks)


@settings(max_examples=60, deadline=None)
@given(blocks_of_a_size)
def test_the_start_of_a_part_tells_its_place_in_the_whole_section(own: tuple[Block, ...]) -> None:
    section = chapter("长夜", *own, id="c1")
    for part in split(section, cost)[1:]:
        before = [line for block in own[: part.start.block] for line in block_lines(block)]
        here = visible("".join(block_lines(own[part.start.block])))
        rest = [line for block in own[part.start.block + 1 :] for line in block_lines(block)]
        tail = here[part.start.characters :] + visible("".join(rest))
        found = visible("".join(line for b in part.section.blocks for line in block_lines(b)))
        assert tail.startswith(found)
        assert len(visible("".join(before))) + part.start.characters > 0


def test_a_section_that_fits_is_whole() -> None:
    section = chapter("短", PLAIN, id="c1")
    assert split(section, cost) == (whole(section),)
