"""HTML's tokens, by one linear pattern, and what each element means here.

No value of an attribute may hold a `<`; so every attempt to read a tag ends at the next one,
and hostile input costs no more than its length.
"""

import html
import re
from html.entities import html5

from builder.core.manuscript import MarkKind

SPACE = " \t\n\f"
TOKEN = re.compile(
    r"""
      (?P<seam> </p> [ \t\n\f]*+ <p (?: \s++ class="[^"<>]*+" )? > )
    | (?P<breaks> <br (?: \s*+ /? >| \s [^<>]*+ >)
        (?: [ \t\n\f]*+ <br (?: \s*+ /? >| \s [^<>]*+ >) )*+
        (?: [ \t\f]*+ \n )*+ )
    | < (?P<close>/?) (?P<name>[a-z][a-z0-9:\-]*+)
        (?P<rest> (?: [^<>"']++ | "[^"<]*+" | '[^'<]*+' )*+ (?=>) | [^<>]*+ ) >
    | (?P<comment> <!--)
    | (?P<cdata> <!\[CDATA\[)
    | (?P<declaration> <!doctype [^<>\[]{0,400}+ \[ (?P<subset> [^\]]{0,2000}+ ) \] \s*+ >
        | <[!?] [^<>]*+ >)
    | (?P<indent> &nbsp; (?: &nbsp; )++ )
    | (?P<entity> & (?: \#[0-9]{1,7}+ | \#x[0-9a-f]{1,6}+ | [a-z][a-z0-9]{1,31}+ ) ;?+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""(?<![^\s=/"'<>]) (?P<name>[^\s=/"'<>]++) \s*+ = \s*+
        (?: "(?P<double>[^"]*+)" | '(?P<single>[^']*+)' | (?P<bare>[^\s"'<>]++) )""",
    re.VERBOSE,
)

# Figures above or below the line. Example: <sup>2</sup>, <sub class="a">10</sub>.
# Counter-example: <sup><a href="#n1">1</a></sup>, <sup>[1]</sup>, <sup>st</sup>.
INDEX = re.compile(
    r"<(?P<name>su[bp])(?:\s[^<>]*)?>(?P<words>[0-9+\-=()]{1,8})</(?P=name)\s*>", re.IGNORECASE
)
# What the figures become, by the name of their element.
SMALL = {
    "sup": str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"),
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}

# Elements that start a new paragraph, with a blank line before and after.
PARAGRAPHS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "ul",
    )
)
# Elements that start a new line only.
LINES = frozenset(
    (
        "caption",
        "dd",
        "dt",
        "figcaption",
        "legend",
        "li",
        "option",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
    )
)
INLINES = frozenset(
    (
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "rb",
        "rp",
        "rt",
        "rtc",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    )
)
# Elements whose content nobody is meant to read.
DROPPED = frozenset(
    (
        "audio",
        "button",
        "canvas",
        "embed",
        "head",
        "iframe",
        "input",
        "link",
        "math",
        "meta",
        "noscript",
        "object",
        "param",
        "rp",
        "script",
        "select",
        "source",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    )
)
# Of these, elements that show something: what it is is looked for, and told when it is lost.
SHOWN = frozenset(("audio", "canvas", "iframe", "math", "object", "svg", "video"))
VOID = frozenset(
    (
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    )
)
KNOWN = PARAGRAPHS | LINES | INLINES | DROPPED | VOID | {"col", "colgroup"}

