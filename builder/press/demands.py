"""What the book's own style sheet asks and the press cannot do: said, never passed over.

The sheets of ours ask for nothing of the kind. What a sheet says of pages and blocks that
WeasyPrint lays out (the cover, tables, pictures) holds as it always did.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from builder.core.diagnostic import Diagnostic, Location, warning
from builder.core.publication import PrintDocument
from builder.fonts.libraries import css_parser, css_selectors
from builder.press.folios import FOLIO_STYLES
from builder.press.frame import BLANK, Frame
from builder.press.host import Host, Longhand, longhands
from builder.press.selectors import Selector, selectors

# --- what the press follows ---------------------------------------------------------------

_TEXT = frozenset({
    "color", "font-family", "font-feature-settings", "font-size", "font-style", "font-weight",
    "font-variant", "font-variant-alternates", "font-variant-caps", "font-variant-east-asian",
    "font-variant-ligatures", "font-variant-numeric", "font-variant-position", "font-kerning",
    "letter-spacing", "line-height", "text-decoration-line", "text-decoration-style",
    "vertical-align", "overflow-wrap", "quotes", "box-sizing",
})  # fmt: skip
_PART = _TEXT | {"display"}
_EDGES = tuple(
    f"{name}-{edge}"
    for name in ("margin", "padding")
    for edge in (
        "top", "right", "bottom", "left", "block-start", "block-end", "inline-start", "inline-end",
    )
)  # fmt: skip
_BLOCK = _TEXT | {
    "break-after", "break-before", "break-inside", "display", "orphans", "string-set",
    "list-style-type", "text-align-all", "text-indent", "widows", *_EDGES,
}  # fmt: skip
_SECTION = _BLOCK | {"page"}
_PAGE = _TEXT | {"size", *_EDGES, "bleed-top", "bleed-right", "bleed-bottom", "bleed-left"}
_MARGIN_BOX = (_TEXT - {"text-decoration-line", "text-decoration-style"}) | {
    "content", "text-align-all", "width", "height", "min-width", "max-width", "min-height",
    "max-height", *_EDGES,
}  # fmt: skip
_FOOTNOTE = frozenset({
    "margin-top", "padding-top", "border-top-width", "border-top-style", "border-top-color",
})  # fmt: skip
# Keywords of those that ask for more than the press does.
_NOT_DONE = {
    "display": frozenset({
        "list-item", "flex", "grid", "table", "inline-block", "inline-flex", "inline-grid",
        "inline-table", "contents", "flow-root", "table-cell", "table-row",
    }),
    "text-decoration-line": frozenset({"overline", "line-through", "blink"}),
    "text-decoration-style": frozenset({"double", "dotted", "dashed"}),
    "vertical-align": frozenset({"middle", "top", "bottom", "text-top", "text-bottom"}),
}  # fmt: skip
_CONTENT = ("words ", "string ", "string-except ", "counter page ")

# Pseudo-elements that the press reads, by the tag or class of what they belong to.
_PSEUDO_ELEMENTS = {
    "before": frozenset({"hr"}),
    "after": frozenset({"entry", "note-again"}),
    "footnote-call": frozenset({"book-note"}),
    "footnote-marker": frozenset({"book-note"}),
    "marker": frozenset({"li"}),
}
# Those whose content it reads; items of lists are marked by their counter style.
_WITH_CONTENT = frozenset({"before", "after", "footnote-call", "footnote-marker"})
_HOSTED = frozenset({"table", "figure", "img"})
_INLINE = frozenset({"em", "strong", "code", "ruby", "rt", "a", "span"})
# What may begin a page with a name of its own.
_WITH_PAGES = frozenset({"html", "body", "article", "section", "nav", "divider"})
_ALIKE = 0.1  # points: more is another text area
_MEDIA = frozenset({"print", "all"})


@dataclass(frozen=True, slots=True)
class _Thing:
    """An element of the specimen, as cssselect2 wraps it; `names` are its tag and its classes.

    `is_part` for those inside a heading or a note: the specimen has these in full.
    """

    wrapped: Any
    names: frozenset[str]
    is_inline: bool
    is_part: bool


def unheard(document: PrintDocument, host: Host, frame: Frame) -> tuple[Diagnostic, ...]:
    """What the book's own style sheets ask in vain: P010 for what the press does not follow, P011
    for selectors that it cannot see, P012 for pages with another text area. Each is said once.
    """
    if not document.own_sheets:
        return ()
    things = list(_things(host.styles(document.specimen_html).root))
    found = (
        diagnostic
        for name, css in document.own_sheets
        for rule in _rules(css)
        for diagnostic in _about(rule, name, things)
    )
    return tuple(dict.fromkeys((*found, *_other_areas(document, frame))))


def _other_areas(document: PrintDocument, frame: Frame) -> Iterator[Diagnostic]:
    """P012 for the names of pages whose text area is another than that of the text's pages."""
    usual = frame.pages[frame.base.page, "recto", False]
    rules = [
        (sheet, rule)
        for sheet, css in document.own_sheets
        for rule in _rules(css)
        if rule.type == "at-rule" and rule.lower_at_keyword == "page"
    ]
    for name in dict.fromkeys(name for name, _, _ in frame.pages if name != BLANK):
        page = frame.pages[name, "recto", False]
        width, height = page.measure_x - usual.measure_x, page.measure_y - usual.measure_y
        if abs(width) > _ALIKE or abs(height) > _ALIKE:
            # The rule that says so names these pages, or those that are usual.
            names = {name, frame.base.page} - {""}
            for sheet, rule in rules:
                if names & {token.value for token in rule.prelude if token.type == "ident"}:
                    yield warning("P012", _location(rule, sheet), name=name or "@page")
                    break


