"""What the writer writes, pikepdf and qpdf read: every object, under its number."""

import re
from array import array
from io import BytesIO
from pathlib import Path

import pikepdf
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.press.writer import OBJECTS_PER_STREAM, Writer, _differences
from tests.judges import qpdf_check

IDENTIFIER = bytes(range(16))


def written(objects: list[int | bytes], *, first_number: int = 1) -> tuple[bytes, list[int]]:
    """A file with one page and some objects, numbers or streams, and their numbers."""
    writer = Writer(first_number)
    pages = writer.reserve()
    page = writer.add(f"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 9 9]/Resources<<>>>>")
    writer.put(pages, f"<</Type/Pages/Kids[{page} 0 R]/Count 1>>")
    numbers = [
        writer.add(f"<</Value {one}>>")
        if isinstance(one, int)
        else writer.add_deflated("/Kind/Bytes", one)
        for one in objects
    ]
    held = " ".join(f"{at} 0 R" for at in numbers)
    root = writer.add(f"<</Type/Catalog/Pages {pages} 0 R/Held[{held}]>>")
    info = writer.add("<</Title(t)>>")
    return writer.finish(root=root, info=info, identifier=IDENTIFIER), numbers


@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 10**9) | st.binary(max_size=50), max_size=3 * OBJECTS_PER_STREAM),
    st.integers(1, 60),  # pikepdf takes a tiny file with many free numbers for a broken one
)
def test_every_object_reads_back(objects: list[int | bytes], first_number: int) -> None:
    content, _ = written(objects, first_number=first_number)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.check_pdf_syntax() == []
        held = [
            one.read_bytes() if isinstance(one, pikepdf.Stream) else int(one.Value)
            for one in pdf.Root.Held
        ]
    assert held == objects


def test_qpdf_finds_no_fault(tmp_path: Path) -> None:
    """More objects than one stream holds, and numbers below the first that were never used."""
    content, _ = written([*range(500), b"drawing"], first_number=40)
    file = tmp_path / "a.pdf"
    file.write_bytes(content)
    assert qpdf_check(file) == []


def test_the_same_objects_give_the_same_bytes_and_others_another_version() -> None:
    one, other = written([1, 2])[0], written([1, 3])[0]
    assert one == written([1, 2])[0]
    ids = []
    for content in (one, other):
        with pikepdf.open(BytesIO(content)) as pdf:
            ids.append([bytes(part) for part in pdf.trailer.ID])
    assert ids[0][0] == ids[1][0] == IDENTIFIER
    assert ids[0][1] != ids[1][1]


def test_only_streams_stand_alone() -> None:
    content, numbers = written([*range(450), b"drawing"])
    assert content.count(b" 0 obj\n") == 1 + 3 + 1  # the stream, three of objects, the table
    assert b"\n%d 0 obj\n" % numbers[-1] in content
    assert content.startswith(b"%PDF-1.7\n%")


@given(st.lists(st.integers(0, 2**56 - 1), min_size=1, max_size=40))
def test_rows_are_told_by_their_differences(rows: list[int]) -> None:
    coded = _differences(array("Q", rows))
    above = bytes(7)
    for at, row in enumerate(rows):
        line = coded[8 * at : 8 * at + 8]
        assert line[0] == 2
        above = bytes((less + byte) % 256 for less, byte in zip(line[1:], above, strict=True))
        assert int.from_bytes(above, "big") == row


def test_the_table_of_many_objects_is_small() -> None:
    """A row is seven bytes; its difference from the one above is nearly nothing."""
    content, _ = written(list(range(5_000)))
    found = re.search(rb"/Type/XRef/Size (\d+).*?/Length (\d+)>>", content)
    assert found
    assert int(found[1]) > 5_000
    assert int(found[2]) < 500


@settings(max_examples=20)
@given(st.lists(st.integers(0, 450), max_size=4))
def test_objects_put_together_read_back(counts: list[int]) -> None:
    """However full the stream is in which they begin."""
    writer = Writer()
    pages = writer.reserve()
    page = writer.add(f"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 9 9]/Resources<<>>>>")
    writer.put(pages, f"<</Type/Pages/Kids[{page} 0 R]/Count 1>>")
    numbers: list[int] = []
    for count in counts:
        first = writer.reserve(count)
        writer.put_all(first, (f"<</Value {at}>>" for at in range(first, first + count)))
        numbers += range(first, first + count)
    held = " ".join(f"{at} 0 R" for at in numbers)
    root = writer.add(f"<</Type/Catalog/Pages {pages} 0 R/Held[{held}]>>")
    content = writer.finish(root=root, info=writer.add("<<>>"), identifier=IDENTIFIER)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert [int(one.Value) for one in pdf.Root.Held] == numbers
