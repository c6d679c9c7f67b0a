"""Reading a PDF by its structure tree, with pikepdf: what is text, what is a mark, what is art.

Written for the tests of the press from ISO 32000-1 (14.6 to 14.9) and shares nothing with it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf

BFCHAR = re.compile(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>")
BFRANGE = re.compile(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>")


@dataclass(frozen=True, slots=True)
class Run:
    """Some text under one structure element; `path` names the types from the root down."""

    path: tuple[str, ...]
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """`runs` in the tree's order; `artifacts` and `loose` text (under no mark) by page."""

    runs: tuple[Run, ...]
    artifacts: tuple[str, ...]
    loose: tuple[str, ...]

    def text(self, *, within: str, without: tuple[str, ...] = ()) -> str:
        return "".join(
            run.text for run in self.runs if within in run.path and not set(without) & set(run.path)
        )


def read_pdf(content: bytes) -> Reading:
    with pikepdf.open(BytesIO(content)) as pdf:
        pages = [_page(page) for page in pdf.pages]
        numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        [root] = _kids(pdf.Root.StructTreeRoot)
        return Reading(
            tuple(_walk(root, (), 0, numbers, pages)),
            tuple(marks.get("artifact", "") for marks in pages),
            tuple(marks.get("loose", "") for marks in pages),
        )


def _walk(
    element: Any,
    path: tuple[str, ...],
    page: int,
    numbers: Mapping[tuple[int, int], int],
    pages: list[dict[int | str, str]],
) -> Iterator[Run]:
    path = (*path, str(element.S)[1:])
    page = numbers[element.Pg.objgen] if "/Pg" in element else page
    for kid in _kids(element):
        if isinstance(kid, int):
            yield Run(path, page, pages[page].get(int(kid), ""))
        elif "/MCID" in kid:
            at = numbers[kid.Pg.objgen] if "/Pg" in kid else page
            yield Run(path, at, pages[at].get(int(kid.MCID), ""))
        elif "/S" in kid:
            yield from _walk(kid, path, page, numbers, pages)


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _page(page: pikepdf.Page) -> dict[int | str, str]:
    fonts = {name: dict(_mapping(font)) for name, font in page.Resources.Font.items()}
    found: dict[int | str, str] = {}
    stack: list[int | str] = ["loose"]
    replaced: list[bool] = [False]
    font: Mapping[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "Tf":
                font = fonts[str(operands[0])]
            case "BMC" | "BDC":
                marks = operands[1] if len(operands) > 1 else {}
                inside = "artifact" if str(operands[0]) == "/Artifact" else stack[-1]
                stack.append(int(marks["/MCID"]) if "/MCID" in marks else inside)
                if "/ActualText" in marks and not replaced[-1]:
                    found[stack[-1]] = found.get(stack[-1], "") + str(marks["/ActualText"])
                replaced.append(replaced[-1] or "/ActualText" in marks)
            case "EMC":
                stack.pop()
                replaced.pop()
            case "Tj" | "TJ" if not replaced[-1]:
                shown = "".join(_shown(operands[0], font))
                found[stack[-1]] = found.get(stack[-1], "") + shown
            case _:
                pass
    return found


def _mapping(font: Any) -> Iterator[tuple[int, str]]:
    table = font.ToUnicode.read_bytes().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in BFCHAR.findall(block):
            yield int(code, 16), bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in BFRANGE.findall(block):
            start = bytes.fromhex(text).decode("utf-16-be")
            for code in range(int(first, 16), int(last, 16) + 1):
                yield code, start[:-1] + chr(ord(start[-1]) + code - int(first, 16))


def _shown(operand: Any, font: Mapping[int, str]) -> Iterator[str]:
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    for part in parts:
        if isinstance(part, pikepdf.String):
            glyphs = bytes(part)
            for at in range(0, len(glyphs), 2):
                yield font[int.from_bytes(glyphs[at : at + 2], "big")]
