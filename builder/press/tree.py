"""The structure tree: what every piece of painted text is, in the order in which it is read.

Elements are numbers, their properties columns. An element is made when the press comes to it,
often long before it is painted; its place among its siblings is settled at the end, by the
first mark in it. So whoever paints only says `mark`, a call that happens a hundred thousand
times, and elements of which nothing was painted are left out.

Types are those of PDF 1.7. Source: ISO 32000-1, 14.7, 14.8.4; ISO 14289-1 (PDF/UA-1), 7.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from builder.press.syntax import text_string

ROOT = 0
# Marks and elements stand in one list of kids: an element is its number, a mark is negative.
_MCID_BITS = 20
_MCID_MASK = (1 << _MCID_BITS) - 1


class Tree:
    """`kinds[element]` is its type; `pages[page]` are the elements of its marks, by MCID."""

    def __init__(self) -> None:
        self.kinds: list[str] = ["Document"]
        self.parents: list[int] = [-1]
        self.pages: list[list[int]] = [[]]
        self.properties: dict[int, str] = {}
        self.ids: dict[int, str] = {}
        self.sealed: dict[int, list[int]] = {}
        self.behind: dict[int, int] = {}

    def add(
        self,
        kind: str,
        parent: int = ROOT,
        *,
        language: str = "",
        alt: str = "",
        actual: str = "",
        after: int = -1,
        more: str = "",
    ) -> int:
        """A new element inside `parent`.

        `actual` stands for all that is under the element. With `after`, a sibling, it stands
        right behind that one, wherever on the page it is painted: a note behind its mark.
        `more` are further entries of its dictionary. A Note gets an id of its own.
        """
        element = len(self.kinds)
        self.kinds.append(kind)
        self.parents.append(parent)
        if language or alt or actual or more:
            self.properties[element] = more + "".join(
                f"/{key}{text_string(value)}"
                for key, value in (("Lang", language), ("Alt", alt), ("ActualText", actual))
                if value
            )
        if after >= 0:
            self.behind[element] = after
        if kind == "Note":
            self.ids[element] = f"n{element:07}"
        return element

    def add_all(self, kind: str, parent: int, count: int) -> range:
        """So many new elements inside `parent`."""
        first = len(self.kinds)
        self.kinds += [kind] * count
        self.parents += [parent] * count
        return range(first, first + count)

    def mark(self, element: int, page: int) -> int:
        """The MCID of a new piece of marked content of `element` on `page` (counted from 0)."""
        marks = self.marks(page)
        marks.append(element)
        return len(marks) - 1

    def marks(self, page: int) -> list[int]:
        """The elements of a page's marks, by MCID: whoever paints it adds to them."""
        pages = self.pages
        while page >= len(pages):
            pages.append([])
        return pages[page]

    def mark_count(self, page: int) -> int:
        """How many pieces of marked content `page` has so far."""
        return len(self.pages[page]) if page < len(self.pages) else 0

    def seal(self, element: int, kids: Iterable[int]) -> None:
        """Say that these are the kids of an element, in this order: elements or `kid_mark`s.

        For what was laid out elsewhere and comes with an order of its own.
        """
        self.sealed[element] = list(kids)

    @staticmethod
    def kid_mark(page: int, mcid: int) -> int:
        """A mark, as it stands in a list of kids."""
        return ~(page << _MCID_BITS | mcid)

    def lacking(self, kind: str, entry: str) -> int:
        """How many elements of a kind lack an entry, such as Alt."""
        return sum(
            found == kind and f"/{entry}" not in self.properties.get(element, "")
            for element, found in enumerate(self.kinds)
        )


@dataclass(frozen=True, slots=True)
class Grown:
    """A tree with all its kids in order; `kids` of elements that stay out are None."""

    tree: Tree
    kids: Sequence[list[int] | None] = field(repr=False)


def grow(tree: Tree) -> Grown:
    """Hang every element into its parent, in the order of the first mark in each."""
    parents, sealed, behind = tree.parents, tree.sealed, tree.behind
    kids: list[list[int] | None] = [None] * len(parents)
    kids[ROOT] = []
    for page, marks in enumerate(tree.pages):
        code = ~(page << _MCID_BITS)
        for element in marks:
            found = kids[element]
            if found is None:
                found = _hang(element, kids, parents, sealed, behind)
            if element not in sealed:
                found.append(code)
            code -= 1
    # Cells of a table stand in it even when they are empty.
    waiting = [element for element in sealed if kids[element] is not None]
    while waiting:
        for kid in sealed[waiting.pop()]:
            if kid >= 0 and kids[kid] is None:
                kids[kid] = list(sealed[kid])
                waiting.append(kid)
    return Grown(tree, kids)


