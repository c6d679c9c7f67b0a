"""Publication → the publication a Kobo wants: every sentence in a span of its own.

Kobo's better reading engine, which opens `*.kepub.epub`, finds reading positions, highlights
and page turns by such spans; without them it falls back on its older one. Its own converter and
the free ones cut at Latin sentence ends only, so that a Chinese paragraph is one span; here it
is cut where Chinese sentences end. The text stays what it is, character for character.
Source: the behaviour of Kobo's files, as kepubify's authors have described it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.core.publication import Item, Publication

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

XHTML = "application/xhtml+xml"
SUFFIX = "kepub.epub"
_NS = "{http://www.w3.org/1999/xhtml}"
_SPAN = "koboSpan"
_COLUMNS, _INNER = "book-columns", "book-inner"
_STYLE = f"div#{_INNER} {{ margin-top: 0; margin-bottom: 0; }}"
# The end of a sentence, with what belongs to it and white space behind it.
# Example: 。” in 他说：“走。”, "! " in Run! Now. Counter-example: 3.14, a.m.x, 、.
_SENTENCE_END = re.compile(
    r"[。！？；…]+[”’」』）》】]*\s*|(?<![.!?])[.!?]++[\"'”’)\]]*+(?:\s++|\Z)"
)
# What begins a paragraph in the numbers of the spans.
_PARAGRAPHS = frozenset({"p", "ol", "ul", "table", "h1", "h2", "h3", "h4", "h5", "h6"})
# What keeps its text as it is.
_ALONE = frozenset({"script", "style", "pre", "audio", "video", "svg", "math"})
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})  # fmt: skip
# What is read as one, however it is written: a reading beside its character, and its brackets.
_WHOLE = frozenset({"rt", "rp"})
# 直排内横排 (tate-chu-yoko): a few upright digits or !? in a column are one sign.
_UPRIGHT_CLASS = "tcy"


def to_kepub(publication: Publication) -> Publication:
    """The same publication with Kobo's spans; one that has them stays what it is."""
    return replace(publication, manifest=tuple(_spanned(item) for item in publication.manifest))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, each with the white space behind it; together they are the text."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield text[start : end.end()]
        start = end.end()
    if start < len(text):
        yield text[start:]


def _spanned(item: Item) -> Item:
    if item.media_type != XHTML:
        return item
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(item.content, parser)
    body, head = root.find(f"{_NS}body"), root.find(f"{_NS}head")
    if body is None or head is None or _is_spanned(root):
        return item
    _Spans().fill(body)
    _wrap(body)
    style = etree.SubElement(head, f"{_NS}style", {"type": "text/css", "class": "kobostylehacks"})
    style.text = _STYLE
    _close_in_full(root)
    tree = root.getroottree()
    return replace(item, content=etree.tostring(tree, encoding="utf-8", xml_declaration=True))


def _is_spanned(root: "Element") -> bool:
    return any(
        element.get("id") == _COLUMNS or _SPAN in element.get("class", "").split()
        for element in root.iter(f"{_NS}div", f"{_NS}span")
    )


def _wrap(body: "Element") -> None:
    """Put all that is in the body into the two boxes that Kobo looks for."""
    from lxml import etree

    inner = etree.Element(f"{_NS}div", {"id": _INNER})
    inner.text, body.text = body.text, None
    inner.extend(list(body))
    columns = etree.SubElement(body, f"{_NS}div", {"id": _COLUMNS})
    columns.append(inner)


def _close_in_full(root: "Element") -> None:
    """`<p></p>`, not `<p/>`, which an HTML parser takes for an opening tag."""
    for element in root.iter(f"{_NS}*"):
        if element.text is None and not len(element) and _tag(element) not in _VOID:
            element.text = ""


class _Spans:
    """Puts the spans into a document, numbered by paragraph and segment: kobo.3.1, kobo.3.2."""

    def __init__(self) -> None:
        self._paragraph = 0
        self._segment = 0
        self._begins = False

    def fill(self, element: "Element") -> None:
        """Put spans around the text in `element`, in reading order."""
        tag = _tag(element)
        if tag in _PARAGRAPHS:
            self._begins = True
        children = list(element)
        del element[:]
        text, element.text = element.text, None
        self._text(element, text)
        for child in children:
            tail, child.tail = child.tail, None
            self._child(element, child)
            self._text(element, tail)

    def _child(self, parent: "Element", child: "Element") -> None:
        tag = _tag(child)
        if tag == "img":
            self._begins = True
            self._span(parent).append(child)
        else:
            parent.append(child)
            if tag not in _ALONE:
                self.fill(child)

    def _text(self, parent: "Element", text: str | None) -> None:
        is_whole = _tag(parent) in _WHOLE or _UPRIGHT_CLASS in parent.get("class", "").split()
        for sentence in [text] if is_whole and text else sentences(text or ""):
            if sentence.isspace() and _tag(parent) != "p":
                _add(parent, sentence)
            else:
                self._span(parent).text = sentence

    def _span(self, parent: "Element") -> "Element":
        from lxml import etree

        if self._begins:
            self._paragraph += 1
            self._segment = 0
            self._begins = False
        self._segment += 1
        identity = f"kobo.{self._paragraph}.{self._segment}"
        return etree.SubElement(parent, f"{_NS}span", {"class": _SPAN, "id": identity})


def _add(parent: "Element", text: str) -> None:
    """Put text at the end of `parent`."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _tag(element: "Element") -> str:
    """The local name of an element."""
    return element.tag.rpartition("}")[2]
