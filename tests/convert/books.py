"""A small book in which phrases cross every border that mark-up can draw."""

from builder.core.book import (
    Book,
    Break,
    Code,
    Creator,
    Emphasis,
    Figure,
    Heading,
    Image,
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

# 头发 and 发现, 皇后 and 后来, 面条 and 里面: what a character becomes hangs on its phrase.
BLOCKS = (
    Paragraph(
        (Text("她的头"), Emphasis((Text("发"),)), Text("白了，皇"), NoteRef("n1"), Text("后"))
    ),
    Paragraph((Text("“后来"), LineBreak(), Text("发现了”"), Link("#c1", (Text("里面"),)))),
    Paragraph((Text("这个"), Ruby("软", "软音"), Text("件"), Image("a.png", "图书馆"))),
    Paragraph((Text("写着“"), Code("头发 = 干()"), Text("”的代码里"))),
    Heading((Text("车站"),)),
    Verse(((Text("万里"),), (), (Text("云开"),))),
    Quote((ListBlock(((Paragraph((Text("这里"),)),),)),)),
    Table((((Text("姓名"),), (Text("国籍"),)),)),
    Figure(Image("b.png", "长城"), (Text("长城图"),)),
    Figure(Image("c.png")),
    Break(),
    Raw("这段代码 = 'x'"),
)


def book(language: str = "zh-Hans") -> Book:
    return Book(
        Metadata(
            "云上的书",
            language,
            subtitle="风云",
            creators=(Creator("陈云", file_as="chen yun"),),
            publisher="出版发行社",
            rights="版权归属",
            series=Series("丛书", 1),
            description="第一行说\n第二行说",
            subjects=("小说", "历史"),
        ),
        front=(Section("preface", None, "", "序论", (), id="p"),),
        body=(Section("chapter", 1, "第一章", "开头", BLOCKS, id="c1"),),
        back=(
            Section(
                "bonus", None, "番外", "", (), (Section("bonus", 1, "", "续", id="b1"),), id="b"
            ),
        ),
        notes=(Note("n1", (Paragraph((Text("皇后：后宫之主。"),)),)),),
    )
