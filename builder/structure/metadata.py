"""What the book is called and who made it: settings over the files over names over first lines."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

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
# 林一舟 著, 林一舟著, Lin Yizhou 著, but not 世界名著 and not 他的著作.
MAKER_LINE = re.compile(
    r"(?P<author>[^，。！？；：、“”《》\s]{2,12}|[A-Za-z][A-Za-z.·-]{1,20}(?: [A-Za-z][A-Za-z.·-]{0,20}){1,3})[ 　]{1,4}(?:著|撰|编著|編著|作品)"
    r"|(?P<name>[\u4e00-\u9fff]{2,4}(?<![名原专專巨遗遺论論显顯卓土新旧舊合译譯编編]))著"
)
SEVERAL = re.compile("[、,，;；/]")
# The place in a series. Example: 2, 1.5. Counter-example: 上, -1.
POSITION = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3})?")


class FirstLines(NamedTuple):
    """What the text begins with; `is_sure` when it calls the title one: 书名：, a top heading."""

    title: str = ""
    author: str = ""
    is_sure: bool = False


NOTHING_SAID = FirstLines()


def title_of_line(line: str) -> FirstLines | None:
    """Title and author, if the line is a title line and nothing else; the author may be empty."""
    if match := NAMED_TITLE_LINE.fullmatch(line):
        return FirstLines(match["title"].strip(), is_sure=True)
    if match := TITLE_LINE.fullmatch(line):
        author = (match["author"] or "").strip()
        return FirstLines(match["title"].strip(), author, is_sure=author != "")
    return None


def author_of_line(line: str) -> str:
    """The author, if the line names one and nothing else; else empty."""
    match = AUTHOR_LINE.fullmatch(line) or MAKER_LINE.fullmatch(line)
    return ((match["author"] or match["name"]) if match else "").strip()


def is_han(character: str) -> bool:
    """Whether a character is one of the common Han ideographs."""
    return "\u4e00" <= character <= "\u9fff"


def metadata_of(
    config: BookConfig,
    hints: Mapping[str, str],
    *,
    source: BookSource,
    first_lines: FirstLines,
    language: str,
) -> Metadata:
    """The book's metadata; `first_lines` are the title and author that the text begins with."""
    title = config.title or hints.get("title", "") or _name(source, first_lines)
    creators = _creators(config, hints, source, first_lines)
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


def are_told(
    lines: FirstLines, config: BookConfig, hints: Mapping[str, str], source: BookSource
) -> bool:
    """Whether the title page will say what the text's first lines say, whoever names the book."""
    title = config.title or hints.get("title", "") or _name(source, lines)
    authors = "".join(creator.name for creator in _creators(config, hints, source, lines))
    return _bare(lines.title) in _bare(title) and _bare(lines.author) in _bare(authors)


def _name(source: BookSource, first: FirstLines) -> str:
    """The title when neither settings nor the files' own metadata have one."""
    named = source.title or source.slug
    says_nothing = not source.title or not any(is_han(character) for character in named)
    # hlm_utf8.txt and 正文.txt say less than a first line; 我的小说.md less than its top heading.
    is_better = says_nothing or first.is_sure or _bare(named) in _bare(first.title)
    return first.title if first.title and is_better else named


def _bare(words: str) -> str:
    return "".join(character for character in words if character.isalnum()).casefold()


def _creators(
    config: BookConfig, hints: Mapping[str, str], source: BookSource, first: FirstLines
) -> tuple[Creator, ...]:
    authors = hints.get("creators", "") or hints.get("author", "")
    others = tuple(_people(hints))
    if not authors and not others:
        authors = source.author or first.author
    return config.creators or (*_named(authors), *others)


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
