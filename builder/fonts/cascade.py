"""Which families and weights the style sheets ask for, and for which characters.

The finished documents are read as a reading system would: rules by specificity and order,
then inheritance. So a font is chosen by what the CSS says, whoever wrote it, and each font
holds the characters that are set in it and no others. Only font-family, font-weight and font
are looked at; conditions (@media, @supports) count as met unless they are for print.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from builder.fonts.libraries import css_parser, css_selectors

GENERIC = frozenset({"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui"})
# What HTML itself makes bold, and what it sets in a font of its own.
_BASIS = """
h1, h2, h3, h4, h5, h6, th, b, strong { font-weight: bold }
code, kbd, pre, samp, tt { font-family: monospace }
"""
_CONDITIONAL = frozenset({"media", "supports", "layer"})
_XHTML = "{http://www.w3.org/1999/xhtml}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_UNREAD = frozenset({f"{_XHTML}head", f"{_XHTML}script", f"{_XHTML}style"})
BOLD_FROM = 600  # a browser takes the bold face from here on


@dataclass(frozen=True, slots=True)
class Setting:
    """How some text is set: the families asked for, in order, and whether in bold.

    Generic families are among them by their CSS names, without quotes.
    """

    families: tuple[str, ...] = ()
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Uses:
    """What is set how: for each setting the characters of each language (a BCP 47 tag).

    `body` is how the body of the first document with text is set, before anything inside it.
    """

    characters: Mapping[Setting, Mapping[str, frozenset[str]]]
    body: Setting


@dataclass(frozen=True, slots=True)
class _Declaration:
    name: str
    value: "tuple[str, ...] | bool | None"  # None inherits
    is_important: bool


@dataclass(slots=True)
class _Gathering:
    """Characters as they are met."""

    characters: dict[Setting, dict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    body: Setting | None = None


def uses_of(documents: Iterable[bytes], sheets: Iterable[str]) -> Uses:
    """How the text of some XHTML `documents` is set under the style sheets, in cascade order."""
    from lxml import etree

    selectors = css_selectors()
    matcher = _matcher((_BASIS, *sheets))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)  # fmt: skip
    gathered = _Gathering()
    for content in documents:
        root: Any = etree.fromstring(content, parser)
        _visit(selectors.ElementWrapper.from_xml_root(root), Setting(), "", matcher, gathered)
    made = {
        setting: {language: frozenset(found) for language, found in sorted(by_language.items())}
        for setting, by_language in gathered.characters.items()
    }
    return Uses(made, gathered.body or Setting())


def _visit(
    element: Any,
    inherited: Setting,
    language: str,
    matcher: Any,
    gathered: _Gathering,
) -> None:
    """Gather the text of an element and, under what they inherit, of all inside it."""
    node = element.etree_element
    if node.tag in _UNREAD:
        return
    setting = _computed(element, inherited, matcher)
    language = node.get(_XML_LANG) or node.get("lang") or language
    if node.tag == f"{_XHTML}body" and gathered.body is None:
        gathered.body = setting
    if node.text:
        gathered.characters[setting][language].update(node.text)
    for child in element.iter_children():
        _visit(child, setting, language, matcher, gathered)
        if child.etree_element.tail:
            gathered.characters[setting][language].update(child.etree_element.tail)


def _computed(element: Any, inherited: Setting, matcher: Any) -> Setting:
    """How an element's own text is set, given what its parent hands down."""
    matches = [
        (declaration.is_important, specificity, order, declaration)
        for specificity, order, pseudo, declarations in matcher.match(element)
        if pseudo is None
        for declaration in declarations
    ]
    if not matches:
        return inherited
    families, is_bold = inherited.families, inherited.is_bold
    for *_, declaration in sorted(matches, key=lambda match: match[:3]):
        match declaration.value:
            case tuple():
                families = declaration.value
            case bool():
                is_bold = declaration.value
            case None if declaration.name == "font-weight":
                is_bold = inherited.is_bold
            case None:
                families = inherited.families
    return Setting(families, is_bold)


