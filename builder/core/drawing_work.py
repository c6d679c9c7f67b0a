"""How much a drawing has to be painted: `use` and patterns can unfold a few lines into billions.

Source: W3C, SVG 2: the use element; paint servers; clipping, masking; markers.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

# Elements as they are painted, parts that are used again counted each time.
MOST_PAINTED = 100_000
# What is painted anew for each that refers to it. A gradient is only a row of colours.
_CONTAINERS = frozenset({"pattern", "mask", "marker", "clipPath", "symbol", "filter"})
# Example: url(#a), url( "#a" ).
_URL_IN = re.compile(r"url\(\s*(?:[\"']\s*)?#([^\"')\s]+)", re.IGNORECASE)
# How often a selector is held against an element, and one that looks at its siblings against each.
MOST_MATCHED = 2_000_000
# Comments and strings, in which nothing is a selector; a string that nothing closes ends with its
# line. Example: /* a, b */, "}", "a. Counter-example: the a of "\n a.
_NO_SELECTOR = re.compile(
    r"/\*.*?(?:\*/|\Z)"
    r"|\"(?:[^\"\\\n\r\f]|\\(?:\r\n|.))*+\"?"
    r"|'(?:[^'\\\n\r\f]|\\(?:\r\n|.))*+'?",
    re.DOTALL,
)
_DECLARATIONS = re.compile(r"\{[^{}]*+\}")
# What is looked up, not tried at every element. Example: .st0{, #a,. Counter-example: g .st0{.
_LOOKED_UP = re.compile(r"(?:\A|(?<=[},]))\s*+[.#][\w-]++\s*+(?=[,{])")
# What looks at siblings. Example: :nth-child(2n), a ~ b. Counter-example: :hover, a + b.
_TO_SIBLINGS = re.compile(r":nth|-of-type|~", re.IGNORECASE)
# What looks at all that is inside, or may, since an escape hides it.
# Example: :has(a), :n\74h-child. Counter-example: :hover.
_TO_ALL = re.compile(r":has|\\", re.IGNORECASE)
_COMBINED = re.compile(r"[\s>+~]+")
_TAG = re.compile(r"[A-Za-z][\w-]*")
_NAMED = re.compile(r"([.#])([\w-]+)")

_Selector = tuple[str, frozenset[str], str, tuple[str, ...]]


def is_endless(root: ET.Element) -> bool:
    """Whether more than MOST_PAINTED elements have to be painted, one has to paint itself, or
    its styles are held against elements more than MOST_MATCHED times.
    """
    elements = list(root.iter())
    known = {name: one for one in elements if (name := one.get("id"))}
    styles = [style_of(one) for one in elements if local(one.tag) == "style"]
    if _matches(elements, "\n".join(styles)) > MOST_MATCHED:
        return True
    sheets = [selector for style in styles for selector in _selectors(style)]
    amounts: dict[int, int] = {}
    begun: set[int] = set()
    waiting = [root]
    while waiting:
        element = waiting[-1]
        if id(element) in amounts:
            waiting.pop()
            continue
        others = [known[name] for name in _references(element, sheets) if name in known]
        parts = [*element, *(one for one in others if _is_painted_for(element, one))]
        missing = [part for part in parts if id(part) not in amounts]
        if not missing:
            amounts[id(element)] = 1 + sum(amounts[id(part)] for part in parts)
            if amounts[id(element)] > MOST_PAINTED:
                return True
            waiting.pop()
        else:
            begun.add(id(element))
            # What was begun and is not done waits for this one.
            if any(id(part) in begun for part in missing):
                return True
            waiting += missing
    return False


def _is_painted_for(element: ET.Element, target: ET.Element) -> bool:
    return local(element.tag) == "use" or local(target.tag) in _CONTAINERS


def _references(element: ET.Element, sheets: list[_Selector]) -> Iterator[str]:
    """The ids of what is painted for an element beside its children, perhaps more than once."""
    for name, value in element.attrib.items():
        if local(name) == "href":
            if value.strip().startswith("#"):
                yield value.strip()[1:]
        elif "url" in value.lower():
            yield from _URL_IN.findall(value)
    classes = set(element.get("class", "").split())
    for tag, needed, own, targets in sheets:
        is_meant = tag in {"", local(element.tag)} and needed <= classes
        if is_meant and own in {"", element.get("id", "")}:
            yield from targets


def _matches(elements: list[ET.Element], style: str) -> int:
    """How often selectors are held against elements, at most."""
    heads = _DECLARATIONS.sub("{}", _NO_SELECTOR.sub('""', style))
    tried = heads.count("{") + heads.count(",") - len(_LOOKED_UP.findall(heads))
    tried += len(_TO_SIBLINGS.findall(heads)) * max(map(len, elements))
    tried += len(_TO_ALL.findall(heads)) * len(elements)
    return tried * len(elements)


def _selectors(sheet: str) -> Iterator[_Selector]:
    """(tag, classes, id, what they refer to): which elements a rule may mean, and never fewer."""
    for rule in sheet.split("}"):
        before, _, body = rule.rpartition("{")
        heads = before.rpartition("{")[2]
        targets = tuple(_URL_IN.findall(body))
        for head in heads.split(",") if targets else ():
            last = _COMBINED.split(head.strip())[-1]
            tag = _TAG.match(last)
            names = _NAMED.findall(last)
            yield (
                tag[0] if tag else "",
                frozenset(name for sign, name in names if sign == "."),
                next((name for sign, name in names if sign == "#"), ""),
                targets,
            )


def local(tag: str) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def style_of(element: ET.Element) -> str:
    """What a style element says: all of its own text, what stands behind its children too."""
    return "".join((element.text or "", *(child.tail or "" for child in element)))
