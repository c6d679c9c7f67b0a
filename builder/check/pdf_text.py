"""The text of a tagged PDF, read along its structure tree.

The book's text stands in articles (Art), as far as there are any; else everything tagged is
text. Not text: contents (TOC), labels (Lbl: marks of notes, numbers of lists), references to
notes (Reference), pictures (Figure) with the words that are drawn in them, artifacts.
Source: ISO 32000-1, 14.7 (logical structure), 14.8.4 (standard structure types).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from builder.check.compare import Places
from builder.check.pdf_glyphs import PageReader
from builder.check.streams import Streams, without_spaces

if TYPE_CHECKING:
    import pikepdf

_APPARATUS = frozenset({"TOC", "TOCI", "Lbl", "Reference", "RP", "Artifact", "Figure"})


@dataclass(slots=True)
class _Gathered:
    """The streams as they grow; `position` is the length of the body so far."""

    body: list[str] = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)
    readings: list[list[str]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    position: int = 0

    def add(self, text: str, context: "_Context", page: int) -> None:
        text = without_spaces(text)
        if context.reading >= 0:
            self.readings[context.reading].append(text)
        elif context.note >= 0:
            self.notes[context.note].append(text)
        elif context.in_text and text:
            name = f"page={page + 1}"
            if not self.names or self.names[-1] != name:
                self.starts.append(self.position)
                self.names.append(name)
            self.body.append(text)
            self.position += len(text)


@dataclass(frozen=True, slots=True)
class _Context:
    """Where in the tree a piece of text stands; -1 means in no note, in no reading."""

    in_text: bool
    note: int = -1
    reading: int = -1


def is_tagged(pdf: "pikepdf.Pdf") -> bool:
    """Whether there is a structure tree to read along."""
    return "/StructTreeRoot" in pdf.Root and "/K" in pdf.Root.StructTreeRoot


def pdf_to_streams(pdf: "pikepdf.Pdf") -> Streams:
    """The streams of a tagged PDF, without any white space."""
    import pikepdf

    root = pdf.Root.StructTreeRoot
    pages: dict[tuple[int, int], int] = {
        page.obj.objgen: number for number, page in enumerate(pdf.pages)
    }
    reader = PageReader()
    texts: dict[int, dict[int, str]] = {}
    roles = {str(k): str(v) for k, v in root.get("/RoleMap", pikepdf.Dictionary()).items()}
    has_articles = any(_type(element, roles) == "Art" for element in _elements(root))
    gathered = _Gathered()
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[pikepdf.Object | int, int, _Context]] = [
        (kid, -1, _Context(not has_articles)) for kid in reversed(_kids(root))
    ]
    while waiting:
        node, page, context = waiting.pop()
        if isinstance(node, int):
            if page not in texts:
                texts[page] = reader.texts(pdf.pages[page]) if page >= 0 else {}
            gathered.add(texts[page].get(node, ""), context, page)
            continue
        page = pages.get(node.Pg.objgen, -1) if "/Pg" in node else page
        if node.is_indirect and node.objgen in seen:
            continue
        seen.add(node.objgen)
        if "/MCID" in node:
            waiting.append((int(node.MCID), page, context))
            continue
        kind = _type(node, roles)
        if kind in _APPARATUS:
            continue
        context = _inside(kind, context, gathered)
        if "/ActualText" in node:
            gathered.add(str(node.ActualText), context, page)
            continue
        waiting.extend((kid, page, context) for kid in reversed(_kids(node)))
    return Streams(
        "".join(gathered.body),
        tuple(filter(None, map("".join, gathered.notes))),
        tuple(filter(None, map("".join, gathered.readings))),
        Places(tuple(gathered.starts), tuple(gathered.names)),
    )


def _inside(kind: str, context: _Context, gathered: _Gathered) -> _Context:
    match kind:
        case "Art":
            return replace(context, in_text=True)
        case "Note" if context.note < 0:
            gathered.notes.append([])
            return _Context(context.in_text, len(gathered.notes) - 1)
        case "RT":
            gathered.readings.append([])
            return _Context(context.in_text, context.note, len(gathered.readings) - 1)
        case _:
            return context


def _elements(root: "pikepdf.Object") -> Iterator["pikepdf.Object"]:
    """Every structure element near the top, where articles stand: four levels down."""
    level = [kid for kid in _kids(root) if not isinstance(kid, int)]
    for _ in range(4):
        yield from level
        level = [
            kid
            for element in level
            for kid in _kids(element)
            if not isinstance(kid, int) and "/S" in kid
        ]


def _kids(node: "pikepdf.Object") -> "list[pikepdf.Object | int]":
    import pikepdf

    kids = node.get("/K")
    if kids is None:
        return []
    # pikepdf gives numbers as plain integers, whatever its types say.
    return cast(
        "list[pikepdf.Object | int]", list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    )


def _type(element: "pikepdf.Object", roles: dict[str, str]) -> str:
    """The standard type of an element; empty for what is none, such as a link's annotation."""
    name = str(element.get("/S", ""))
    return roles.get(name, name).removeprefix("/")
