"""Which colours a PDF paints with, read by pikepdf: every operator and picture it can reach.

Written for the tests from ISO 32000-1 (8.6, 8.7, 8.9, 11.6) and shares nothing with the press.
"""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

OPERATORS = {
    "g": "grey", "G": "grey", "rg": "rgb", "RG": "rgb", "k": "cmyk", "K": "cmyk",
}  # fmt: skip
SPACES = {"/DeviceGray": "grey", "/DeviceRGB": "rgb", "/DeviceCMYK": "cmyk"}


def inks_of(pdf: bytes) -> Counter[str]:
    """How often anything is painted in `grey`, `rgb`, `cmyk`; other spaces by their names."""
    with pikepdf.open(BytesIO(pdf)) as file:
        return Counter(kind for page in file.pages for kind, _ in _painted(page.obj))


def colours_of(pdf: bytes, page: int) -> set[tuple[float, ...]]:
    """The colours that operators of one page choose, which counts from 0."""
    with pikepdf.open(BytesIO(pdf)) as file:
        return {values for _, values in _painted(file.pages[page].obj) if values}


def _painted(page: Any) -> Iterator[tuple[str, tuple[float, ...]]]:
    seen: set[tuple[int, int]] = set()
    if "/Group" in page and "/CS" in page.Group:
        yield _space(page.Group.CS, page), ()
    yield from _stream(page, page.get("/Resources", {}), seen)
    for annotation in page.get("/Annots", []):
        if "/C" in annotation:
            yield {0: "none", 1: "grey", 3: "rgb", 4: "cmyk"}[len(annotation.C)], ()
        if "/AP" in annotation:
            yield "appearance", ()


def _stream(
    owner: Any, resources: Any, seen: set[tuple[int, int]]
) -> Iterator[tuple[str, tuple[float, ...]]]:
    for item in pikepdf.parse_content_stream(owner):
        if isinstance(item, pikepdf.ContentStreamInlineImage):
            if not item.iimage.image_mask:
                yield str(item.iimage.colorspace), ()
            continue
        name, operands = str(item.operator), item.operands
        if name in OPERATORS:
            yield OPERATORS[name], tuple(float(one) for one in operands)
        elif name in {"cs", "CS"} and str(operands[0]) != "/Pattern":
            yield _space(operands[0], resources), ()
    yield from _resources(resources, seen)


def _resources(
    resources: Any, seen: set[tuple[int, int]]
) -> Iterator[tuple[str, tuple[float, ...]]]:
    for form in resources.get("/XObject", {}).values():
        if _is_new(form, seen):
            yield from _x_object(form, seen)
    for pattern in resources.get("/Pattern", {}).values():
        if not _is_new(pattern, seen):
            continue
        if "/Shading" in pattern:
            yield _space(pattern.Shading.ColorSpace, resources), ()
        else:
            yield from _stream(pattern, pattern.get("/Resources", {}), seen)
    for shading in resources.get("/Shading", {}).values():
        space = _space(shading.ColorSpace, resources)
        ends = {len(step[key]) for step in _steps(shading.Function) for key in ("/C0", "/C1")}
        assert ends == {{"grey": 1, "rgb": 3, "cmyk": 4}[space]}
        yield space, ()
    for state in resources.get("/ExtGState", {}).values():
        mask = state.get("/SMask", None)
        if isinstance(mask, pikepdf.Dictionary) and _is_new(mask.G, seen):
            yield from _x_object(mask.G, seen)
    for space in resources.get("/ColorSpace", {}).values():
        yield _space(space, resources), ()
    for font in resources.get("/Font", {}).values():
        if str(font.Subtype) == "/Type3" and _is_new(font, seen):
            for glyph in font.CharProcs.values():
                yield from _stream(glyph, font.get("/Resources", {}), seen)


def _steps(function: Any) -> Iterator[Any]:
    if int(function.FunctionType) == 3:
        for inner in function.Functions:
            yield from _steps(inner)
    else:
        yield function


def _x_object(form: Any, seen: set[tuple[int, int]]) -> Iterator[tuple[str, tuple[float, ...]]]:
    if str(form.Subtype) == "/Image":
        if not form.get("/ImageMask", False):
            yield _space(form.ColorSpace, {}), ()
        if "/SMask" in form:
            assert str(form.SMask.ColorSpace) == "/DeviceGray"
        return
    if "/Group" in form and "/CS" in form.Group:
        yield _space(form.Group.CS, {}), ()
    yield from _stream(form, form.get("/Resources", {}), seen)


def _space(space: Any, resources: Any) -> str:
    if isinstance(space, pikepdf.Array):
        inner = str(space[0])
        return f"{inner}{space[1]}" if inner == "/Separation" else inner
    if str(space) in SPACES:
        return SPACES[str(space)]
    return _space(resources.ColorSpace[str(space)], resources)


def _is_new(item: Any, seen: set[tuple[int, int]]) -> bool:
    if item.objgen in seen and item.objgen != (0, 0):
        return False
    seen.add(item.objgen)
    return True
