"""The structure tree: order of reading, whatever the order of making and painting."""

from io import BytesIO
from typing import Any

import pikepdf
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.press.syntax import leaves
from builder.press.tree import (
    ROOT,
    Annotation,
    Tree,
    element_bodies,
    element_references,
    grow,
    hanging,
    identified,
    parent_entries,
)
from builder.press.writer import Writer


def kids(tree: Tree, element: int) -> list[int]:
    found = grow(tree).kids[element]
    assert found is not None
    return found


def test_an_element_stands_where_its_first_mark_is_and_not_where_it_was_made() -> None:
    tree = Tree()
    paragraph = tree.add("P")
    emphasis = tree.add("Span", paragraph)
    before = tree.mark(paragraph, 0)
    inside = tree.mark(emphasis, 0)
    after = tree.mark(paragraph, 0)
    mark = tree.kid_mark
    assert kids(tree, paragraph) == [mark(0, before), emphasis, mark(0, after)]
    assert kids(tree, emphasis) == [mark(0, inside)]


def test_pages_painted_late_are_read_in_their_place() -> None:
    tree = Tree()
    text, contents = tree.add("Art"), tree.add("TOC")
    tree.mark(tree.add("P", text), 1)
    tree.mark(tree.add("TOCI", contents), 0)
    assert kids(tree, ROOT) == [contents, text]


def test_a_note_stands_behind_its_mark_though_painted_at_the_foot_of_a_later_page() -> None:
    tree = Tree()
    paragraph = tree.add("P")
    label, other = tree.add("Lbl", paragraph), tree.add("Lbl", paragraph)
    note = tree.add("Note", paragraph, after=label)
    for element, page in ((label, 0), (paragraph, 0), (other, 1), (note, 1)):
        tree.mark(element, page)
    assert kids(tree, paragraph) == [label, note, tree.kid_mark(0, 1), other]


def test_a_note_whose_mark_is_not_painted_comes_last() -> None:
    tree = Tree()
    paragraph = tree.add("P")
    note = tree.add("Note", paragraph, after=tree.add("Lbl", paragraph))
    tree.mark(paragraph, 0)
    tree.mark(note, 0)
    assert kids(tree, paragraph) == [tree.kid_mark(0, 0), note]


def test_an_element_after_the_first_mark_of_the_book_stands_at_the_end() -> None:
    tree = Tree()
    tree.mark(ROOT, 0)
    first, second = tree.add("P"), tree.add("P")
    tree.mark(first, 0)
    tree.mark(second, 0)
    assert kids(tree, ROOT) == [tree.kid_mark(0, 0), first, second]


def test_what_is_not_painted_is_not_in_the_tree() -> None:
    tree = Tree()
    section = tree.add("Sect")
    empty = tree.add("P", tree.add("Sect"))
    tree.mark(tree.add("P", section), 0)
    assert kids(tree, ROOT) == [section]
    assert grow(tree).kids[empty] is None


def test_sealed_elements_keep_their_order_and_their_empty_cells() -> None:
    tree = Tree()
    row = tree.add("TR")
    empty, full = tree.add("TD", row), tree.add("TD", row)
    tree.seal(row, (empty, full))
    tree.seal(empty, ())
    tree.seal(full, (tree.kid_mark(0, 0),))
    tree.mark(full, 0)
    assert kids(tree, ROOT) == [row]
    assert kids(tree, row) == [empty, full]
    assert kids(tree, empty) == []
    assert kids(tree, full) == [tree.kid_mark(0, 0)]


def test_empty_elements_hang_whatever_the_order_they_were_made_in() -> None:
    tree = Tree()
    table = len(tree.kinds)
    tree.add("Table", table + 2)
    item = tree.add("LI")
    body = tree.add("LBody", item)
    label = tree.add("Lbl", item)
    tree.seal(table, ())
    tree.seal(item, (label, body))
    tree.seal(body, (table,))
    tree.seal(label, (tree.kid_mark(0, 0),))
    tree.mark(label, 0)
    assert kids(tree, item) == [label, body]
    assert kids(tree, body) == [table]
    assert kids(tree, table) == []


def test_pictures_without_a_description_are_counted() -> None:
    tree = Tree()
    tree.add("Figure", alt="江边")
    tree.add("Figure")
    tree.add("P")
    assert tree.lacking("Figure", "Alt") == 1


def test_an_element_says_its_language_and_what_it_stands_for() -> None:
    tree = Tree()
    figure = tree.add("Figure", alt="灯", language="zh-Hans", more="/A<</O/Layout>>")
    assert tree.properties[figure] == "/A<</O/Layout>>/Lang(zh-Hans)/Alt<feff706f>"


# --- as it is in the file -----------------------------------------------------------------------

