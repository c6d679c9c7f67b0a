"""What quotations hold that the source marks: poems line by line, letters."""

from hypothesis import given
from hypothesis import strategies as st

from builder.core.book import Inline, LineBreak, Paragraph, Quote, Text, Verse
from builder.core.traversal import block_lines
from builder.structure.blocks import Built
from builder.structure.quotations import with_quotations


def quote(*paragraphs: str) -> Quote:
    """Paragraphs whose lines are parted by /."""
    return Quote(tuple(Paragraph(inlines(one)) for one in paragraphs))


def inlines(paragraph: str) -> tuple[Inline, ...]:
    found: list[Inline] = []
    for number, line in enumerate(paragraph.split("/")):
        found += [LineBreak()] if number else []
        found += [Text(line)] if line else []
    return tuple(found)


def known(some: Quote) -> Quote:
    [part] = with_quotations([Built(some, ())])
    assert isinstance(part.block, Quote)
    return part.block


def roles(some: Quote) -> list[str]:
    return [block.role if isinstance(block, Paragraph) else "" for block in some.blocks]


def test_short_lines_with_breaks_between_them_are_verse() -> None:
    made = known(quote("渡口的灯亮着，/船在水中央。", "谁把旧年的信，/放在石阶上？"))
    assert made.kind == "quotation"
    assert [type(block) for block in made.blocks] == [Verse, Verse]
    assert made.blocks[0] == Verse(((Text("渡口的灯亮着，"),), (Text("船在水中央。"),)))


def test_long_lines_speech_and_single_lines_stay_prose() -> None:
    for words in (
        "这一行实在太长，长到谁也不会把它当成一句诗来读/短。",
        "“你去哪里？”/“去对岸。”",
        "渡口的灯亮着。",
        "渡口的灯亮着，//船在水中央。",
        "/渡口的灯亮着，/船在水中央。",
    ):
        some = quote(words)
        assert known(some) == some, words


def test_a_quotation_that_salutes_and_is_signed_is_a_letter() -> None:
    made = known(quote("阿沅：", "船已经修好了，你何时回来？", "远山", "三月五日"))
    assert made.kind == "letter"
    assert roles(made) == ["salutation", "body", "signature", "signature"]
    made = known(quote("亲爱的母亲：", "我在这里一切都好，勿念。", "儿 明"))
    assert (made.kind, roles(made)) == ("letter", ["salutation", "body", "signature"])


def test_a_list_under_a_colon_and_a_speech_are_no_letters() -> None:
    for paragraphs in (
        ("注意：", "船上不许生火，也不许喧哗。", "不得有误"),
        ("他说：", "天不亮，不开船，谁来了都一样。", "三月五日"),
        ("亲爱的母亲：", "我在这里一切都好，勿念。", "只是夜里常常想起家里的灯，和灯下的您。"),
        ("阿沅：", "三月五日"),
    ):
        some = quote(*paragraphs)
        assert known(some) == some, paragraphs


@given(st.lists(st.text(st.sampled_from("渡口灯船，。：/年月日"), max_size=12), max_size=5))
def test_the_text_of_a_quotation_stays_the_same(paragraphs: list[str]) -> None:
    some = quote(*paragraphs)
    before, after = ("\n".join(block_lines(one)) for one in (some, known(some)))
    assert after == before
