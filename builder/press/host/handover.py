"""WeasyPrint's objects → slabs: what its file would have been, as plain data.

For `host`, which calls this when WeasyPrint has made all objects and written none. Of these we
take the pages' contents, resources, links, anchors and structure elements, and every object
that those point to; the rest (catalog, page tree, outline, metadata) is not needed.

How pydyf and WeasyPrint write their objects is in `tests/press/test_handover_contract.py`.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeGuard

import pydyf

from builder.prepress import PdfObject
from builder.press.setting import Anchor, Box, PlacedLink
from builder.press.slabs import (
    Slab,
    SlabElement,
    SlabFont,
    Slabs,
    unwrapped,
    with_all_cells,
)

# Elements of one page by their references, parents first.
Elements = Mapping[bytes, pydyf.Dictionary]

# Example: 12 0 R. Counter-example: 12 0 RG.
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_PX_TO_PT = 0.75
# Entries of an element that say where it stands; the tree writes those itself.
_PLACE = frozenset({"Type", "S", "K", "P", "Pg", "ID"})
_ITEM_PARTS = frozenset({"Lbl", "LBody"})
_RESOURCE_KINDS = ("ExtGState", "XObject", "Pattern", "Shading")
# In a dictionary or as an operand. Example: /DeviceCMYK cs. Counter-example: /DeviceRGB.
_CMYK = re.compile(rb"/DeviceCMYK\b")
# The encoding of a font that was asked for glyphs it does not have.
_LACKING = b"/WP-Encod-0"


def hand_over(pdf: pydyf.PDF, fonts: tuple[SlabFont, ...] = ()) -> Slabs:
    """All pages of a document as slabs, with the objects that they need.

    `fonts` are those that were left out of the file.
    """
    objects = {item.reference: item for item in pdf.objects if item.number}
    pages = [item for item in pdf.objects if _is(item, "Page")]
    if not pages:
        return Slabs()
    elements = _elements(objects)
    owners = _owners(objects, elements)
    anchors = _anchors(pdf.catalog)
    slabs = tuple(
        _slab(
            page, objects, elements.get(page.reference, {}), owners, anchors.get(page.reference, ())
        )
        for page in pages
    )
    resources = _resources(objects[pages[0]["Resources"]], objects)
    fonts_number = int(objects[pages[0]["Resources"]]["Font"].split()[0])
    needed = [item for item in _needed(resources, objects) if item.number != fonts_number]
    return Slabs(
        slabs=slabs,
        objects=tuple(map(written_object, needed)),
        resources=resources,
        fonts=fonts,
        fonts_number=fonts_number,
        is_rgb=not any(_CMYK.search(_dictionary(item)) for item in needed)
        and not any(_CMYK.search(piece) for slab in slabs for piece in slab.pieces),
        is_lacking=any(_LACKING in _dictionary(item) for item in needed),
    )


def _is(item: pydyf.Object, kind: str) -> TypeGuard[pydyf.Dictionary]:
    return isinstance(item, pydyf.Dictionary) and item.get("Type") == f"/{kind}"


# --- a page ---------------------------------------------------------------------------------


def _slab(
    page: pydyf.Dictionary,
    objects: Mapping[bytes, Any],
    elements: Elements,
    owners: Mapping[bytes, bytes],
    anchors: tuple[Anchor, ...],
) -> Slab:
    stream = objects[page["Contents"]]
    pieces, mcids = _split(stream.stream)
    order = {mcid: at for at, mcid in enumerate(mcids)}
    at_of = {reference: at for at, reference in enumerate(elements)}
    height = float(page["TrimBox"][3])
    scopes = _scopes(elements)
    ids = {one["ID"].string for one in elements.values() if "ID" in one}
    made = _with_bodies(
        [
            SlabElement(
                kind=element["S"].removeprefix("/"),
                kids=tuple(_kids(element, order, at_of)),
                properties=_properties(element, ids, scopes.get(reference, "")),
                id=element["ID"].string if "ID" in element else "",
                box=_figure_box(element, height),
            )
            for reference, element in elements.items()
        ]
    )
    made = with_all_cells(made)
    marked = {~kid: at for at, one in enumerate(made) for kid in one.kids if kid < 0}
    texts: dict[int, str] = getattr(stream, "_book_texts", {})
    words = [texts.get(mcid, "") for mcid in mcids]
    inner = {kid for one in made for kid in one.kids if kid >= 0}
    slab = Slab(
        pieces=pieces,
        elements=made,
        roots=tuple(at for at in range(len(made)) if at not in inner),
        marked=tuple(marked[mark] for mark in range(len(mcids))),
        links=tuple(
            _link(
                objects[reference],
                at_of[owners[reference]],
                _said(at_of[owners[reference]], made, words),
            )
            for reference in page.get("Annots", ())
            if owners.get(reference) in at_of
        ),
        anchors=anchors,
    )
    return unwrapped(slab)


def _split(stream: Iterable[Any]) -> tuple[tuple[bytes, ...], list[int]]:
    """A page's operators, cut where the numbers of marks stand; those numbers."""
    pieces: list[list[bytes]] = [[]]
    mcids: list[int] = []
    for item in stream:
        if isinstance(item, pydyf.Dictionary) and "MCID" in item:
            mcids.append(int(item["MCID"]))
            rest = pydyf.Dictionary({key: value for key, value in item.items() if key != "MCID"})
            pieces[-1].append(b"<</MCID ")
            pieces.append([rest.data.removeprefix(b"<<")])
        elif isinstance(item, pydyf.Object):
            pieces[-1].append(item.data)
        else:
            pieces[-1].append(item if isinstance(item, bytes) else str(item).encode("ascii"))
    return tuple(b"\n".join(piece) for piece in pieces), mcids


