"""What a colophon (版权页) says: the lines that the EPUB's and the printed one share."""

from collections.abc import Iterator
from dataclasses import dataclass

from builder.core.book import Metadata, Series
from builder.core.language import is_traditional

MADE_WITH = "ebook-builder"


@dataclass(frozen=True, slots=True)
class _Words:
    """`creators` maps MARC relator codes to what those people are called; "" to all others."""

    title: str
    creators: tuple[tuple[str, str], ...]
    publisher: str
    date: str
    series: str
    rights: str
    made: str


_SIMPLIFIED = _Words(
    title="书名",
    creators=(
        ("aut", "著者"),
        ("trl", "译者"),
        ("edt", "编者"),
        ("com", "辑者"),
        ("adp", "改编"),
        ("ann", "注者"),
        ("cwt", "评者"),
        ("pfr", "校者"),
        ("aui", "作序"),
        ("ill", "绘者"),
        ("cov", "封面"),
        ("", "参与"),
    ),
    publisher="出版",
    date="日期",
    series="丛书",
    rights="版权",
    made="排版",
)
_TRADITIONAL = _Words(
    title="書名",
    creators=(
        ("aut", "著者"),
        ("trl", "譯者"),
        ("edt", "編者"),
        ("com", "輯者"),
        ("adp", "改編"),
        ("ann", "注者"),
        ("cwt", "評者"),
        ("pfr", "校者"),
        ("aui", "作序"),
        ("ill", "繪者"),
        ("cov", "封面"),
        ("", "參與"),
    ),
    publisher="出版",
    date="日期",
    series="叢書",
    rights="版權",
    made="排版",
)


def colophon_rows(metadata: Metadata) -> tuple[tuple[str, str], ...]:
    """What is known of the book as label and words, in the book's script."""
    words = _TRADITIONAL if is_traditional(metadata.language) else _SIMPLIFIED
    title = metadata.title + (f"：{metadata.subtitle}" if metadata.subtitle else "")
    rows = (
        (words.title, title),
        *_makers(metadata, words),
        (words.publisher, metadata.publisher),
        (words.date, metadata.date),
        ("ISBN", metadata.isbn),
        (words.series, series_line(metadata.series)),
        (words.rights, metadata.rights),
        (words.made, MADE_WITH),
    )
    return tuple((label, value) for label, value in rows if value.strip())


def _makers(metadata: Metadata, words: _Words) -> Iterator[tuple[str, str]]:
    known = {role for role, _ in words.creators}
    for role, label in words.creators:
        names = (
            creator.name
            for creator in metadata.creators
            if (creator.role if creator.role in known else "") == role
        )
        yield label, "、".join(names)


def series_line(series: Series | None) -> str:
    """The series and the book's place in it: 山海集·2; "" when it belongs to none."""
    if series is None:
        return ""
    return series.name + ("" if series.position is None else f"·{series.position:g}")
