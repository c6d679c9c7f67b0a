"""What WeasyPrint says in its log, said as diagnostics.

Its warnings about a style sheet carry line and column; the rest is about the whole document.
What a sentence means is read off its template, not off its words.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from builder.core.diagnostic import Diagnostic, Location, warning

# WeasyPrint says these about a URL that the fetcher refused, or a picture it cannot read; all
# begin with the URL.
_IMAGE_FAILED = "Failed to load image at %r: %s"
_SHEET_FAILED = ("Failed to load stylesheet at %s: %s", "Failed to load stylesheet at %s : %s")
_SVG_FAILED = "Failed to render SVG image %s"
# Characters without a glyph; F002 says it better, once for all of them.
_NO_GLYPH = ".notdef glyph rendered"
# A picture without a description; P020 says it when a standard is asked for.
_UNDESCRIBED = 'Image "%s" has no required alt description'
# Style sheets name a position as the two numbers after one of these templates' texts.
_POSITION = "at %d:%d"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something WeasyPrint logged: the template and its arguments, and the style sheet that
    was being read, or "" during layout.
    """

    template: str
    arguments: tuple[object, ...]
    sheet: str = ""

    @property
    def text(self) -> str:
        """The whole sentence."""
        return self.template % self.arguments if self.arguments else self.template


def remarks_to_diagnostics(
    remarks: Iterable[Remark], refused: Iterable[str]
) -> tuple[Diagnostic, ...]:
    """P002 for refused URLs, P003 for style sheets, P004 for pictures, P005 for the rest.

    Each is said once.
    """
    urls = tuple(refused)
    found = [warning("P002", url=_shortened(url)) for url in urls]
    found += _said(remarks, frozenset(urls))
    return tuple(dict.fromkeys(found))


def _said(remarks: Iterable[Remark], refused: frozenset[str]) -> Iterator[Diagnostic]:
    for remark in remarks:
        subject = str(remark.arguments[0]) if remark.arguments else ""
        if remark.template.startswith(_NO_GLYPH) or remark.template == _UNDESCRIBED:
            continue
        if subject in refused:
            continue
        if remark.template == _IMAGE_FAILED:
            yield warning("P004", name=_shortened(subject), reason=str(remark.arguments[1]))
        elif remark.template == _SVG_FAILED:
            yield warning("P004", name=_shortened(subject), reason="SVG")
        elif remark.sheet:
            yield warning("P003", _location(remark), reason=remark.text)
        elif remark.template not in _SHEET_FAILED:
            yield warning("P005", reason=remark.text)


def with_column(remark: Remark, column_of: Callable[[int, int], int]) -> Remark:
    """The remark with the column that `column_of(line, column)` gives for its own."""
    at = _position(remark)
    if at < 0:
        return remark
    line, column = (int(str(number)) for number in remark.arguments[at : at + 2])
    place = line, column_of(line, column)
    return replace(remark, arguments=(*remark.arguments[:at], *place, *remark.arguments[at + 2 :]))


def _location(remark: Remark) -> Location:
    """The sheet, with line and column when the remark has them."""
    at = _position(remark)
    if at < 0:
        return Location(remark.sheet)
    line, column = remark.arguments[at : at + 2]
    return Location(remark.sheet, int(str(line)), int(str(column)))


def _position(remark: Remark) -> int:
    """Which argument is the line, before that of the column; -1 when there is none."""
    before, found, _ = remark.template.partition(_POSITION)
    return before.count("%") - 2 * before.count("%%") if found else -1


def _shortened(url: str) -> str:
    """A URL fit to be read; `data:` URLs can be long."""
    return url if len(url) <= 100 else f"{url[:100]}…"
