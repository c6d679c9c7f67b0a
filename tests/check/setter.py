"""Correctly set books for the typography checker to be silent about, and faults to plant in them.

A small typesetter of its own, by rejection: whatever a random paragraph would break of the
rules, another one is drawn. It shares nothing with the press or with the checker. Lines are in
em of the text size, counted from the corner of the type area.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from builder.check.typography import FaultKind

SIZE, LEADING, MEASURE, LINES = 10.5, 18.0, 28, 27
NOTE_SIZE, NOTE_LEADING = 8.5, 13.5
CLAUSES = (
    "雾从江心慢慢地漫上来", "老何把船灯挂在桅杆下面", "回头看了一眼堤上的那排柳树", "谁也没有开口",
    "她数到第十二下的时候", "缆绳在石桩上响了一声", "掌柜的把算盘推到一边", "窗纸上映着半个人影",
    "先生原是从北边逃难来的", "账本里夹着一张旧船票", "少年只说自己姓周", "灶上的水已经滚了三回",
    "街口的更夫敲过了二更", "雨点打在油布上", "他把信折好放回袖子里", "那年的秋天来得格外早",
    "渡口的木牌早就看不清字", "两个人一前一后地走着", "孩子们都睡下了", "桥那边传来一阵笛声",
)  # fmt: skip
LATIN = ("Lantern", "T400", "1949", "Harbour Road")
CLOSING, OPENING = "，。、；：！？”’）》」』", "“‘（《「『"
MARKS = CLOSING + OPENING
MAY_NOT_START = CLOSING + "·～"
HEADINGS = ("夜雨", "对岸的钟声", "旧船票", "灯下", "雾中来客", "第十二下", "没有寄出的信")


@dataclass
class SetLine:
    """One line: its text and where and how wide it is set."""

    text: str
    start: float = 0.0
    # The measure it is spread over; None for lines that end where they end.
    measure: float | None = None
    row: float = 0.0
    size: float = SIZE
    is_bold: bool = False
    is_centred: bool = False
    # Points in which its baseline has left the grid.
    drift: float = 0.0
    # The pair of marks at this index keeps its 2 em.
    wide_pair: int = -1
    # Small characters: text, em from the line's start, em over the baseline, size.
    above: list[tuple[str, float, float, float]] = field(default_factory=list)
    paragraph: int = -1
    number: int = 0
    of: int = 0
    # Pieces that stand in columns: text and em from the start.
    cells: list[tuple[str, float]] = field(default_factory=list)


@dataclass
class SetPage:
    lines: list[SetLine] = field(default_factory=list)
    notes: list[SetLine] = field(default_factory=list)
    head: str = ""
    folio: str = ""


@dataclass
class Sheets:
    """A book and what is wrong with it: kinds of fault by page, counted from 1."""

    pages: list[SetPage]
    planted: list[tuple[FaultKind, int]] = field(default_factory=list)


Advance = Callable[[str, float], float]
# In columns these fill their em, upright as they stay.
UPRIGHT_MARKS = "；：！？"


@dataclass(frozen=True)
class Writing:
    """How the font and the direction measure text; lengths in em."""

    advance: Advance
    is_down: bool = False

    def has_blank_after(self, character: str) -> bool:
        return character in CLOSING and not (self.is_down and character in UPRIGHT_MARKS)


def is_latin(character: str) -> bool:
    return character.isascii()


def natural(text: str, writing: Writing, *, wide_pair: int = -1) -> list[float]:
    """The advance of each character in em; the last of two neighbouring marks gives up a half."""
    widths = []
    for at, character in enumerate(text):
        width = writing.advance(character, 1.0)
        following = text[at + 1 : at + 2]
        if following and character in MARKS and following in MARKS and at != wide_pair:
            blank = writing.has_blank_after(character) or following in OPENING
            width -= 0.5 if blank else 0.0
        widths.append(width)
    if text and writing.has_blank_after(text[-1]):
        widths[-1] = 0.5
    return widths


def units(text: str) -> Iterator[str]:
    """Pieces no line break may part."""
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and text[end] in OPENING:
            end += 1
        if end < len(text) and is_latin(text[end]):
            end += 1
            while end < len(text) and is_latin(text[end]) and " " not in text[end - 1 : end + 1]:
                end += 1
        elif text[end : end + 2] in ("——", "……"):
            end += 2
        else:
            end += 1
        while end < len(text) and text[end] in MAY_NOT_START:
            end += 1
        yield text[at:end]
        at = end


def broken(text: str, writing: Writing, *, indent: float, measure: float) -> list[str]:
    lines: list[str] = []
    line, room = "", measure - indent
    for unit in units(text):
        if line and sum(natural(line + unit, writing)) > room:
            lines.append(line.rstrip(" "))
            line, room = unit.lstrip(" "), measure
        else:
            line += unit
    return [*lines, line]


class Setter:
    """Sets a random book page by page."""

    def __init__(self, seed: int, writing: Writing) -> None:
        self.random = random.Random(seed)
        self.writing = writing
        self.paragraphs = 0

    def sentence(self) -> str:
        pick = self.random.choice
        clauses = [pick(CLAUSES) for _ in range(self.random.randint(1, 4))]
        if not self.writing.is_down and self.random.random() < 0.08:
            clauses[0] += pick(LATIN)
        text = "，".join(clauses) + pick("。。。！？")
        shape = self.random.random()
        if shape < 0.15:
            return f"他说：“{text}”"
        if shape < 0.2:
            return f"“{pick(CLAUSES)}（{pick(CLAUSES)}），”" + text
        if shape < 0.25:
            return f"《{pick(HEADINGS)}》、《{pick(HEADINGS)}》——" + text
        if shape < 0.3:
            return pick(CLAUSES) + "……" + text
        if shape < 0.33:
            return "“‘" + pick(CLAUSES) + "’”，" + text
        return text

    def paragraph(self, accept: Callable[[int], bool], *, inset: float = 0.0) -> list[SetLine]:
        """A random paragraph whose number of lines is accepted, last line and all."""
        measure = MEASURE - 2 * inset
        for _ in range(4000):
            text = "".join(
                self.sentence() for _ in range(self.random.choice((1, 1, 1, 2, 3, 5, 8)))
            )
            if self.random.random() < 0.05:
                text = self.random.choice(("……", "——")) + text
            lines = broken(text, self.writing, indent=2, measure=measure)
            if not accept(len(lines)) or len([c for c in lines[-1] if c.isalnum()]) < 2:
                continue
            if sum(natural(lines[-1], self.writing)) > measure - 3:
                continue
            slack = [
                measure - (0 if number else 2) - sum(natural(line, self.writing))
                for number, line in enumerate(lines[:-1])
            ]
            if any(not -0.01 <= one < 3 for one in slack):
                continue
            self.paragraphs += 1
            return [
                SetLine(
                    line,
                    inset + (0 if number else 2),
                    None if number == len(lines) - 1 else measure - (0 if number else 2),
                    paragraph=self.paragraphs,
                    number=number,
                    of=len(lines),
                )
                for number, line in enumerate(lines)
            ]
        raise AssertionError("no such paragraph")

    def verse(self) -> list[SetLine]:
        """Four lines of four to eight characters and a mark each, and one that nearly fills."""
        pick = self.random.choice
        lines = [SetLine(pick(CLAUSES) + mark, 4) for mark in "，。，。"]
        if self.random.random() < 0.3:
            long = (pick(CLAUSES) + "，" + pick(CLAUSES) + pick(CLAUSES))[:23]
            lines.append(SetLine(long, 4))
            lines.append(SetLine(pick(CLAUSES) + "。", 4))
        return lines

    def letter(self) -> list[SetLine]:
        """Lines that end on purpose: forced breaks, the signature at the right."""
        pick = self.random.choice
        signature = "何某　谨上"
        return [
            SetLine(pick(CLAUSES)[:6] + "：", 0),
            SetLine((pick(CLAUSES) + "，" + pick(CLAUSES))[:20], 2),
            SetLine(signature, MEASURE - 2 - len(signature)),
        ]

    def table(self) -> list[SetLine]:
        pick = self.random.choice
        return [
            SetLine("", 0, cells=[(pick(CLAUSES)[:4], 1.0), (pick(CLAUSES)[:5], 10), (f"{n}", 20)])
            for n in range(3)
        ]

    def caption(self) -> list[SetLine]:
        text = "图：" + self.random.choice(CLAUSES)[:7]
        return [SetLine(text, is_centred=True, size=9.0)]

    def heading(self) -> list[SetLine]:
        pick = self.random.choice
        return [
            SetLine("第" + pick("一二三四五六七八九十") + "章", is_centred=True, row=1.1),
            SetLine(pick(HEADINGS), is_centred=True, size=15, is_bold=True, row=2.6),
        ]

    def notes(self) -> list[SetLine]:
        text = "①" + "，".join(self.random.choice(CLAUSES) for _ in range(5)) + "。"
        lines = broken(text, self.writing, indent=0, measure=MEASURE * SIZE / NOTE_SIZE)
        return [
            SetLine(
                line,
                size=NOTE_SIZE,
                measure=None if line is lines[-1] else MEASURE * SIZE / NOTE_SIZE,
            )
            for line in lines
        ]

    def book(self, pages: int, faults: Sequence[FaultKind] = ()) -> Sheets:
        """Title, contents, then text pages; `faults` are those at pages' edges, one a page."""
        sheets = Sheets([self.title(), self.contents()])
        wanted = list(faults)
        self.random.shuffle(wanted)
        carried: list[SetLine] = self.opened()
        while len(sheets.pages) < pages or wanted:
            kind = wanted.pop() if wanted else None
            page = SetPage(head="渡口", folio=str(len(sheets.pages) - 1))
            sheets.pages.append(page)
            carried = self.fill(page, carried, kind)
            if kind is not None:
                at = len(sheets.pages) + (kind is FaultKind.WIDOW)
                sheets.planted.append((kind, at))
        last = SetPage(head="渡口", folio=str(len(sheets.pages) - 1))
        self.put(last, carried, 0)
        if carried:
            sheets.pages.append(last)
        return sheets

    def title(self) -> SetPage:
        return SetPage(
            [
                SetLine("渡口", row=8, size=26, is_bold=True, is_centred=True),
                SetLine("木石著", row=11, is_centred=True),
                SetLine("青石出版社", row=24, size=12, is_centred=True),
            ]
        )

    def contents(self) -> SetPage:
        page = SetPage([SetLine("目录", row=1, size=15, is_bold=True, is_centred=True)])
        for row in range(4, 20):
            name = f"第{row}章　{self.random.choice(HEADINGS)}"
            dots = "…" * 9 if row % 2 else ""
            cells = [(name, 0.0), (str(row * 7), 26.5)]
            page.lines.append(SetLine("", row=row, cells=cells))
            if dots:
                cells.insert(1, (dots, 16.0))
        return page

    def opened(self) -> list[SetLine]:
        """The first lines of a chapter: the heading takes four rows of the grid."""
        return [*self.heading(), *self.paragraph(lambda n: 2 <= n <= 6)]

    def put(self, page: SetPage, lines: Sequence[SetLine], row: int) -> int:
        """Lines on the grid from `row`; a heading's lines keep the rows they have."""
        if any(line.is_bold for line in lines):
            for line in lines[:2]:
                line.row += row
                page.lines.append(line)
            return self.put(page, lines[2:], row + 4)
        for at, line in enumerate(lines):
            line.row = row + at
            page.lines.append(line)
        return row + len(lines)

    def fill(self, page: SetPage, carried: list[SetLine], fault: FaultKind | None) -> list[SetLine]:
        """Fill a page; what is carried over to the next one."""
        rows = LINES
        row = self.put(page, carried, 0)
        if self.random.random() < 0.4:
            page.notes = self.notes()
            rows -= -(-len(page.notes) * 3 // 4) + 1
        while (room := rows - row) > 10:
            kind = self.random.random()
            if kind < 0.06:
                block = self.verse()
                row = self.put(page, block, row + 1) + 1
            elif kind < 0.1:
                row = self.put(page, self.letter(), row + 1)
            elif kind < 0.13:
                row = self.put(page, self.table(), row + 1) + 1
            elif kind < 0.15:
                row = self.put(page, self.caption(), row + 2) + 1
            elif kind < 0.19:
                row = self.put(page, [SetLine("＊＊＊", is_centred=True)], row + 1) + 1
            elif kind < 0.26:
                row = self.put(page, self.paragraph(lambda n: n <= room - 4, inset=2), row)
            else:
                row = self.put(page, self.paragraph(lambda n: n <= room - 2), row)
        if row and page.notes and page.lines[-1].text:
            page.lines[-1].above.append(("①", -1.0, 0.35, 6.0))
        return self.foot(page, row, rows, fault)

    def foot(self, page: SetPage, row: int, rows: int, fault: FaultKind | None) -> list[SetLine]:
        """The last rows of a page, well filled or with one fault."""
        room = rows - row
        if fault is FaultKind.HEADING:
            row = self.put(page, self.paragraph(lambda n: n == max(1, room - 2)), row)
            name = self.random.choice(HEADINGS)
            page.lines.append(SetLine(name, row=row + 1, size=13, is_bold=True))
            return self.paragraph(lambda n: 2 <= n <= 6)
        if fault is FaultKind.WIDOW:
            split = self.paragraph(lambda n: n == room + 1)
        elif fault is FaultKind.ORPHAN:
            row = self.put(page, self.paragraph(lambda n: n == room - 1), row)
            split = self.paragraph(lambda n: n >= 3)
        else:
            if self.random.random() < 0.25:
                self.put(page, self.paragraph(lambda n: n <= room), row)
                return self.opened()
            split = self.paragraph(lambda n: n == room or (n >= room + 2 and room >= 2))
        room = rows - row
        self.put(page, split[:room], row)
        return split[room:]
