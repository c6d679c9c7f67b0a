"""What stands on a cover: the words of the book's metadata, cut up as a cover shows them."""

import re
import unicodedata
from dataclasses import dataclass

from builder.core.book import Metadata, Series
from builder.core.language import is_traditional
from builder.core.numerals import to_chinese
from builder.covers.breaking import parted

# A title of more characters than this is cut in two at its colon or its space.
MAX_PLAIN_TITLE = 6
MAX_CHARACTERS = 120  # of a title or a name; set in eight lines these can just be read
SUBTITLE_LINE = 18  # characters; at the size of a subtitle a cover is 18 wide
MAX_SUBTITLE_LINES = 3
MAX_NAMES = 3  # on a line of the cover; an anthology names three and says 等
_UNTITLED = ("无题", "無題")
_ROLES = {"trl": ("译", "譯"), "edt": ("编", "編"), "ill": ("绘", "繪")}
# Example: 长夜（上）, 长夜 (全三册). Counter-example: 长夜（上, （上）.
_BRACKETED = re.compile(r"(?P<head>[^（(]*[^（(\s]|[^（(])\s*+[（(](?P<tail>[^（()）]{1,12})[)）]")
# Example: 长夜：渡口的人, 长夜 第一卷 风起, 长夜——渡口的人. Counter-example: 长夜.
_TWO_PARTS = re.compile(r"(?P<head>[^：:\s—]+)(?:[：:]|——|\s)\s*(?P<tail>\S.*)")
_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Mn"})
_LATIN_WORD = re.compile("[A-Za-zÀ-ɏЀ-ӿ]{4,}")


@dataclass(frozen=True, slots=True)
class CoverWords:
    """`title` and `subtitle` together are the whole title. `creators` are lines, the authors
    first; `series` and its `number` (二) may be empty.
    """

    title: str
    subtitle: str
    creators: tuple[str, ...]
    series: str
    number: str
    publisher: str
    language: str

    @property
    def subtitle_lines(self) -> tuple[str, ...]:
        """The subtitle in lines that are short enough to be read; what is beyond three is cut."""
        whole = self.subtitle
        if len(whole) > MAX_SUBTITLE_LINES * SUBTITLE_LINE:
            whole = whole[: MAX_SUBTITLE_LINES * SUBTITLE_LINE - 1].rstrip() + "…"
        return parted(whole, -(-len(whole) // SUBTITLE_LINE))

    @property
    def series_line(self) -> str:
        """The series on one line: 山海集·二."""
        return "·".join(part for part in (self.series, self.number) if part)

    @property
    def beside_title(self) -> tuple[str, ...]:
        """What stands in columns beside a title: subtitle, series, creators."""
        series = (self.series_line,) if self.series_line else ()
        return self.subtitle_lines + series + self.creators

    @property
    def han_count(self) -> int:
        """How many Chinese characters the title has."""
        return len(_HAN.findall(self.title))

    @property
    def is_han(self) -> bool:
        """Whether the title has Chinese characters and nothing else."""
        return self.han_count == len(self.title) > 0

    @property
    def runs_across(self) -> bool:
        """Whether the title can only be set in lines: Latin words, more than a few."""
        return len(_LATIN_WORD.findall(self.title)) > 1 or self.han_count == 0


def words_of(metadata: Metadata) -> CoverWords:
    """The words of a cover."""
    title, subtitle = _title_parts(_visible(metadata.title), _visible(metadata.subtitle))
    series, number = _series(metadata.series, metadata.title)
    makers = {creator.name for creator in metadata.creators}
    return CoverWords(
        title=title or _UNTITLED[is_traditional(metadata.language)],
        subtitle=subtitle,
        creators=tuple(_creators(metadata)),
        series=series,
        number=number,
        publisher="" if metadata.publisher in makers else _visible(metadata.publisher),
        language=metadata.language,
    )


def _visible(text: str) -> str:
    """`text` with single spaces, without controls, selectors and broken characters.

    What is too long to be read on a cover is cut, with … to say so.
    """
    drawn = (
        character
        for character in text
        if character.isspace() or unicodedata.category(character) not in _INVISIBLE
    )
    words = " ".join("".join(drawn).split())
    return words if len(words) <= MAX_CHARACTERS else words[: MAX_CHARACTERS - 1].rstrip() + "…"


def _title_parts(title: str, subtitle: str) -> tuple[str, str]:
    """Title and subtitle; a long title without one gives its second half for it."""
    if subtitle:
        return title, subtitle
    bracketed = _BRACKETED.fullmatch(title)
    if bracketed and _HAN.search(title):
        head, tail = bracketed["head"], bracketed["tail"]
        return (f"{head}·{tail}", "") if len(tail) == 1 else (head, tail)
    parts = _TWO_PARTS.fullmatch(title)
    if parts and len(title) > MAX_PLAIN_TITLE and _HAN.search(parts["head"]):
        return parts["head"], parts["tail"]
    return title, ""


def _series(series: Series | None, title: str) -> tuple[str, str]:
    """The series and the book's number in it: 山海集, 二.

    A series called like the book is not said twice: 之二; nor the number of a volume whose title
    has it.
    """
    if series is None:
        return "", ""
    number = "" if series.position is None else f"{series.position:g}"
    if number.isdecimal() and int(number) > 0:
        number = to_chinese(int(number))
    if not title.startswith(series.name):
        return series.name, number
    return "", f"之{number}" if number and title == series.name else ""


def _creators(metadata: Metadata) -> list[str]:
    """A line for the authors, and one for each other role: 余光 译."""
    traditional = is_traditional(metadata.language)
    names: dict[str, list[str]] = {}
    for creator in metadata.creators:
        role = creator.role if creator.role in _ROLES else "aut"
        if name := _visible(creator.name):
            names.setdefault(role, []).append(name)
    lines = []
    for role in sorted(names, key=lambda role: ("aut", *_ROLES).index(role)):
        people = names[role]
        line = "\N{IDEOGRAPHIC SPACE}".join(people[:MAX_NAMES])
        line += " 等" if len(people) > MAX_NAMES else ""
        mark = _ROLES[role][traditional] if role in _ROLES else ""
        lines.append(f"{line} {mark}" if mark else line)
    return lines
