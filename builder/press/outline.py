"""The ways into a PDF beside its pages: outline, page labels. Source: ISO 32000-1, 12.3, 12.4."""

from collections.abc import Mapping, Sequence

from builder.core.publication import NavPoint
from builder.press.syntax import text_string
from builder.press.writer import Writer


def put_outline(writer: Writer, points: Sequence[NavPoint], places: Mapping[str, str]) -> int:
    """Write the outline, all of it unfolded; the number of its root, 0 when there is nothing.

    `places` are destinations by the id of their anchor. An entry without one leads nowhere.
    """
    if not points:
        return 0
    root = writer.reserve()
    first, last = _put_level(writer, points, places, root)
    count = _size(points)
    writer.put(root, f"<</Type/Outlines/First {first} 0 R/Last {last} 0 R/Count {count}>>")
    return root


def _put_level(
    writer: Writer, points: Sequence[NavPoint], places: Mapping[str, str], parent: int
) -> tuple[int, int]:
    """Write entries that stand together; the numbers of the first and the last."""
    first = writer.reserve(len(points))
    last = first + len(points) - 1
    for at, point in enumerate(points, first):
        entry = f"<</Title{text_string(point.title)}/Parent {parent} 0 R"
        if at > first:
            entry += f"/Prev {at - 1} 0 R"
        if at < last:
            entry += f"/Next {at + 1} 0 R"
        if place := places.get(point.href.removeprefix("#")):
            entry += f"/Dest{place}"
        if point.children:
            inner = _put_level(writer, point.children, places, at)
            entry += f"/First {inner[0]} 0 R/Last {inner[1]} 0 R/Count {_size(point.children)}"
        writer.put(at, f"{entry}>>")
    return first, last


def _size(points: Sequence[NavPoint]) -> int:
    return len(points) + sum(_size(point.children) for point in points)


def page_labels(front_page_count: int) -> str:
    """Roman numerals for the pages of the front matter, then Arabic ones from 1 on."""
    roman = "0<</S/r>>" if front_page_count else ""
    return f"<</Nums[{roman}{front_page_count}<</S/D>>]>>"
