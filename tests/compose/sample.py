"""A small book that uses every block, every inline and every piece of metadata once."""

from dataclasses import replace
from io import BytesIO

from PIL import Image as Picture

from builder.core.book import (
    Asset,
    Block,
    Book,
    Break,
    Creator,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Metadata,
    Note,
    NoteRef,
    Paragraph,
    Quote,
    Raw,
    Ruby,
    Section,
    Series,
    Table,
    Text,
    Verse,
)

SVG = b"""<?xml version="1.0" encoding="utf-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10" viewBox="0 0 40 20">
<path d="M0 10h40" stroke="gray"/></svg>
"""


def picture(file_type: str = "PNG", size: tuple[int, int] = (60, 40)) -> bytes:
    content = BytesIO()
    Picture.new("RGB", size, (70, 110, 90)).save(content, file_type)
    return content.getvalue()


def text(words: str) -> tuple[Inline, ...]:
    return (Text(words),)


def prose(words: str) -> Paragraph:
    return Paragraph(text(words))


def every_block() -> tuple[Block, ...]:
    return (
        prose("渡口的灯亮了一夜。船家说：“天不亮，不开船。”"),
        Paragraph(
            (
                Text("他把“"),
                Emphasis(text("不可")),
                Text("”二字写得极重，又添了"),
                Emphasis((Text("一个"), Emphasis(text("名字"), strong=True)), strong=True),
                Text("，"),
                Ruby("彧", "yù"),
                Text("，旁人都不认得"),
                NoteRef("n1"),
                Text("。见"),
                Link("https://example.org/渡口?a=1&b=100%", text("渡口志")),
                Text("，也见"),
                Link("#ch2", (Text("下一章"), NoteRef("n2"))),
                Text("和"),
                Link("#ch3", text("后来的事")),
                Text("。"),
                LineBreak(),
                Text("再没有"),
                Image("seal.svg", "一方印"),
                Text("别的话 & <记号>。"),
            )
        ),
        Heading(text("渡口的人"), 1),
        Verse(
            (
                text("江上风来晚，"),
                text("灯前客到迟。"),
                (),
                text("一篙秋水外，"),
                text("无处问归期。"),
            )
        ),
        Break(),
        Quote((prose("凡渡者，先问水，后问天。"),)),
        Quote(
            (
                Paragraph(text("阿舟如晤："), "salutation"),
                prose("信到时，河面该已封冻。"),
                Paragraph(text("沈七 手书"), "signature"),
            ),
            "letter",
        ),
        ListBlock(((prose("竹篙一根"),), (prose("旧船一条"), prose("船底补过三回")))),
        ListBlock(((prose("先量水"),), (prose("再撑船"),)), is_ordered=True, start=3),
        Table(
            (
                (text("日期"), text("渡客")),
                (text("初一"), text("12 人")),
                (text("初二"), (Text("7 人"), NoteRef("n1"))),
            ),
            1,
        ),
        Figure(Image("ferry.png", "渡口的旧照"), text("图一　渡口，民国廿三年")),
        Raw("船  价\n  大人  2 文\n  小孩  1 文"),
    )


def sample_book(language: str = "zh-Hans") -> Book:
    is_hant = "Hant" in language
    chapter = Section(
        "chapter", 1, "第一章", "渡口" if not is_hant else "渡口夜話", every_block(), id="ch1"
    )
    second = Section(
        "chapter",
        2,
        "第二章",
        "风雪" if not is_hant else "風雪",
        (prose("雪下了三天。"), Paragraph((Text("没有人来"), NoteRef("n2"), Text("。")))),
        (
            Section("subchapter", 1, "一", "", (prose("头一天，狗也不叫。"),), id="ch2-1"),
            Section("subchapter", 2, "二", "", (prose("第二天，门推不开。"),), id="ch2-2"),
        ),
        id="ch2",
    )
    third = Section("chapter", 3, "第三章", "", (prose("后来的事，渡口的人都知道。"),), id="ch3")
    return Book(
        metadata=Metadata(
            title="渡口 & <灯>",
            language=language,
            subtitle="一个冬天的故事",
            creators=(
                Creator("林未晚", "aut", "lin wei wan"),
                Creator("周渡", "ill"),
                Creator("A. B. Carr", "trl"),
            ),
            isbn="978-7-5321-0000-8",
            publisher="河岸书局",
            date="2024-02-29",
            rights="版权所有",
            series=Series("四季渡", 4),
            description="渡口、风雪、一封没有寄出的信。",
            subjects=("小说", "短篇"),
        ),
        front=(
            Section(
                "preface", None, "", "序", (prose("写这本书时，河还没有改道。"),), id="preface"
            ),
        ),
        body=(
            Section("volume", 1, "第一卷", "水", (), (chapter, second), id="v1"),
            Section("volume", 2, "第二卷", "", (prose("卷首有一句话。"),), (third,), id="v2"),
        ),
        back=(
            Section("afterword", None, "", "后记", (prose("河改道了。"),), id="afterword"),
            Section("bonus", None, "番外", "灯", (prose("灯是后来添的。"),), id="bonus"),
        ),
        notes=(
            Note("n1", (prose("彧，有文采的样子。"), Verse((text("彧彧其文，"),)))),
            Note("n2", (Paragraph((Text("参看前注"), NoteRef("n3"), Text("。"))),)),
            Note("n3", (Raw("河  志"),)),
            Note("n4", (prose("这一条没有谁提到。"),)),
        ),
        assets=(
            Asset("cover.png", "image/png", picture("PNG", (160, 240))),
            Asset("seal.svg", "image/svg+xml", SVG),
            Asset("ferry.png", "image/png", picture()),
            Asset("never-shown.png", "image/png", picture()),
        ),
        cover="cover.png",
    )


def without_cover(book: Book) -> Book:
    return replace(book, cover="")
