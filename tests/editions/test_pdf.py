"""The book that uses everything as PDF: three readers that share no code see the same book."""

import re

import pytest

from builder.core.book import Book, Note, Ruby
from builder.core.traversal import block_lines, inlines_of, section_lines, walk
from tests.editions.editions import Edition, Made, make
from tests.judges import (
    OutlineEntry,
    PdfRead,
    Words,
    pdffonts,
    pdfinfo,
    qpdf_check,
    read_with_mupdf_as_pdf,
    read_with_pdfjs,
    read_with_poppler,
    words_of,
)

pytestmark = pytest.mark.judge

PRESS = ("pdf.engine=press",)
EDITIONS = (
    *(Edition(name=f"pdf{to}", to=to, vertical=False, form="pdf") for to in ("", "zh-Hant-TW")),
    *(
        Edition(name=f"columns{to}", to=to, vertical=True, settings=PRESS, form="pdf")
        for to in ("", "zh-Hant-TW")
    ),
)
# What one reader or another folds into its look-alike, and what it leaves out.
FOLDED = str.maketrans({"―": "—", "〜": "～", "⋯": "…", "\N{WORD JOINER}": None})
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


@pytest.fixture(scope="module", params=EDITIONS, ids=lambda edition: edition.name)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    edition: Edition = request.param
    [made] = make((edition,), tmp_path_factory.mktemp("pdf"))
    return made


@pytest.fixture(scope="module")
def poppler(made: Made) -> PdfRead:
    return read_with_poppler(made.path)


@pytest.fixture(scope="module")
def pdfjs(made: Made) -> PdfRead:
    return read_with_pdfjs(made.path)


@pytest.fixture(scope="module")
def mupdf(made: Made) -> PdfRead:
    return read_with_mupdf_as_pdf(made.path)


def test_the_file_is_sound(made: Made) -> None:
    assert qpdf_check(made.path) == []
    assert pdfinfo(made.path).tagged
    assert all(font.embedded and font.unicode for font in pdffonts(made.path))


def test_readers_agree_on_pages_and_their_numbers(
    poppler: PdfRead, mupdf: PdfRead, pdfjs: PdfRead
) -> None:
    assert len(poppler.pages) == len(mupdf.pages) == len(pdfjs.pages)
    assert mupdf.labels == pdfjs.labels
    assert {"i", "1"} <= set(pdfjs.labels)


def test_readers_agree_that_the_outline_is_that_of_the_book(
    made: Made, poppler: PdfRead, mupdf: PdfRead, pdfjs: PdfRead
) -> None:
    assert poppler.outline == mupdf.outline == pdfjs.outline
    assert list(flat(pdfjs.outline)) == made.headings
    for title, page in targets(pdfjs.outline):
        assert bare(title) in bare(pdfjs.pages[page - 1]), f"{title} is not on page {page}"


def flat(outline: tuple[OutlineEntry, ...], depth: int = 0) -> list[tuple[int, str]]:
    return [
        row
        for entry in outline
        for row in ((depth, " ".join(entry.title.split())), *flat(entry.children, depth + 1))
    ]


def targets(outline: tuple[OutlineEntry, ...]) -> list[tuple[str, int]]:
    return [
        row for entry in outline for row in ((entry.title, entry.page), *targets(entry.children))
    ]


@pytest.mark.parametrize("reader", ["poppler", "pdfjs"])
def test_what_is_read_along_the_tags_is_the_book(
    made: Made, reader: str, request: pytest.FixtureRequest
) -> None:
    read: PdfRead = request.getfixturevalue(reader)
    found, wanted = words_of(read.runs), words_in(made.result.book)
    assert bare(found.body) == bare(wanted.body)
    assert sorted(map(bare, found.notes)) == sorted(map(bare, wanted.notes))
    assert sorted(map(bare, found.readings)) == sorted(map(bare, wanted.readings))


def test_what_mupdf_reads_from_the_pages_has_every_character_of_the_book(
    made: Made, mupdf: PdfRead
) -> None:
    seen = bare("".join(mupdf.pages))
    words = words_in(made.result.book)
    wanted = bare(words.body + "".join(words.notes))
    assert {one for one in set(wanted) if wanted.count(one) > seen.count(one)} == set()


def words_in(book: Book) -> Words:
    sections = [section for _, section in walk(book.sections)]
    body = (line for section in sections for line in section_lines(section, readings=False))
    blocks = [block for section in sections for block in section.blocks]
    blocks += [block for note in book.notes for block in note.blocks]
    rubies = (inline.reading for inline in inlines_of(tuple(blocks)) if isinstance(inline, Ruby))
    return Words("".join(body), tuple(map(_words_of_note, book.notes)), tuple(rubies))


def _words_of_note(note: Note) -> str:
    return "".join(line for block in note.blocks for line in block_lines(block, readings=False))


def bare(text: str) -> str:
    return _SELECTOR.sub("", "".join(text.split())).translate(FOLDED)
