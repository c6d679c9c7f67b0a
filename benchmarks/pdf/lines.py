"""What breaking lines and painting them costs, without pages.

`python -m benchmarks.pdf.lines [--chapters N]` breaks the paragraphs of the benchmark's novel on
the A5 grid (28 characters of 10.5 pt) and paints them, 25 lines a page: the least process time
of several runs, collector off. 1,000 chapters are 3 million characters.
"""

import argparse
import gc
import time
from collections.abc import Callable

from benchmarks.pdf.novel import novel
from builder.press.choosers import InstalledChooser
from builder.press.face import Faces
from builder.press.frame import FaceKey, PageStyle, TextStyle
from builder.press.lines import LineBreaker
from builder.press.marks import Laws
from builder.press.paint import show_line
from builder.press.pen import Pen
from builder.press.setting import Copy, Run

STYLE = TextStyle(FaceKey(("Noto Serif CJK SC",), language="zh-Hans"), 10.5)
MEASURE, INDENT, LEADING, ROWS = 28 * 10.5, 21.0, 17.85, 25
PAGE = PageStyle(420.0, 595.0, 60.0, 70.0, MEASURE, ROWS * LEADING)
RUNS = 5


def least(work: Callable[[], None]) -> float:
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
    copies = [
        Copy(text, (Run(0, len(text), STYLE),), MEASURE, INDENT)
        for chapter in chapters
        for text in chapter.paragraphs
    ]
    gc.disable()
    faces = Faces(InstalledChooser())
    breaker = LineBreaker(faces, Laws())

    def broken() -> None:
        for copy in copies:
            breaker.break_lines(copy)

    def painted() -> None:
        pen, row = _pen(), 0
        for copy, lines in zip(copies, every_line, strict=True):
            for line in lines:
                if row == ROWS:
                    pen.content()
                    pen, row = _pen(), 0
                show_line(copy, line, faces, pen, 0.0, row * LEADING)
                row += 1

    print(f"{sum(len(copy.text) for copy in copies):,} characters, {len(copies):,} paragraphs")
    print(f"lines  {least(broken):.2f} s")
    every_line = [breaker.break_lines(copy) for copy in copies]
    print(f"paint  {least(painted):.2f} s  ({sum(map(len, every_line)):,} lines)")


def _pen() -> Pen:
    return Pen(PAGE, mark=lambda element: ("P", element))


if __name__ == "__main__":
    main()