def without_unseen(css: str) -> str:
    """A sheet without the selectors that the press cannot see, for reading the specimen."""
    parser = css_parser()
    rules = parser.parse_stylesheet(css)
    return "".join(_kept(rule) for rule in rules)


def _kept(rule: Any) -> str:
    text: str = rule.serialize()
    if rule.type == "qualified-rule":
        found = selectors(rule.prelude)
        if all(one.is_seen for one in found):
            return text
        seen = ", ".join(one.text for one in found if one.is_seen)
        return f"{seen} {{{css_parser().serialize(rule.content)}}}" if seen else ""
    if _is_group(rule):
        inner = "".join(map(_kept, css_parser().parse_rule_list(rule.content)))
        return f"@{rule.at_keyword}{css_parser().serialize(rule.prelude)}{{{inner}}}"
    return text


# --- rules --------------------------------------------------------------------------------


def _rules(css: str) -> Iterator[Any]:
    """The rules of a sheet, those for print inside of others, too."""
    waiting = list(
        reversed(css_parser().parse_stylesheet(css, skip_comments=True, skip_whitespace=True))
    )
    while waiting:
        rule = waiting.pop()
        if _is_group(rule):
            waiting += reversed(css_parser().parse_rule_list(rule.content, skip_comments=True))
        elif rule.type in {"qualified-rule", "at-rule"}:
            yield rule


def _is_group(rule: Any) -> bool:
    if rule.type != "at-rule" or rule.content is None:
        return False
    if rule.lower_at_keyword == "media":
        named = {token.lower_value for token in rule.prelude if token.type == "ident"}
        return not named or bool(named & _MEDIA)
    return bool(rule.lower_at_keyword == "layer")


def _about(rule: Any, sheet: str, things: list[_Thing]) -> Iterator[Diagnostic]:
    if rule.type == "at-rule":
        if rule.lower_at_keyword == "page":
            yield from _about_page(rule, sheet)
        return
    for selector in selectors(rule.prelude):
        meant = [thing for thing in things if selector.matches(thing.wrapped)]
        if not meant:
            continue
        if not _is_seen(selector, meant):
            yield warning("P011", _location(rule, sheet), selector=selector.text)
            continue
        for declaration in _declarations(rule.content):
            unheard = (one for one in longhands(declaration) if not _follows(one, selector, meant))
            if next(unheard, None):
                yield _unfollowed(declaration, selector.text, sheet)


def _is_seen(selector: Selector, meant: list[_Thing]) -> bool:
    if selector.pseudo_element:
        names = _PSEUDO_ELEMENTS.get(selector.pseudo_element, frozenset())
        return all(thing.names & names for thing in meant)
    return selector.is_seen or all(thing.is_part for thing in meant)


def _follows(longhand: Longhand, selector: Selector, meant: list[_Thing]) -> bool:
    if longhand.is_initial or longhand.name.startswith("--"):
        return True
    if longhand.name == "content":
        return selector.pseudo_element in _WITH_CONTENT
    if set(longhand.words) & _NOT_DONE.get(longhand.name, frozenset()):
        return False
    return all(longhand.name in _followed(thing) for thing in meant)


def _followed(thing: _Thing) -> frozenset[str]:
    if not thing.is_inline:
        return _SECTION if thing.names & _WITH_PAGES else _BLOCK
    return _PART if thing.is_part else _TEXT


def _about_page(rule: Any, sheet: str) -> Iterator[Diagnostic]:
    parser = css_parser()
    name = f"@page {parser.serialize(rule.prelude).strip()}".strip()
    for content in parser.parse_blocks_contents(rule.content, skip_comments=True):
        if content.type == "declaration":
            if not all(one.is_initial or one.name in _PAGE for one in longhands(content)):
                yield _unfollowed(content, name, sheet)
        elif content.type == "at-rule" and content.content is not None:
            known = _FOOTNOTE if content.lower_at_keyword == "footnote" else _MARGIN_BOX
            for declaration in _declarations(content.content):
                if not all(_furnishes(one, known) for one in longhands(declaration)):
                    yield _unfollowed(declaration, f"{name} @{content.at_keyword}", sheet)


def _furnishes(longhand: Longhand, known: frozenset[str]) -> bool:
    if longhand.is_initial:
        return True
    if longhand.name != "content":
        return longhand.name in known
    return all(
        said.startswith(_CONTENT)
        and (not said.startswith("counter") or said.rpartition(" ")[2] in FOLIO_STYLES)
        for said in longhand.words
    )


def _declarations(content: Any) -> Iterator[Any]:
    for one in css_parser().parse_blocks_contents(content, skip_comments=True):
        if one.type == "declaration":
            yield one


def _unfollowed(declaration: Any, selector: str, sheet: str) -> Diagnostic:
    value = css_parser().serialize(declaration.value).strip()
    return warning(
        "P010",
        _location(declaration, sheet),
        asked=f"{declaration.name}: {value}",
        selector=selector,
    )


def _location(node: Any, sheet: str) -> Location:
    return Location(sheet, node.source_line, node.source_column)


# --- the specimen -------------------------------------------------------------------------


def _things(root: Element) -> Iterator[_Thing]:
    """All of the specimen that the press sets: what is hosted is left out."""
    wrapper = css_selectors().ElementWrapper.from_html_root(root)
    waiting = [(wrapper, False)]
    while waiting:
        element, is_part = waiting.pop()
        tag, classes = element.local_name, element.classes
        if tag in _HOSTED or tag == "head" or "pictures" in classes:
            continue
        yield _Thing(element, frozenset({tag, *classes}), tag in _INLINE, is_part)
        inside = is_part or tag == "book-note" or "heading" in classes
        waiting += ((child, inside) for child in reversed(list(element.iter_children())))