def _said(element: int, elements: Sequence[SlabElement], words: Sequence[str]) -> str:
    """What is written in an element."""
    return "".join(
        words[~kid] if kid < 0 else _said(kid, elements, words) for kid in elements[element].kids
    )


def _link(annotation: Mapping[str, Any], element: int, words: str) -> PlacedLink:
    x1, y1, x2, y2 = (float(edge) for edge in annotation["Rect"])
    target = (
        f"#{annotation['Dest'].string}" if "Dest" in annotation else annotation["A"]["URI"].string
    )
    box = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    return PlacedLink(box, target, words or target, element)


def _anchors(catalog: Mapping[str, Any]) -> dict[bytes, tuple[Anchor, ...]]:
    """The named places of each page."""
    names = catalog["Names"]["Dests"]["Names"] if "Names" in catalog else []
    found: dict[bytes, tuple[Anchor, ...]] = {}
    for name, (page, _, x, y, _) in zip(names[::2], names[1::2], strict=True):
        found[page] = (*found.get(page, ()), Anchor(name.string, float(x), float(y)))
    return found


# --- structure ------------------------------------------------------------------------------


def _elements(objects: Mapping[bytes, Any]) -> dict[bytes, dict[bytes, pydyf.Dictionary]]:
    """The elements of each page that hang in the tree (`host` emptied the others)."""
    found: dict[bytes, dict[bytes, pydyf.Dictionary]] = {}
    for reference, item in objects.items():
        if _is(item, "StructElem") and "Pg" in item:
            found.setdefault(item["Pg"], {})[reference] = item
    return found


def _with_bodies(elements: Sequence[SlabElement]) -> tuple[SlabElement, ...]:
    """The same, with bodies in list items: beside its label, an item has nothing else."""
    made = list(elements)
    for at, element in enumerate(elements):
        if element.kind != "LI":
            continue
        own = [kid for kid in element.kids if kid >= 0 and elements[kid].kind in _ITEM_PARTS]
        rest = tuple(kid for kid in element.kids if kid not in own)
        if rest:
            made[at] = replace(element, kids=(*own, len(made)))
            made.append(SlabElement("LBody", rest))
    return tuple(made)


def _owners(objects: Mapping[bytes, Any], elements: Mapping[bytes, Elements]) -> dict[bytes, bytes]:
    """The elements of links, by the links' annotations."""
    return {
        objects[kid]["Obj"]: reference
        for page in elements.values()
        for reference, item in page.items()
        for kid in item["K"]
        if isinstance(kid, bytes) and _is(objects[kid], "OBJR")
    }