def _matcher(sheets: Iterable[str]) -> Any:
    """All rules that say something of fonts."""
    selecting = css_selectors()
    matcher = selecting.Matcher()
    namespaces = {None: _XHTML.strip("{}")}
    for prelude, content in _rules_in(sheets):
        declarations = tuple(_declarations(content))
        if not declarations:
            continue
        try:
            selectors = selecting.compile_selector_list(prelude, namespaces)
        except selecting.SelectorError:
            continue  # a browser leaves out a rule that it does not understand
        for selector in selectors:
            matcher.add_selector(selector, declarations)
    return matcher


def families_in(sheets: Iterable[str]) -> frozenset[str]:
    """Every family that the sheets name anywhere."""
    return frozenset(
        family
        for _, content in _rules_in(sheets)
        for declaration in _declarations(content)
        if isinstance(declaration.value, tuple)
        for family in declaration.value
    )


def _rules_in(sheets: Iterable[str]) -> Iterator[tuple[list[Any], list[Any]]]:
    """Every style rule as its selector's and its declarations' tokens."""
    tinycss2 = css_parser()
    for sheet in sheets:
        yield from _rules(tinycss2.parse_stylesheet(sheet, skip_comments=True))


def _rules(nodes: Iterable[Any]) -> Iterator[tuple[list[Any], list[Any]]]:
    tinycss2 = css_parser()
    for node in nodes:
        if node.type == "qualified-rule":
            yield node.prelude, node.content
        elif node.type == "at-rule" and node.lower_at_keyword in _CONDITIONAL and node.content:
            condition = tinycss2.serialize(node.prelude).strip().lower()
            if condition != "print":
                yield from _rules(tinycss2.parse_rule_list(node.content, skip_comments=True))


def _declarations(content: list[Any]) -> Iterator[_Declaration]:
    tinycss2 = css_parser()
    for node in tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True):
        if node.type != "declaration":
            continue
        tokens = [token for token in node.value if token.type != "comment"]
        match node.lower_name:
            case "font-family":
                yield _Declaration("font-family", _families(tokens), node.important)
            case "font-weight":
                yield _Declaration("font-weight", _boldness(tokens), node.important)
            case "font":
                yield from _shorthand(tokens, is_important=node.important)


def _families(tokens: list[Any]) -> tuple[str, ...] | None:
    """The families of a font-family value; None for `inherit`."""
    names: list[str] = []
    words: list[str] = []
    for token in [*tokens, None]:
        if token is None or (token.type == "literal" and token.value == ","):
            names += [" ".join(words)] if words else []
            words = []
        elif token.type in {"ident", "string"}:
            words.append(token.value)
    if [name.lower() for name in names] in (["inherit"], ["unset"]):
        return None
    return tuple(name.lower() if name.lower() in GENERIC else name for name in names)


def _boldness(tokens: list[Any]) -> bool | None:
    """Whether a font-weight value is bold; None for `inherit`."""
    for token in tokens:
        if token.type == "number":
            return bool(token.value >= BOLD_FROM)
        if token.type == "ident":
            word = token.lower_value
            return None if word in {"inherit", "unset"} else word in {"bold", "bolder"}
    return False


def _shorthand(tokens: list[Any], *, is_important: bool) -> Iterator[_Declaration]:
    """`font: bold 1em/1.5 "Noto Serif", serif`: the families follow the last size."""
    sizes = [at for at, token in enumerate(tokens) if token.type in {"dimension", "percentage"}]
    if not sizes:
        return  # `font: inherit` and the fonts of a system's own menus
    before, after = tokens[: sizes[0]], tokens[sizes[-1] + 1 :]
    if any(token.type == "literal" and token.value == "/" for token in after):
        # `1em/1.5`: a line height without a unit is still to come.
        numbers = [at for at, token in enumerate(after) if token.type == "number"]
        after = after[numbers[0] + 1 :] if numbers else after
    is_bold = any(
        (token.type == "ident" and token.lower_value in {"bold", "bolder"})
        or (token.type == "number" and token.value >= BOLD_FROM)
        for token in before
    )
    yield _Declaration("font-weight", is_bold, is_important)
    yield _Declaration("font-family", _families(after), is_important)
