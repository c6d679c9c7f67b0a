"""The text of an EPUB, read from its files: what a reader of the book would read.

A paragraph that opens a file and is of class `continued` is the rest of the last one before it.
Not text of the book: the cover, the title page, the contents, the colophon, the marks and
numbers of notes, and headings the edition adds by itself (class `furniture`).
"""

from collections.abc import Iterator
from typing import Literal

from builder.check.compare import Places
from builder.check.package import Element, Package
from builder.check.streams import INNER_LINE_END, Streams, fold_block

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"

_APPARATUS_TYPES = frozenset(
    {
        "cover",
        "titlepage",
        "halftitlepage",
        "colophon",
        "copyright-page",
        "toc",
        "landmarks",
        "page-list",
        "loi",
        "lot",
        "noteref",
        "backlink",
    }
)
_APPARATUS_ROLES = frozenset({"doc-noteref", "doc-backlink", "doc-toc", "doc-cover"})
_APPARATUS_CLASSES = frozenset({"furniture", "note-number"})
_APPARATUS_TAGS = frozenset({"head", "nav", "rp", "script", "style", "template", "svg"})
_NOTE_TYPES = frozenset({"footnote", "endnote", "rearnote"})
# What HTML sets as a box of its own; everything else runs on.
_BLOCKS = frozenset(
    """
    address article aside blockquote body caption dd details div dl dt figcaption figure footer
    h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody td tfoot th thead
    tr ul
    """.split()  # noqa: SIM905  (a list of forty strings is harder to read)
)

# What happened, to which element, and the text when it is text.
Event = tuple[Literal["start", "end", "text"], Element, str]


def epub_to_streams(package: Package) -> Streams:
    """The streams of a whole EPUB, in the order of its spine."""
    reader = _Reader()
    starts: list[int] = []
    names: list[str] = []
    navigation = {item.name for item in package.with_property("nav")}
    for name in package.spine:
        if name in package.documents and name not in navigation:
            starts.append(reader.position)
            names.append(name)
            reader.read(package.documents[name])
    return Streams(
        "\n".join(reader.body),
        tuple(reader.notes),
        tuple(reader.readings),
        Places(tuple(starts), tuple(names)),
    )


class _Reader:
    """Collects blocks while walking through documents."""

    def __init__(self) -> None:
        self.body: list[str] = []
        self.notes: list[str] = []
        self.readings: list[str] = []
        # Where the next block will stand in the joined body.
        self.position = 0
        self._block: list[str] = []
        # The last block of the body as it stands in its file, until the next file has begun.
        self._unfolded = ""
        self._opens_file = False
        self._reading: list[str] | None = None
        self._note: list[str] | None = None
        self._note_element: Element | None = None
        self._preformatted = 0

    def read(self, document: Element) -> None:
        self._opens_file = True
        for event in _events(document):
            match event:
                case ("text", _, text):
                    self._text(text)
                case ("start", element, _):
                    self._start(element)
                case ("end", element, _):
                    self._end(element)
        self._flush()

    def _text(self, text: str) -> None:
        if self._reading is not None:
            self._reading.append(text)
        elif self._preformatted:
            self._block.append(text.replace("\n", INNER_LINE_END))
        else:
            self._block.append(text)

    def _start(self, element: Element) -> None:
        tag = _tag(element)
        if tag in _BLOCKS:
            self._flush()
        if tag == "p" and self._opens_file and "continued" in _words(element, "class"):
            self._resume()
        if tag == "br":
            self._text_break()
        elif tag == "rt":
            self._reading = []
        elif tag == "pre":
            self._preformatted += 1
        if self._note is None and _words(element, EPUB_TYPE) & _NOTE_TYPES:
            self._note, self._note_element = [], element

    def _resume(self) -> None:
        """Take the last block back, to be gone on with."""
        if self.body:
            self.position -= len(self.body.pop()) + 1
            self._block = [self._unfolded]

    def _text_break(self) -> None:
        if self._reading is None:
            self._block.append(INNER_LINE_END)

    def _end(self, element: Element) -> None:
        tag = _tag(element)
        if tag == "rt" and self._reading is not None:
            if reading := "".join(self._reading).strip():
                self.readings.append(reading)
            self._reading = None
        if tag in _BLOCKS:
            self._flush()
        if tag == "pre":
            self._preformatted -= 1
        if element is self._note_element and self._note is not None:
            self._flush()
            if self._note:
                self.notes.append("\n".join(self._note))
            self._note = self._note_element = None

    def _flush(self) -> None:
        unfolded = "".join(self._block)
        block = fold_block(unfolded)
        self._block = []
        if not block:
            return
        if self._note is not None:
            self._note.append(block)
        else:
            self.body.append(block)
            self._unfolded, self._opens_file = unfolded, False
            self.position += len(block) + 1


def _events(root: Element) -> Iterator[Event]:
    """Starts, texts and ends in document order, without the apparatus; no recursion."""
    stack: list[tuple[Element, Iterator[Element]]] = []
    if _is_apparatus(root):
        return
    yield "start", root, ""
    if root.text:
        yield "text", root, root.text
    stack.append((root, iter(root)))
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield "end", element, ""
            if stack and element.tail:
                yield "text", element, element.tail
        elif _is_apparatus(child):
            if child.tail:
                yield "text", child, child.tail
        else:
            yield "start", child, ""
            if child.text:
                yield "text", child, child.text
            stack.append((child, iter(child)))


def _is_apparatus(element: Element) -> bool:
    return bool(
        _tag(element) in _APPARATUS_TAGS
        or _words(element, EPUB_TYPE) & _APPARATUS_TYPES
        or _words(element, "role") & _APPARATUS_ROLES
        or _words(element, "class") & _APPARATUS_CLASSES
    )


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _words(element: Element, attribute: str) -> frozenset[str]:
    return frozenset(element.get(attribute, "").split())