def _kids(
    element: Mapping[str, Any], order: Mapping[int, int], at_of: Mapping[bytes, int]
) -> Iterator[int]:
    for kid in element["K"]:
        if isinstance(kid, int):
            if kid in order:
                yield ~order[kid]
        elif kid in at_of:
            yield at_of[kid]


def _properties(element: Mapping[str, Any], ids: Container[str], scope: str) -> str:
    """What else an element says: description, headers and spans of a cell.

    `ids` are those that headers may name; `scope` is that of a header.
    """
    kept = {
        key: value
        for key, value in element.items()
        if key not in _PLACE and not (key == "A" and "BBox" in value)
    }
    if "A" in kept:
        attributes = dict(kept["A"])
        if "Headers" in attributes:
            named = [one for one in attributes.pop("Headers") if one.string in ids]
            if named:
                attributes["Headers"] = pydyf.Array(named)
        if scope:
            attributes["Scope"] = f"/{scope}"
        kept["A"] = pydyf.Dictionary(attributes)
    return pydyf.Dictionary(kept).data[2:-2].decode("latin-1") if kept else ""


def _scopes(elements: Elements) -> dict[bytes, str]:
    """What each header heads: its row when other cells stand there, else its column."""
    found: dict[bytes, str] = {}
    for row in elements.values():
        if row["S"] != "/TR":
            continue
        cells = [kid for kid in row["K"] if kid in elements]
        is_mixed = any(elements[cell]["S"] == "/TD" for cell in cells)
        found |= {
            cell: "Row" if is_mixed else "Column" for cell in cells if elements[cell]["S"] == "/TH"
        }
    return found


def _figure_box(element: Mapping[str, Any], height: float) -> Box | None:
    """Where a figure stands. WeasyPrint gives pixels from the upper left corner; we need points."""
    if "BBox" not in element.get("A", {}):
        return None
    left, top, right, bottom = (float(edge) * _PX_TO_PT for edge in element["A"]["BBox"])
    return left, height - bottom, right, height - top


# --- objects --------------------------------------------------------------------------------


def _resources(
    resources: Mapping[str, Any], objects: Mapping[bytes, Any]
) -> dict[str, dict[str, str]]:
    """What pages call by name, by category."""
    found = {"Font": _written(objects[resources["Font"]])}
    found |= {kind: _written(resources[kind]) for kind in _RESOURCE_KINDS}
    return found | {"ColorSpace": _written(objects[resources["ColorSpace"]])}


def _written(entries: Mapping[str, Any]) -> dict[str, str]:
    return {
        str(name): pydyf.Array([value]).data[1:-1].decode("latin-1")
        for name, value in entries.items()
    }


def _needed(
    resources: Mapping[str, Mapping[str, str]], objects: Mapping[bytes, Any]
) -> Iterator[pydyf.Object]:
    """All objects that the resources lead to."""
    said = " ".join(value for entries in resources.values() for value in entries.values())
    waiting = [said.encode("latin-1")]
    seen: set[bytes] = set()
    while waiting:
        for reference in (b"%b 0 R" % found for found in _REFERENCE.findall(waiting.pop())):
            if reference in objects and reference not in seen:
                seen.add(reference)
                yield objects[reference]
                waiting.append(_dictionary(objects[reference]))


def _dictionary(item: pydyf.Object) -> bytes:
    """An object as it is written, without what a stream holds."""
    if isinstance(item, pydyf.Stream):
        return bytes(pydyf.Dictionary(item.extra).data)
    return bytes(item.data)


def written_object(item: pydyf.Object) -> PdfObject:
    """An object as it will be in a file."""
    number = int(item.reference.split()[0])
    if not isinstance(item, pydyf.Stream):
        return PdfObject(number, item.data.decode("latin-1"))
    head, _, rest = item.data.partition(b"\nstream\n")
    # The length comes last, and is told anew.
    entries = head.removeprefix(b"<<").rpartition(b"/Length ")[0]
    # PDF/A has no pictures that a reader may smooth as it likes.
    entries = entries.replace(b"/Interpolate true", b"")
    return PdfObject(number, entries.decode("latin-1"), rest.removesuffix(b"\nendstream"))
