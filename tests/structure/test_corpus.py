"""Real texts, when they are at hand: every chapter found, every character accounted for."""

from pathlib import Path

import pytest

from builder.core.config import Config
from builder.core.ledger import Ledger
from builder.core.traversal import project, walk
from builder.normalize import normalize
from builder.read import discover, read
from builder.structure import Structured, structure

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def structured(name: str) -> Structured:
    path = CORPUS / name
    if not path.is_file():
        pytest.skip("no corpus beside this checkout")
    source = discover(path)
    manuscript = normalize(read(source, Config()).manuscript, Config()).manuscript
    again = normalize(manuscript, Config()).manuscript
    assert again.text == manuscript.text
    made = structure(manuscript, Config(), language="zh-Hans", source=source)
    ledger = Ledger().then(*manuscript.layers, made.layer)
    assert ledger.replay(manuscript.decoded) == project(made.book)
    assert ledger.restore(project(made.book)) == manuscript.decoded
    return made


def numbers(made: Structured) -> list[int | None]:
    return [s.number for _, s in walk(made.book.sections) if s.role == "chapter"]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("hongloumeng_s.txt", 120),
        ("raw/hongloumeng_utf8_crlf.txt", 120),
        ("raw/laocan_gbk_raw.txt", 20),
        ("raw/shuihu_t_hardwrapped_80col.txt", 70),
    ],
)
def test_every_chapter_is_found_in_order(name: str, count: int) -> None:
    made = structured(name)
    assert numbers(made) == list(range(1, count + 1))
    assert all(section.title for _, section in walk(made.book.sections))


def test_contents_list_of_a_real_book_is_no_chapter() -> None:
    made = structured("raw/laocan_gbk_raw.txt")
    assert [d.code for d in made.diagnostics] == ["S106"]
    assert made.book.metadata.title == "老残游记"


def test_title_line_becomes_metadata() -> None:
    made = structured("hongloumeng_s.txt")
    assert made.book.metadata.title == "红楼梦"
    assert [creator.name for creator in made.book.metadata.creators] == ["曹雪芹"]
