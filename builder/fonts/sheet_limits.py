"""What a style sheet of a stranger's may hold: far above any real one, far below what hurts.

A sheet is small, and what it asks for need not be: variables of variables double, brackets in
brackets and selectors of a thousand parts are walked by functions that call themselves. It is
counted here before anyone else reads it, in time that grows with its length.
"""

import re
from collections.abc import Iterator
from typing import Any

from builder.fonts.libraries import css_parser
from builder.fonts.sheet_faults import SheetFault

# Beside addresses and comments. The longest sheets of books have 100,000.
MAX_CHARACTERS = 500_000
# Each costs as often as there are elements. Sheets of books have up to 2,000.
MAX_SELECTORS = 10_000
# Brackets in brackets; five or six in real sheets.
MAX_DEPTH = 32
# Names, blanks and signs of one selector: body div p > em.
MAX_SELECTOR_PARTS = 100
# Words, numbers and signs of one declaration; a `unicode-range` for Chinese has 800.
MAX_VALUE_PARTS = 2_000
# Families of one list, which Pango looks at for each character.
MAX_FAMILIES = 100
# Characters of one string. It may stand on every page.
MAX_STRING = 1_000
# A length, in any unit, or a percentage; and any other number. Layers count up to 2,147,483,647.
MAX_LENGTH, MAX_NUMBER = 1_000_000, 10_000_000_000
# What a counter begins with or grows by, and how wide a number gets: its words grow with it.
MAX_COUNTED = 10_000
# Digits of one number, as they are written.
MAX_DIGITS = 40
# Parts of all values in which variables were put in, and variables of variables in a row.
MAX_EXPANDED, MAX_CHAIN = 50_000, 32

# Addresses, comments and strings as in `sheet_faults`, and brackets. Example: url(data:a;b), /* { */.
# Counter-example: an address in quotes, whose string is one.
_PIECES = re.compile(
    r"(?P<address>\burl\(\s*+(?:[^\"'()\\\s]|\\.)++\s*+\))|(?P<comment>/\*(?:.*?\*/|.*+))"
    r"|(?P<string>\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?)|\\.|(?P<digits>[0-9]++)|(?P<sign>[][(){}])",
    re.DOTALL | re.IGNORECASE,
)
_PARTNERS = {"}": "{", ")": "(", "]": "["}
_SPACES = frozenset({"whitespace", "comment"})
_ADDRESSED = re.compile(r"\burl\(\s*+$", re.IGNORECASE)


def sheet_excess(sheet: str) -> SheetFault | None:
    """The first thing of which a sheet has more than any book needs, if it does."""
    return _too_long_or_deep(sheet) or next(_too_much(sheet), None)


def _too_long_or_deep(sheet: str) -> SheetFault | None:
    """Too many characters, a bracket too deep or too long a string, found without parsing."""
    left = len(sheet)
    open_at: list[str] = []
    for piece in _PIECES.finditer(sheet):
        start, end = piece.span()
        if piece["address"] or piece["comment"]:
            left -= end - start
        elif piece["string"]:
            if _ADDRESSED.search(sheet, max(start - 20, 0), start):
                left -= end - start
            elif end - start > MAX_STRING + 2:
                return _excess(sheet, start, "css.long_string", MAX_STRING)
        elif piece["digits"]:
            if end - start > MAX_DIGITS:
                return _excess(sheet, start, "css.number", MAX_DIGITS)
        elif sign := piece["sign"]:
            if sign not in _PARTNERS:
                open_at.append(sign)
                if len(open_at) > MAX_DEPTH:
                    return _excess(sheet, start, "css.deep", MAX_DEPTH)
            elif open_at and open_at[-1] == _PARTNERS[sign]:
                open_at.pop()
    return _excess(sheet, 0, "css.long", MAX_CHARACTERS) if left > MAX_CHARACTERS else None


def _excess(sheet: str, offset: int, reason: str, limit: int) -> SheetFault:
    return SheetFault(sheet.count("\n", 0, offset) + 1, reason, str(limit))


