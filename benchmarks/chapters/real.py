"""Real files beside the repository: are their chapters found, are their wrapped lines joined?

`python -m benchmarks.chapters --real`. The truth is what the title pages of these books say:
红楼梦 has 120 回, 老残游记 20 (listed in front, too), 水浒传 a 楔子 and 70 回.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from benchmarks.chapters.evaluate import builder_understands, skeleton
from benchmarks.chapters.prose import CORPUS
from builder.core.traversal import block_lines, project, walk
from builder.pipeline import Understood

# 第十二回 …, 楔子 … alone at the start of a line; not 第十二回 inside one.
HEADING = re.compile("(?:第[一二三四五六七八九十百零〇]{1,6}回|楔子)[ \t　]")
SENTENCE_END = "。！？：；」』”’…）．"


@dataclass(frozen=True, slots=True)
class RealFile:
    """A file, how many 回 it has, and how many lines of headings stand in its contents list."""

    name: str
    chapters: int
    listed: int = 0
    has_prologue: bool = False
    is_wrapped: bool = False


FILES = (
    RealFile("hongloumeng_s.txt", 120),
    RealFile("raw/hongloumeng_utf8_crlf.txt", 120),
    RealFile("laocan_gbk_s.txt", 20, listed=20),
    RealFile("raw/laocan_gbk_raw.txt", 20, listed=20),
    RealFile("raw/shuihu_t_hardwrapped_80col.txt", 70, has_prologue=True, is_wrapped=True),
)


def report(folder: Path = CORPUS) -> list[str]:
    """A line of findings for each file that is there."""
    return [
        f"{one.name:40}  {'; '.join(_findings(one, folder / one.name))}"
        for one in FILES
        if (folder / one.name).is_file()
    ]


def _findings(one: RealFile, path: Path) -> list[str]:
    made = builder_understands(path)
    sections = [section for _, section in walk(made.book.sections)]
    chapters = [section for section in sections if section.role == "chapter"]
    numbers = [section.number for section in chapters]
    decoded = made.manuscript.decoded
    headings = [line for line in decoded.split("\n") if HEADING.match(line)][one.listed :]
    ours = [section.heading for section in sections]
    in_order = numbers == list(range(1, one.chapters + 1))
    titles = [skeleton(line) for line in headings] == [skeleton(line) for line in ours if line]
    exact = made.ledger.restore(project(made.book)) == decoded
    findings = [
        f"{len(chapters)} of {one.chapters} 回, {'in order' if in_order else f'numbers {_odd(numbers)}'}",
        f"{len(sections) - len(chapters)} other sections",
        "titles as in the file" if titles else "TITLES DIFFER",
        "ledger exact" if exact else "LEDGER WRONG",
        f"empty {sum(not section.blocks and not section.children for section in chapters)}",
    ]
    if one.is_wrapped:
        findings.append(_wraps(made))
    return findings


def _odd(numbers: list[int | None]) -> str:
    return str([n for at, n in enumerate(numbers, start=1) if n != at][:8])


def _wraps(made: Understood) -> str:
    """Paragraphs as the file's indents show them, against those of the book."""
    wanted: list[str] = []
    for line in made.manuscript.decoded.split("\n"):
        if HEADING.match(line):
            wanted.append("")
        elif line.startswith((" ", "\N{IDEOGRAPHIC SPACE}")) or not wanted or not wanted[-1]:
            wanted.append(line.strip())
        elif line.strip():
            wanted[-1] += line.strip()
    made_lines = [
        line
        for _, section in walk(made.book.sections)
        for block in section.blocks
        for line in block_lines(block)
    ]
    ours = {skeleton(line) for line in made_lines}
    wanted = [skeleton(line) for line in wanted if skeleton(line)]
    right = sum(line in ours for line in wanted)
    ragged = sum(line[-1] not in SENTENCE_END for line in made_lines if line)
    spaced = sum(bool(re.search("[\u4e00-\u9fff] [\u4e00-\u9fff]", line)) for line in made_lines)
    return (
        f"{right} of {len(wanted)} paragraphs joined as indented ({right / len(wanted):.4f}), "
        f"{ragged} of {len(made_lines)} end inside a sentence, {spaced} with a space between Han"
    )
