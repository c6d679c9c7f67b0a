"""How things are written in a PDF: names, strings, numbers, dates, trees of numbers and names.

Everything is ASCII text, so that thousands of objects can be joined and encoded at once; what
is not ASCII goes into hexadecimal strings. Source: ISO 32000-1, 7.3, 7.9.
"""

import re
from collections.abc import Iterable, Sequence

# What a literal string can hold as it is. Example: Chapter 1. Counter-example: f(x), 第一章.
_PLAIN = re.compile(r"[ !-'*-\[\]-~]*")
_REGULAR = frozenset(
    b"!$&'*+,-.0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~\\\""
)
# Example: 2026-01-05T08:30:00Z, 2026-01-05. Counter-example: 5 January 2026.
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)Z)?")
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def name(text: str) -> str:
    """`text` as a name object, with its solidus."""
    return "/" + "".join(
        chr(byte) if byte in _REGULAR else f"#{byte:02X}" for byte in text.encode()
    )


def text_string(text: str) -> str:
    """`text` for people: as it is when that is possible, else UTF-16."""
    if _PLAIN.fullmatch(text):
        return f"({text})"
    return f"<{(_BYTE_ORDER_MARK + text).encode('utf-16-be', 'surrogatepass').hex()}>"


def number(value: float) -> str:
    """A number with at most three decimals, written as short as it can be."""
    written = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def numbers(values: Iterable[float]) -> str:
    """An array of numbers."""
    return f"[{' '.join(map(number, values))}]"


def reference(of: int) -> str:
    """The object `of`, pointed to."""
    return f"{of} 0 R"


def references(of: Iterable[int]) -> str:
    """An array of objects, each pointed to."""
    return f"[{' '.join(map(reference, of))}]"


def date(moment: str) -> str:
    """A moment (UTC, ISO 8601, ending in Z; or a day) as PDF writes it."""
    match = _MOMENT.fullmatch(moment)
    if not match:
        raise ValueError(f"no moment: {moment!r}")
    written = "".join(part for part in match.groups() if part)
    return f"(D:{written}Z)" if match[4] else f"(D:{written})"


# How many entries a leaf of a tree has, and how many nodes a node above it.
LEAF = 64


def leaves(entries: Sequence[tuple[int, str]], kind: str) -> list[str]:
    """The leaves of a number tree, each with its limits; `entries` are sorted by number.

    `kind` is Nums or Names; for the latter, `named_leaves` writes the keys.
    """
    found = []
    for at in range(0, len(entries), LEAF):
        part = entries[at : at + LEAF]
        body = " ".join(f"{key} {value}" for key, value in part)
        found.append(f"<</Limits[{part[0][0]} {part[-1][0]}]/{kind}[{body}]>>")
    return found


def named_leaves(entries: Sequence[tuple[str, str]]) -> list[str]:
    """The leaves of a name tree; the keys are ASCII, plain and sorted."""
    found = []
    for at in range(0, len(entries), LEAF):
        part = entries[at : at + LEAF]
        body = "".join(f"({key}){value}" for key, value in part)
        found.append(f"<</Limits[({part[0][0]})({part[-1][0]})]/Names[{body}]>>")
    return found