def _too_much(sheet: str) -> Iterator[SheetFault]:
    """Too many or too long selectors, values or variables; brackets are no deeper than allowed."""
    selectors = 0
    sizes: dict[str, int] = {}
    uses: dict[str, list[str]] = {}
    values: list[tuple[int, int, list[str]]] = []
    for rule, content in _rules(css_parser().parse_stylesheet(sheet, skip_comments=True)):
        parts = 0
        for token in _inside(rule.prelude):
            is_comma = _is_comma(token)
            parts = 0 if is_comma else parts + (token.type != "comment")
            selectors += is_comma
            if parts > MAX_SELECTOR_PARTS:
                yield SheetFault(rule.source_line, "css.selector", str(MAX_SELECTOR_PARTS))
        selectors += 1
        if selectors > MAX_SELECTORS:
            yield SheetFault(rule.source_line, "css.selectors", str(MAX_SELECTORS))
        for declaration in content:
            size, commas, names = _of_value(declaration.value)
            if _has_huge(declaration):
                yield SheetFault(declaration.source_line, "css.huge", declaration.name)
            if size > MAX_VALUE_PARTS:
                yield SheetFault(declaration.source_line, "css.value", str(MAX_VALUE_PARTS))
            if commas >= MAX_FAMILIES and declaration.lower_name in {"font-family", "font"}:
                yield SheetFault(declaration.source_line, "css.families", str(MAX_FAMILIES))
            if declaration.name.startswith("--"):
                sizes[declaration.name] = max(sizes.get(declaration.name, 0), size)
                uses.setdefault(declaration.name, []).extend(names)
            elif names:
                values.append((declaration.source_line, size, names))
    yield from _expanding(sizes, uses, values)


def _expanding(
    sizes: dict[str, int], uses: dict[str, list[str]], values: list[tuple[int, int, list[str]]]
) -> Iterator[SheetFault]:
    """Values that grow too long when variables are put in; at least as long as they get."""
    full, total = _expanded(sizes, uses), 0
    for line, size, names in values:
        total += size + sum(full.get(name, 0) for name in names)
        if total > MAX_EXPANDED:
            yield SheetFault(line, "css.variables", str(MAX_EXPANDED))
            return


def _expanded(sizes: dict[str, int], uses: dict[str, list[str]]) -> dict[str, int]:
    """How long each variable gets. One of more than MAX_CHAIN others in a row, or of itself,
    counts as too long.
    """
    full = {name: size for name, size in sizes.items() if not uses[name]}
    left = [name for name in sizes if uses[name]]
    for _ in range(MAX_CHAIN):
        # What no declaration says is nothing; what is not reckoned yet waits.
        ready = [
            name for name in left if all(one in full or one not in sizes for one in uses[name])
        ]
        for name in ready:
            grown = sizes[name] + sum(full.get(one, 0) for one in uses[name])
            full[name] = min(grown, MAX_EXPANDED + 1)
        left = [name for name in left if name not in full]
        if not ready:
            break
    return full | dict.fromkeys(left, MAX_EXPANDED + 1)


def _rules(nodes: list[Any]) -> Iterator[tuple[Any, list[Any]]]:
    """Every rule with its declarations, those in rules too; what is broken says nothing."""
    parser = css_parser()
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        if node.type not in {"qualified-rule", "at-rule"}:
            continue
        inner = parser.parse_blocks_contents(node.content or [], skip_comments=True)
        yield node, [one for one in inner if one.type == "declaration"]
        waiting += [one for one in reversed(inner) if one.type != "declaration"]


def _of_value(tokens: list[Any]) -> tuple[int, int, list[str]]:
    """How many parts a value has, how many commas, and which variables it names."""
    size = commas = 0
    names: list[str] = []
    waiting = list(reversed(tokens))
    while waiting:
        token = waiting.pop()
        size += token.type not in _SPACES
        commas += _is_comma(token)
        waiting += reversed(_content(token))
        if token.type == "function" and token.lower_name == "var":
            names += [one.value for one in token.arguments if one.type == "ident"][:1]
    return size, commas, names


def _has_huge(declaration: Any) -> bool:
    """Whether a declaration has a number that nothing printed or shown can mean."""
    is_counted = declaration.lower_name.startswith("counter-") or declaration.lower_name == "pad"
    for token in _inside(declaration.value):
        if token.type in {"dimension", "percentage"}:
            if not abs(token.value) <= MAX_LENGTH:
                return True
        elif token.type == "number" and not abs(token.value) <= (
            MAX_COUNTED if is_counted else MAX_NUMBER
        ):
            return True
    return False


def _is_comma(token: Any) -> bool:
    return bool(token.type == "literal" and token.value == ",")


def _inside(tokens: list[Any]) -> Iterator[Any]:
    """Tokens and those inside of them."""
    waiting = list(reversed(tokens))
    while waiting:
        token = waiting.pop()
        yield token
        waiting += reversed(_content(token))


def _content(token: Any) -> list[Any]:
    found: list[Any] = []
    if token.type == "function":
        found = token.arguments
    elif token.type.endswith(" block"):
        found = token.content
    return found