MARKS = {
    **{f"h{level}": MarkKind.HEADING for level in range(1, 7)},
    "em": MarkKind.EMPHASIS,
    "i": MarkKind.EMPHASIS,
    "dfn": MarkKind.EMPHASIS,
    "strong": MarkKind.STRONG,
    "b": MarkKind.STRONG,
    "code": MarkKind.CODE,
    "kbd": MarkKind.CODE,
    "samp": MarkKind.CODE,
    "a": MarkKind.LINK,
    "blockquote": MarkKind.QUOTE,
    "ul": MarkKind.LIST,
    "ol": MarkKind.LIST,
    "dl": MarkKind.LIST,
    "li": MarkKind.ITEM,
    "dt": MarkKind.ITEM,
    "dd": MarkKind.ITEM,
    "table": MarkKind.TABLE,
    "tr": MarkKind.ROW,
    "td": MarkKind.CELL,
    "th": MarkKind.CELL,
    "caption": MarkKind.CAPTION,
    "figcaption": MarkKind.CAPTION,
    "pre": MarkKind.RAW,
}
# A start tag closes these elements when they are still open, up to a limit.
# Source: HTML Living Standard, optional tags (13.1.2.4).
_PARAGRAPH_LIMITS = frozenset(("body", "div", "blockquote", "li", "td", "th", "dd", "figure"))
IMPLIED = {
    **dict.fromkeys(PARAGRAPHS, (frozenset(("p",)), _PARAGRAPH_LIMITS)),
    "li": (frozenset(("li",)), frozenset(("ul", "ol", "menu", "table"))),
    "dt": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "dd": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "td": (frozenset(("td", "th")), frozenset(("tr", "table"))),
    "th": (frozenset(("td", "th")), frozenset(("tr", "table"))),
    "tr": (frozenset(("tr",)), frozenset(("table",))),
}


# An entity that a page declares for itself. Example: <!ENTITY he "河">.
_DECLARED = re.compile(
    r"<!ENTITY\s+(?P<name>[A-Za-z][A-Za-z0-9]{0,31})\s+(?:\"(?P<double>[^\"<&%]{1,100})\"|'(?P<single>[^'<&%]{1,100})')"
)


def declared_entities(subset: str) -> dict[str, str]:
    """The entities that a document type declares, plain text only, by their references."""
    return {
        f"&{match['name']};": match["double"] or match["single"]
        for match in _DECLARED.finditer(subset)
    }


def attributes(rest: str) -> dict[str, str]:
    """The attributes of a start tag by lower-case name; the first of a name counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(rest):
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(match["name"].lower(), html.unescape(value))
    return found


MAX_COLUMNS = 1000  # what browsers take at most
# Example: text-align: right. Counter-example: text-align: justify.
_ALIGN = re.compile(r"text-align\s*:\s*(center|right)", re.IGNORECASE)


def cell_look(rest: str) -> str:
    """How a table's cell looks, for its mark: "2,1,right", or empty for a plain one."""
    if "span" not in rest and "align" not in rest:
        return ""
    found = attributes(rest)
    columns, rows = (_count(found.get(name, "")) for name in ("colspan", "rowspan"))
    said = _ALIGN.search(found.get("style", ""))
    align = (said[1] if said else found.get("align", "")).lower()
    align = align if align in {"center", "right"} else ""
    return "" if (columns, rows, align) == (1, 1, "") else f"{columns},{rows},{align}"


def _count(value: str) -> int:
    value = value.strip()
    is_number = value.isascii() and value.isdigit() and len(value) <= len(str(MAX_COLUMNS))
    return max(1, min(int(value), MAX_COLUMNS)) if is_number else 1


# Windows-1252 characters that pages write as numbers, and numbers that stand for nothing.
# Source: HTML Living Standard, numeric character reference end state (13.2.5.80).
_NO_CHARACTER = frozenset((0, 0x0D, *range(0xD800, 0xE000)))


def character_of(entity: str) -> str | None:
    """What a character reference stands for; None when it is only text that looks like one.

    Examples: &nbsp; &#12288; &#x3000; &ldquo; and, as browsers do, &nbsp without semicolon.
    Counter-examples: &T in AT&T, &nothing;.
    """
    if entity.startswith("&#"):
        digits = entity[2:].rstrip(";")
        value = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
        if value in _NO_CHARACTER or value > 0x10FFFF:
            return "" if value == 0x0D else None
        return html.unescape(f"&#{value};") or None
    return html5.get(entity[1:])