def _hang(
    element: int,
    kids: list[list[int] | None],
    parents: Sequence[int],
    sealed: Mapping[int, list[int]],
    behind: Mapping[int, int],
) -> list[int]:
    """Hang `element`, and whatever of its ancestors does not hang yet; its kids so far."""
    own = kids[element] = list(sealed.get(element, ()))
    while element != ROOT:
        parent = parents[element]
        siblings = kids[parent]
        is_new = siblings is None
        if siblings is None:
            siblings = kids[parent] = list(sealed.get(parent, ()))
        if parent not in sealed:
            before = behind.get(element, -1)
            if before >= 0 and before in siblings:
                siblings.insert(siblings.index(before) + 1, element)
            else:
                siblings.append(element)
        if not is_new:
            break
        element = parent
    return own


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link on a page: its object's number, its element."""

    number: int
    page: int
    element: int


def element_bodies(
    grown: Grown,
    elements: Sequence[str],
    pages: Sequence[str],
    annotations: Iterable[Annotation],
    root: int,
) -> Iterable[str]:
    """The dictionaries of all elements that hang, in order.

    `elements` and `pages` are references to them, `root` the number of the tree's root. A
    hundred thousand elements take 0.2 s.
    """
    tree, properties, ids = grown.tree, grown.tree.properties, grown.tree.ids
    linked: dict[int, list[Annotation]] = {}
    for annotation in annotations:
        linked.setdefault(annotation.element, []).append(annotation)
    above = [f"{root} 0 R", *map(elements.__getitem__, tree.parents[1:])]
    for element, (kind, parent, kids) in enumerate(zip(tree.kinds, above, grown.kids, strict=True)):
        if kids is None:
            continue
        head = f"<</S/{kind}/P {parent}"
        if element in properties:
            head += properties[element]
        if element in ids:
            head += f"/ID({ids[element]})"
        if len(kids) == 1 and kids[0] < 0 and element not in linked:
            mark = ~kids[0]
            yield f"{head}/Pg {pages[mark >> _MCID_BITS]}/K {mark & _MCID_MASK}>>"
        else:
            yield head + _kids(kids, elements, pages, linked.get(element, ()))


def _kids(
    kids: Sequence[int],
    elements: Sequence[str],
    pages: Sequence[str],
    annotations: Iterable[Annotation],
) -> str:
    """The page of an element with several kids, and those; marks on other pages name theirs."""
    first, words = -1, []
    for kid in kids:
        if kid >= 0:
            words.append(elements[kid])
            continue
        page, mcid = ~kid >> _MCID_BITS, ~kid & _MCID_MASK
        if first < 0:
            first = page
        words.append(str(mcid) if page == first else f"<</Type/MCR/Pg {pages[page]}/MCID {mcid}>>")
    words += [f"<</Type/OBJR/Pg {pages[one.page]}/Obj {one.number} 0 R>>" for one in annotations]
    here = f"/Pg {pages[first]}" if first >= 0 else ""
    return f"{here}/K[{' '.join(words)}]>>"


def parent_entries(
    grown: Grown, elements: Sequence[str], annotations: Sequence[Annotation], page_count: int
) -> list[tuple[int, str]]:
    """The parent tree: the elements of each page's marks, then the element of each link.

    A page's key is its index; the annotation number `n` has the key `page_count` + n.
    """
    entries = [
        (page, f"[{' '.join(map(elements.__getitem__, marks))}]")
        for page, marks in enumerate(grown.tree.pages)
        if marks
    ]
    entries += [
        (page_count + at, elements[annotation.element]) for at, annotation in enumerate(annotations)
    ]
    return entries


def hanging(grown: Grown) -> int:
    """How many elements hang in the tree."""
    return sum(kids is not None for kids in grown.kids)


def element_references(grown: Grown, first: int) -> list[str]:
    """A reference to each element, numbered from `first` on; empty for those that stay out."""
    coming = count(first)
    return ["" if kids is None else f"{next(coming)} 0 R" for kids in grown.kids]


def identified(grown: Grown, elements: Sequence[str]) -> list[tuple[str, str]]:
    """Every element with an id, sorted by it."""
    return sorted(
        (key, elements[element])
        for element, key in grown.tree.ids.items()
        if grown.kids[element] is not None
    )
