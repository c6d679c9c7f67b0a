"""What the book is called and who made it: settings over the files over names over first lines."""

import re
from collections.abc import Iterator, Mapping

from builder.core.book import Creator, Metadata, Series
from builder.core.config import BookConfig
from builder.core.source import BookSource

# 《渡口》 or 《渡口》作者：沈砚 or 书名：渡口, but not 《渡口》是我写的第一本书。
TITLE_LINE = re.compile(
    r"《(?P<title>[^《》\n]{1,40})》[ \t　]*(?:(?:作者|著者|文)?[：:／/ 　]{0,2}"
    r"(?P<author>[^，。！？；：\n《》]{1,16}?)(?:[ 　]?[著作撰])?)?"
)
NAMED_TITLE_LINE = re.compile(
    r"(?:书名|書名|书　名|題名)[：:][ 　]?《?(?P<title>[^《》\n]{1,40})》?"
)
AUTHOR_LINE = re.compile(
    r"(?:作[ 　]?者|著[ 　]?者|作家|文|著|撰)[ 　]?[：:／/｜| 　][ 　]?(?P<author>[^，。！？；：\n]{1,20})"
    r"|[\[［【〔（(](?P<dynasty>[先秦汉漢魏晋晉唐宋元明清民国國]{1,3})[\]］】〕）)][ 　]?(?P<name>[^，。！？；：\n]{2,6})"
)
SEVERAL = re.compile("[、,，;；/]")
# The place in a series. Example: 2, 1.5. Counter-example: 上, -1.
POSITION = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3})?")


def title_of_line(line: str) -> tuple[str, str] | None:
    """Title and author, if the line is a title line and nothing else; the author may be empty."""
    match = TITLE_LINE.fullmatch(line) or NAMED_TITLE_LINE.fullmatch(line)
    if not match:
        return None
    found = match.groupdict()
    return found["title"].strip(), (found.get("author") or "").strip()


def author_of_line(line: str) -> str:
    """The author, if the line names one and nothing else; else empty."""
    match = AUTHOR_LINE.fullmatch(line)
    return ((match["author"] or match["name"]) if match else "").strip()


def is_han(character: str) -> bool:
    """Whether a character is one of the common Han ideographs."""
    return "\u4e00" <= character <= "\u9fff"


def metadata_of(
    config: BookConfig,
    hints: Mapping[str, str],
    *,
    source: BookSource,
    first_lines: tuple[str, str],
    language: str,
) -> Metadata:
    """The book's metadata; `first_lines` are the title and author that the text begins with."""
    first_title, first_author = first_lines
    named = source.title or source.slug
    if first_title and not any(is_han(character) for character in named):
        named = first_title  # hlm_utf8.txt says less than its first line 《红楼梦》
    title = config.title or hints.get("title", "") or named
    authors = hints.get("creators", "") or hints.get("author", "")
    others = tuple(_people(hints))
    if not authors and not others:
        authors = source.author or first_author
    creators = config.creators or (*_named(authors), *others)
    subjects = config.subjects or tuple(
        subject.strip() for subject in SEVERAL.split(hints.get("subjects", "")) if subject.strip()
    )

    def said(key: str, setting: str) -> str:
        return setting or hints.get(key, "")

    return Metadata(
        title=title,
        language=language,
        subtitle=said("subtitle", config.subtitle),
        creators=creators,
        identifier=said("identifier", config.identifier),
        isbn=said("isbn", config.isbn),
        publisher=said("publisher", config.publisher),
        date=said("date", config.date),
        rights=said("rights", config.rights),
        series=config.series or _series(hints) or source.series,
        description=said("description", config.description),
        subjects=subjects,
        file_as=config.file_as,
    )


def _named(names: str, role: str = "aut") -> Iterator[Creator]:
    return (Creator(name.strip(), role) for name in SEVERAL.split(names) if name.strip())


def _people(hints: Mapping[str, str]) -> Iterator[Creator]:
    """Who is no author, by their MARC relator codes: creators.trl."""
    for key, names in hints.items():
        if key.startswith("creators."):
            yield from _named(names, key.removeprefix("creators."))


def _series(hints: Mapping[str, str]) -> Series | None:
    if not hints.get("series"):
        return None
    position = hints.get("series.position", "")
    return Series(hints["series"], float(position) if POSITION.fullmatch(position) else None)
