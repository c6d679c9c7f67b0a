"""How a book writes its headings."""

from dataclasses import dataclass
from random import Random

from benchmarks.chapters.numerals import write

GAP = "\N{IDEOGRAPHIC SPACE}"
JUNK = ("（求月票）", "(求月票)", "（第三更）", "【大章】", "（求订阅！）", "(第二更，求收藏)", "【二合一】", "（加更）", "（4000字大章）", "（求推荐票）")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """`family` is a name of mixes.FAMILIES; `gap` stands between label and title."""

    family: str
    numeral: str
    gap: str = " "
    book: str = ""

    def label(self, number: int) -> str:
        """The counting part of a heading, ornaments left out."""
        numeral = write(number, self.numeral)
        match self.family.partition("-"):
            case ("unit", _, unit) | ("glued", _, unit):
                return f"第{numeral}{unit or '章'}"
            case ("spaced", _, _):
                return f"第 {numeral} 章"
            case ("volume", _, "first"):
                return f"卷{numeral}"
            case ("volume", _, "of"):
                return f"卷之{numeral}"
            case ("bare", _, _):
                return f"{numeral}章"
            case ("number", _, "paren"):
                return f"（{numeral}）"
            case ("number", _, _) | ("name", _, _):
                return numeral
            case ("chapter", _, "roman"):
                return f"CHAPTER {write(number, 'roman')}"
            case ("chapter", _, "word"):
                return f"Chapter {write(number, 'word')}"
            case ("chapter", _, _):
                return f"Chapter {write(number, 'ascii')}"
            case ("part", _, _):
                return f"Part {write(number, 'word')}"
            case ("no", _, _):
                return f"No.{write(number, 'ascii')}"
            case ("episode", _, _):
                return f"EP {write(number, 'ascii')}"
            case _:
                return f"第{numeral}章"

    def line(self, number: int, title: str) -> str:
        """The whole line of a heading."""
        label = self.label(number)
        plain = f"{label}{self.gap}{title}" if title else label
        match self.family:
            case "glued":
                return label + title
            case "number-comma" | "number-han":
                return f"{label}、{title}" if title else f"{label}、"
            case "number-dot":
                return f"{label}.{self.gap if self.gap == ' ' else ''}{title}"
            case "number-paren":
                return label + title
            case "named":
                return f"{self.book} {plain}"
            case "bracket":
                return f"【{label}】{title}" if self.gap == " " else f"【{plain}】"
            case "star":
                return f"☆、{plain}"
            case "black-star":
                return f"★ {plain}"
            case "equals":
                return f"=== {plain} ==="
            case "name-number":
                return f"{self.book}({label})"
            case "zhengwen":
                return f"正文 {plain}"
            case "colon":
                return f"{label}：{title}" if title else label
            case "chapter" if title and self.gap == GAP:
                return f"{label}: {title}"
            case _:
                return plain

    @property
    def may_have_titles(self) -> bool:
        """Whether this family leaves room for a title."""
        return self.family not in {"number", "name-number"}


def numeral_for(family: str, numeral: str) -> str:
    """A numeral style that people do use with the family."""
    if family in {"number", "number-comma", "number-dot", "number-space", "name-number"}:
        return numeral if numeral in {"ascii", "padded", "full"} else "ascii"
    if family == "number-han":
        return "chinese"
    if family == "number-paren":
        return "chinese" if numeral not in {"ascii", "chinese"} else numeral
    if family in {"bare-unit", "volume-first", "volume-of"}:
        return numeral if numeral in {"chinese", "short"} else "chinese"
    return numeral


def noisy(style: Style, random: Random) -> Style:
    """The same style as a tired typist writes it once: another numeral, another gap."""
    if style.family not in {"unit", "spaced", "unit-回", "unit-节", "zhengwen"}:
        return style
    family = random.choice((style.family, style.family, "glued" if style.family == "unit" else style.family, "bare-unit" if style.family == "unit" else style.family))  # fmt: skip
    numeral = random.choice(("two", "full", "short", "digits", "radical", "ascii", "chinese"))
    if family == "bare-unit":
        numeral = "chinese"
    return Style(family, numeral, random.choice((" ", GAP, "  ", "：", "、", "\t")), style.book)


VOLUME_STYLES = (
    "第{n}卷 {t}", "第{n}卷　{t}", "卷{n} {t}", "第{n}部 {t}", "第{n}部：{t}", "正文 第{n}卷 {t}", "卷之{n} {t}",
    "第{n}集 {t}", "第{n}篇 {t}", "【第{n}卷 {t}】", "第{n}卷{t}", "第{n}季 {t}", "第{n}册 {t}",
)  # fmt: skip


def volume_line(
    template: str, number: int, total: int, title: str, numeral: str
) -> tuple[str, str]:
    """A volume's line and its label; 上卷 where the book has two or three without names."""
    if template in {"上卷", "上部"}:
        label = ("上下" if total == 2 else "上中下")[number - 1] + template[1]
        return label, label
    label = template.replace("正文 ", "").replace("【", "").partition("{t}")[0].rstrip(" 　：")
    label = label.format(n=write(number, numeral))
    return template.format(n=write(number, numeral), t=title).rstrip(), label
