"""Our own press is faultless by the checker, and the checker is not blind to its pages."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from builder.check.typography import FaultKind, TypographyReport, count_faults
from builder.compose import compose_print
from builder.core.book import Book, Metadata, Paragraph, Section, Text
from builder.core.config import Config, TypographyConfig
from builder.pipeline import BuildOptions, build
from builder.press import press
from tests.check.setter import HEADINGS, Setter
from tests.check.writers import HORIZONTAL, VERTICAL

DIRECTIONS = pytest.mark.parametrize(
    "pressed", [False, True], ids=["lines", "columns"], indirect=True
)
COUNT = 20


@pytest.fixture(scope="module")
def pressed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A novel of six chapters in lines or in columns."""
    folder = tmp_path_factory.mktemp("pressed")
    # Latin in columns has places of its own, which a change of spacing before it does not move.
    setter = Setter(11, VERTICAL if request.param else HORIZONTAL)
    chapters = []
    for number, name in zip("一二三四五六", HEADINGS, strict=False):
        lengths = setter.random.choices(range(1, 9), k=40)
        text = ["".join(setter.sentence() for _ in range(length)) for length in lengths]
        chapters.append(f"第{number}章　{name}\n\n" + "\n\n".join(text))
    source = folder / "渡口.txt"
    source.write_text("\n\n".join(chapters), "utf-8")
    options = BuildOptions(
        formats=("pdf",),
        out=folder / "out",
        vertical=bool(request.param),
        settings=("pdf.engine=press",),
        environment={},
    )
    return build(source, options).files[0].path


def report_of(
    path: Path, folder: Path, operator: str, change: Callable[[list[Any], random.Random], bool]
) -> tuple[TypographyReport, set[int]]:
    """The report on a copy with up to COUNT operators changed, one to a page, and on which pages."""
    chance = random.Random(3)
    changed: set[int] = set()
    with pikepdf.open(path) as pdf:
        pages = list(enumerate(pdf.pages, start=1))
        chance.shuffle(pages)
        for number, page in pages:
            instructions = list(pikepdf.parse_content_stream(page))
            places = [at for at, one in enumerate(instructions) if str(one.operator) == operator]
            chance.shuffle(places)
            for at in places:
                operands = list(instructions[at].operands)
                if len(changed) < COUNT and change(operands, chance):
                    instructions[at] = pikepdf.ContentStreamInstruction(
                        operands, instructions[at].operator
                    )
                    stream = pikepdf.unparse_content_stream(instructions)
                    page.Contents = pdf.make_stream(stream)
                    changed.add(number)
                    break
        pdf.save(folder / "changed.pdf")
    return count_faults(folder / "changed.pdf"), changed


@DIRECTIONS
def test_the_press_has_no_faults(pressed: Path) -> None:
    report = count_faults(pressed)
    assert report.faults == ()
    assert report.lines > 600


@DIRECTIONS
def test_too_little_space_between_characters_is_seen(pressed: Path, tmp_path: Path) -> None:
    # Three quarters of an em in all: more than a mark at the end could have given up. Columns
    # count their spacing downward; wide spacing is a heading's.
    is_down = count_faults(pressed).is_vertical
    step, sign = (8 / 42, -1) if is_down else (8 / 28, 1)

    def tighter(operands: list[Any], chance: random.Random) -> bool:
        was = float(operands[0]) * sign
        operands[0] = (was - step) * sign
        return 0.05 < was < 0.5

    report, changed = report_of(pressed, tmp_path, "Tc", tighter)
    assert len(changed) == COUNT
    assert {fault.page for fault in report.faults} == changed
    assert report.counts[FaultKind.UNFLUSHED] >= COUNT


@DIRECTIONS
def test_squeezing_taken_back_is_seen(pressed: Path, tmp_path: Path) -> None:
    def wider(operands: list[Any], chance: random.Random) -> bool:
        items = list(operands[0])
        at = [at for at, item in enumerate(items) if isinstance(item, int) and abs(item) == 500]
        if not at:
            return False
        del items[chance.choice(at)]
        operands[0] = pikepdf.Array(items)
        return True

    report, changed = report_of(pressed, tmp_path, "TJ", wider)
    assert len(changed) == COUNT
    assert {fault.page for fault in report.faults} == changed
    # A few of them had squeezed one mark, not a pair.
    assert report.counts[FaultKind.UNSQUEEZED] > COUNT * 3 / 4


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant-TW"])
@pytest.mark.parametrize("vertical", [False, True])
@pytest.mark.parametrize("hanging", [False, True])
@pytest.mark.parametrize("paragraphs", [3, 12])
def test_a_text_of_a_few_pages_is_judged_by_what_it_has(
    language: str, vertical: bool, hanging: bool, paragraphs: int, tmp_path: Path
) -> None:
    """Few lines on left or on right pages, and marks that hang once or twice, are no faults."""
    chance = random.Random(paragraphs)
    if language == "zh-Hans":
        words = "他说：“船在雾里走！”水声很轻，谁也没有回头。|“走吧。”|她答道：“再等等……”灯灭了，（又亮了）。"
    else:
        words = "他說：「船在霧裡走！」水聲很輕，誰也沒有回頭。|「走吧。」|她答道：「再等等……」燈滅了，（又亮了）。"
    said = words.split("|")
    blocks = tuple(
        Paragraph((Text("".join(chance.choices(said, k=chance.randint(1, 9)))),))
        for _ in range(paragraphs)
    )
    book = Book(Metadata("渡", language), body=(Section("chapter", 1, "一", "", blocks, id="c1"),))
    config = Config(typography=TypographyConfig(vertical=vertical, hanging=hanging))
    document = compose_print(book, config, modified="2026-01-01T00:00:00Z")
    path = tmp_path / "a.pdf"
    path.write_bytes(press(document, config).pdf)
    assert count_faults(path).faults == ()
