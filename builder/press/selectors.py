"""What of a selector the press can see: kinds of things, but not each thing by itself.

The frame is read off a specimen, which has one of each kind. A selector that names an id, counts
its siblings or looks at the value of an attribute means one thing among many alike, and would
mean another in the specimen. Such selectors are found here, and what remains of them without
these parts, so that one can ask what they may have meant.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from builder.fonts.libraries import css_parser, css_selectors

# Ids that the specimen has, and those of pages that WeasyPrint lays out.
_IDS = frozenset({"contents", "notes", "body", "cover", "title-page", "colophon"})
_PSEUDO_CLASSES = frozenset({"first-child", "root", "lang", "any-link", "link"})
_OF_SELECTORS = frozenset({"is", "not", "where", "has"})
_OLD_PSEUDO_ELEMENTS = frozenset({"before", "after", "first-line", "first-letter"})
_ATTRIBUTES = frozenset({"class", "lang"})  # what these are worth is part of a kind
_COMBINATORS = frozenset({">", "+", "~"})


@dataclass(frozen=True, slots=True)
class Selector:
    """One selector of a list. `bare` is what is left of it when the parts that the press cannot
    see are gone; `is_seen` when there were none.
    """

    text: str
    bare: str
    is_seen: bool
    pseudo_element: str
    _compiled: Any = field(repr=False)

    def matches(self, element: Any) -> bool:
        """Whether its bare form means an element, as cssselect2 wraps it."""
        return any(one.test(element) for one in self._compiled)


def selectors(prelude: Sequence[Any]) -> tuple[Selector, ...]:
    """The selectors of a rule; none for what is no list of selectors."""
    return tuple(found for tokens in _parted(prelude, ",") for found in _selector(tokens))


def _selector(tokens: list[Any]) -> Iterator[Selector]:
    text = css_parser().serialize(tokens).strip()
    bare, is_seen = _bared(tokens)
    try:
        compiled = css_selectors().compile_selector_list(bare)
    except css_selectors().SelectorError:
        return  # WeasyPrint says so
    pseudo_element = compiled[0].pseudo_element or ""
    yield Selector(text, bare, is_seen, pseudo_element, compiled)


def _bared(tokens: Sequence[Any]) -> tuple[str, bool]:
    """A selector without the parts that the press cannot see, and whether there were none."""
    pieces: list[str] = []
    compound = ""
    is_seen = True
    next_to = 0  # how many + in a row: neighbours are seen one step far
    waiting = list(reversed(tokens))
    while waiting:
        token = waiting.pop()
        if token.type == "whitespace" or (token.type == "literal" and token.value in _COMBINATORS):
            sign = " " if token.type == "whitespace" else token.value
            next_to = next_to + 1 if sign == "+" else next_to if sign == " " else 0
            pieces += [compound, sign]
            if sign == "~" or next_to > 1:
                is_seen = False
                pieces.clear()  # what follows may be anywhere
            compound = ""
            continue
        part, is_part_seen = _simple(token, waiting)
        is_seen = is_seen and is_part_seen
        compound += part if is_part_seen else "" if compound else "*"
    return "".join([*pieces, compound]).strip(), is_seen


def _simple(token: Any, waiting: list[Any]) -> tuple[str, bool]:
    """A simple selector that starts with `token`, and whether the press sees it."""
    serialize = css_parser().serialize
    if token.type == "hash":
        return f"#{token.value}", token.value in _IDS
    if token.type == "[] block":
        name = next((one.value for one in token.content if one.type == "ident"), "")
        is_compared = any(one.type == "literal" and "=" in one.value for one in token.content)
        return token.serialize(), name in _ATTRIBUTES or not is_compared
    if token.type != "literal" or token.value != ":" or not waiting:
        return token.serialize(), True
    following = waiting.pop()
    text = serialize([token, following])
    if following.type == "literal":  # a second colon
        return text + (waiting.pop().serialize() if waiting else ""), True
    if following.type == "ident":
        name = following.lower_value
        return text, name in _PSEUDO_CLASSES or name in _OLD_PSEUDO_ELEMENTS
    if following.type == "function" and following.lower_name in _OF_SELECTORS:
        return text, all(_bared(inner)[1] for inner in _parted(following.arguments, ","))
    name = following.lower_name if following.type == "function" else ""
    return text, name in _PSEUDO_CLASSES


def _parted(tokens: Sequence[Any], sign: str) -> Iterator[list[Any]]:
    """Tokens between signs, without white space at either end."""
    part: list[Any] = []
    for token in (*tokens, None):
        if token is None or (token.type == "literal" and token.value == sign):
            while part and part[0].type == "whitespace":
                del part[0]
            while part and part[-1].type == "whitespace":
                del part[-1]
            if part:
                yield part
            part = []
        elif token.type != "comment":
            part.append(token)
