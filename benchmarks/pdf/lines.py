"""What breaking lines and painting them costs, without pages.

`python -m benchmarks.pdf.lines [--chapters N]` breaks the paragraphs of the benchmark's novel on
the A5 grid (28 characters of 10.5 pt) and paints them, 25 lines a page: the least process time
of several runs, collector off. 1,000 chapters are 3 million characters.
"""

import argparse
import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from benchmarks.pdf.novel import novel
from builder.press.choosers import InstalledChooser
from builder.press.face import Faces
from builder.press.frame import FaceKey, PageStyle, TextStyle
from builder.press.lines import LineBreaker
from builder.press.marks import Laws
from builder.press.paint import show_lines
from builder.press.pen import Pen
from builder.press.setting import Copy, Line, Run

STYLE = TextStyle(FaceKey(("Noto Serif CJK SC",), language="zh-Hans"), 10.5)
MEASURE, INDENT, LEADING, ROWS = 28 * 10.5, 21.0, 17.85, 25
PAGE = PageStyle(420.0, 595.0, 60.0, 70.0, MEASURE, ROWS * LEADING)
RUNS = 5


def least(work: Callable[[], object]) -> float:
    """The least process time of several runs, in seconds."""
    times = []
    for _ in range(RUNS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chapters", type=int, default=1000)
    chapters = novel(parser.parse_args().chapters).chapters
    gc.disable()
    faces = Faces(InstalledChooser())
    breaker = LineBreaker(faces, Laws())
    like = Copy("", (Run(0, 0, STYLE),), MEASURE, INDENT)

    def broken() -> list[tuple[Copy, Sequence[Line]]]:
        """The lines of every chapter, and the copies that they are of, as the press has them."""
        found: list[tuple[Copy, Sequence[Line]]] = []
        for chapter in chapters:
            together = breaker.break_together(chapter.paragraphs, like)
            found.append((together.copy, together.lines))
            for text, count in zip(chapter.paragraphs, together.counts, strict=True):
                if not count:
                    copy = replace(like, text=text, runs=(Run(0, len(text), STYLE),))
                    found.append((copy, breaker.break_lines(copy)))
        return found

    def painted() -> None:
        for number, (copy, lines) in enumerate(every_line):
            copy.worn = None  # every run shows it for the first time
            elements = [number] * len(lines)
            for at in range(0, len(lines), ROWS):
                pen, some = _pen(), slice(at, at + ROWS)
                show_lines(
                    copy, lines[some], faces, pen, (0.0, 0.0), LEADING, elements=elements[some]
                )
                pen.content()

    every_line = broken()
    characters = sum(len(text) for chapter in chapters for text in chapter.paragraphs)
    print(f"{characters:,} characters")
    print(f"lines  {least(broken):.2f} s")
    print(f"paint  {least(painted):.2f} s  ({sum(len(lines) for _, lines in every_line):,} lines)")


def _pen() -> Pen:
    return Pen(PAGE, mark=lambda element: ("P", element))


if __name__ == "__main__":
    main()
