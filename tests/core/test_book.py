"""The book's folds: what counts as its text, and in which order."""

from builder.core import book as b
from builder.core import traversal as t
from builder.core.book import Book, Metadata, Section, Text


def prose(text: str) -> b.Paragraph:
    return b.Paragraph((Text(text),))


def full_section() -> Section:
    return Section(
        "chapter",
        1,
        "第一章",
        "夜渡",
        (
            b.Paragraph(
                (
                    Text("他"),
                    b.Emphasis((Text("真的"),)),
                    b.Ruby("𠮷", "jí"),
                    b.NoteRef("n1"),
                    b.Link("https://example.org", (Text("看"),)),
                    b.LineBreak(),
                    b.Image("a.png", "船"),
                    Text("了。"),
                )
            ),
            b.Verse(((Text("水上有灯"),), (Text("灯下有人"),))),
            b.Quote((prose("见字如面："),), "letter"),
            b.ListBlock(((prose("甲"),), (prose("乙"),))),
            b.Table((((Text("一"),), (Text("二"),)),)),
            b.Figure(b.Image("a.png"), (Text("图注"),)),
            b.Figure(b.Image("a.png")),
            b.Break(),
            b.Raw("x = 1\ny"),
            b.Heading((Text("小题"),)),
        ),
        (Section("subchapter", 1, "", "一", (prose("内文"),)),),
        id="c1",
    )


def full_book() -> Book:
    return Book(
        Metadata("渡口", "zh-Hans"),
        front=(Section("preface", None, "序", "", (prose("序文"),), id="p"),),
        body=(full_section(),),
        back=(Section("afterword", None, "", "", (prose("后文"),), id="a"),),
        notes=(b.Note("n1", (prose("古字。"),)),),
    )


def test_the_projection_is_the_text_in_reading_order() -> None:
    lines = (
        "序 序文 第一章\u3000夜渡 他真的𠮷jí看 了。 水上有灯 灯下有人 见字如面： "
        "甲 乙 一 二 图注 x_=_1 y 小题 一 内文 后文 古字。"
    )
    assert t.project(full_book()).replace(" ", "_").split("\n") == lines.split(" ")


def test_readings_can_be_left_out() -> None:
    assert "他真的𠮷看" in t.project(full_book(), readings=False)


def test_sections_are_walked_with_their_depth() -> None:
    walked = [(depth, section.heading) for depth, section in t.walk(full_book().sections)]
    assert walked == [(0, "序"), (0, "第一章\u3000夜渡"), (1, "一"), (0, "")]


def test_rewriting_visits_every_run_of_text_in_order_of_the_projection() -> None:
    seen: list[str] = []

    def note(text: str) -> str:
        seen.append(text)
        return text.replace("灯", "燈")

    changed = t.rewrite_section(full_section(), note)
    assert seen[:6] == ["第一章", "夜渡", "他", "真的", "𠮷", "jí"]
    lines = "\n".join(t.section_lines(changed))
    assert "水上有燈" in lines
    assert "灯" not in lines
    assert changed.children[0].blocks == full_section().children[0].blocks


def test_rewriting_with_nothing_changes_nothing() -> None:
    assert t.rewrite_section(full_section(), lambda text: text) == full_section()