SHAPES = st.lists(
    st.tuples(st.sampled_from(["P", "Span", "Sect", "Note", "H1"]), st.integers(0, 30)), max_size=30
)
MARKS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4)), min_size=1, max_size=60)


def file_of(tree: Tree, annotations: list[tuple[int, int]]) -> bytes:
    """A file of five empty pages with a tree; `annotations` are (element, page)."""
    writer = Writer()
    top = writer.reserve()
    pages = [
        writer.add(f"<</Type/Page/Parent {top} 0 R/MediaBox[0 0 9 9]/StructParents {at}>>")
        for at in range(5)
    ]
    writer.put(top, f"<</Type/Pages/Count 5/Kids[{' '.join(f'{at} 0 R' for at in pages)}]>>")
    links = [Annotation(writer.add("<</Type/Annot>>"), page, at) for at, page in annotations]
    grown, root = grow(tree), writer.reserve()
    first = writer.reserve(hanging(grown))
    named, on = element_references(grown, first), [f"{at} 0 R" for at in pages]
    writer.put_all(first, element_bodies(grown, named, on, links, root))
    nums = [writer.add(leaf) for leaf in leaves(parent_entries(grown, named, links, 5), "Nums")]
    held = " ".join(f"{at} 0 R" for at in nums)
    writer.put(root, f"<</K {first} 0 R/ParentTree<</Kids[{held}]>>>>")
    catalog = writer.add(f"<</Type/Catalog/Pages {top} 0 R/StructTreeRoot {root} 0 R>>")
    return writer.finish(root=catalog, info=writer.add("<<>>"), identifier=bytes(16))


@settings(max_examples=60)
@given(SHAPES, MARKS)
def test_any_tree_over_any_pages_reads_back(
    shape: list[tuple[str, int]], marks: list[tuple[int, int]]
) -> None:
    tree = Tree()
    for at, (kind, parent) in enumerate(shape):
        tree.add(kind, parent % (at + 1))
    for element, page in marks:
        tree.mark(element % len(tree.kinds), page)
    with pikepdf.open(BytesIO(file_of(tree, []))) as pdf:
        numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        found: dict[tuple[int, int], str] = {}
        waiting: list[Any] = [pdf.Root.StructTreeRoot.K]
        while waiting:
            element = waiting.pop()
            below: list[Any] = (
                list(element.K) if isinstance(element.K, pikepdf.Array) else [element.K]
            )
            for kid in below:
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                    assert kid.P.objgen == element.objgen
                    waiting.append(kid)
                    continue
                owner = element if isinstance(kid, int) else kid
                mcid = kid if isinstance(kid, int) else int(kid.MCID)
                key = numbers[owner.Pg.objgen], mcid
                assert key not in found
                found[key] = str(element.S)
        back: dict[tuple[int, int], str] = {}
        for leaf in pdf.Root.StructTreeRoot.ParentTree.Kids:
            assert [leaf.Limits[0], leaf.Limits[1]] == [leaf.Nums[0], leaf.Nums[-2]]
            for key_, elements in zip(leaf.Nums[::2], leaf.Nums[1::2], strict=True):
                back.update({(int(key_), at): str(one.S) for at, one in enumerate(elements)})
    expected = {
        (page, mcid): f"/{tree.kinds[element]}"
        for page, elements in enumerate(tree.pages)
        for mcid, element in enumerate(elements)
    }
    assert found == back == expected


def test_links_are_kids_of_their_elements_and_known_by_their_keys() -> None:
    tree = Tree()
    link = tree.add("Link", tree.add("P"))
    tree.mark(link, 2)
    tree.mark(link, 3)
    with pikepdf.open(BytesIO(file_of(tree, [(link, 2), (link, 3)]))) as pdf:
        element: Any = pdf.Root.StructTreeRoot.K.K[0].K[0]
        assert str(element.S) == "/Link"
        mark, other, first, second = element.K
        assert int(mark) == 0
        assert str(other.Type) == "/MCR"
        assert [str(one.Type) for one in (first, second)] == ["/OBJR", "/OBJR"]
        assert first.Pg.objgen == pdf.pages[2].obj.objgen
        assert second.Pg.objgen == pdf.pages[3].obj.objgen
        nums = pdf.Root.StructTreeRoot.ParentTree.Kids[0].Nums
        assert [int(key) for key in nums[::2]] == [2, 3, 5, 6]
        assert nums[5].objgen == nums[7].objgen == element.objgen


def test_notes_have_ids_of_their_own() -> None:
    tree = Tree()
    for _ in range(3):
        tree.mark(tree.add("Note"), 0)
    tree.add("Note")
    grown = grow(tree)
    found = identified(grown, element_references(grown, 10))
    assert found == [("n0000001", "11 0 R"), ("n0000002", "12 0 R"), ("n0000003", "13 0 R")]
