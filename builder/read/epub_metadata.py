"""What an EPUB says about itself, keyed like [book] of book.toml."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree

from builder.core.config_laws import MAX_BLURB, MAX_SUBJECTS, MAX_WORDS
from builder.read.epub_package import all_of, words_of

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_ISBN = re.compile(
    r"(?:urn:isbn:|isbn[:\s]*)?(?P<digits>97[89][0-9\-]{10,14}|[0-9\-]{9,12}[0-9xX])", re.I
)
_TAG = re.compile(r"<[^<>]{1,200}>")
_SPACE = re.compile(r"\s+")
# What tools write when they know nothing. Counter-example: 佚名, which says that nobody knows.
_UNKNOWN = frozenset(
    ("unknown", "unknown author", "unknown title", "untitled", "none", "null", "n/a", "und",
     "[no data]", "未知", "未知作者", "不详", "無名書")
)  # fmt: skip
# Who is not an author but made the book what it is: MARC relator codes. Counter-example: bkp,
# by which tools name themselves.
_ROLES = ("trl", "edt", "com", "adp", "ann", "cwt", "pfr", "aui", "ill")
# calibre dates a book without a date to the year 101.
_EARLIEST_YEAR = "1000"


def hints_of_package(root: etree._Element) -> Iterator[tuple[str, str]]:
    """The metadata of a package document; lists are joined with 、."""
    metadata = next(all_of(root, "metadata"), None)
    if metadata is None:
        return
    refined = {
        (meta.get("refines", ""), meta.get("property", "")): words_of(meta)
        for meta in all_of(metadata, "meta")
        if meta.get("refines")
    }

    def said(name: str) -> list[etree._Element]:
        most = MAX_BLURB if name in {"description", "rights"} else MAX_WORDS
        known = (one for one in all_of(metadata, name) if _is_known(words_of(one)[: most + 1]))
        return [one for one in islice(known, MAX_SUBJECTS) if len(words_of(one)) <= most]

    def first(name: str) -> str:
        return next((words_of(one) for one in said(name)), "")

    titles = said("title")
    subtitles = [t for t in titles if refined.get((f"#{t.get('id')}", "title-type")) == "subtitle"]
    main = [title for title in titles if title not in subtitles]
    makers = [*said("creator"), *said("contributor")]
    roles = {role: _people(one for one in makers if _role(one, refined) == role) for role in _ROLES}
    authors = [one for one in said("creator") if _role(one, refined) in {"", "aut"}]
    if not authors and not any(roles.values()):
        authors = said("creator")
    series, position = _series(metadata, refined)
    identifiers = [words_of(one) for one in said("identifier")]
    isbn = next((m["digits"] for i in identifiers if (m := _ISBN.fullmatch(i))), "")
    dates = [match[0] for one in said("date") if (match := _DATE.match(words_of(one)))]
    values = {
        "title": words_of(main[0]) if main else "",
        "subtitle": words_of(subtitles[0]) if subtitles else "",
        "creators": _people(authors),
        **{f"creators.{role}": people for role, people in roles.items()},
        "language": first("language"),
        "identifier": next((i for i in identifiers if i.startswith("urn:uuid:")), ""),
        "isbn": isbn,
        "publisher": first("publisher"),
        "date": next((date for date in dates if date >= _EARLIEST_YEAR), ""),
        "rights": first("rights"),
        "description": _plain(first("description")),
        "subjects": "、".join(words_of(one) for one in said("subject")),
        "series": series,
        "series.position": position,
    }
    yield from ((key, value) for key, value in values.items() if value)


def _series(metadata: etree._Element, refined: dict[tuple[str, str], str]) -> tuple[str, str]:
    """The series and the place in it, as EPUB 3 says it or as calibre does."""
    for meta in all_of(metadata, "meta"):
        own = f"#{meta.get('id')}"
        is_collection = meta.get("property") == "belongs-to-collection"
        if is_collection and refined.get((own, "collection-type"), "series") == "series":
            return words_of(meta), refined.get((own, "group-position"), "")
    named = {meta.get("name"): meta.get("content", "") for meta in all_of(metadata, "meta")}
    return named.get("calibre:series", ""), named.get("calibre:series_index", "")


def _people(elements: Iterable[etree._Element]) -> str:
    return "、".join(_person(words_of(one)) for one in elements)


def _is_known(words: str) -> bool:
    return bool(words) and words.casefold() not in _UNKNOWN


def _role(creator: etree._Element, refined: dict[tuple[str, str], str]) -> str:
    """The MARC relator code of a creator; empty when nothing says what they did."""
    own = next((value for key, value in creator.attrib.items() if _name(key) == "role"), "")
    return str(own) or refined.get((f"#{creator.get('id')}", "role"), "")


def _name(key: str | bytes) -> str:
    return str(key).rpartition("}")[2]


def _person(name: str) -> str:
    """A name in reading order. Example: Doyle, Arthur Conan → Arthur Conan Doyle."""
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma and name.isascii() else name


def _plain(description: str) -> str:
    """A description without its mark-up."""
    return _SPACE.sub(" ", _TAG.sub("", description)).strip()
