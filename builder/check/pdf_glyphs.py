"""What the marked content of a PDF's pages says: the text of each MCID, by ToUnicode.

Decoded here and not by a viewer's library, because those fold characters into one another
(⼀ and 一, — and ―) and guess at spaces and order. An ActualText wins over what is under it.
Source: ISO 32000-1, 9.4.3 (showing text), 9.10.3 (ToUnicode), 14.6 (marked content).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from builder.check.unpacking import instructions, require_few_forms, unpacked

if TYPE_CHECKING:
    import pikepdf

# Form XObjects inside form XObjects, before it is taken for a loop.
MAX_DEPTH = 8
_SHOWN = "Tj TJ ' \" Tf Do BDC BMC EMC"

# Example: 1 beginbfchar <0003> <4E00> endbfchar.
# A block that nobody ends goes to the end.
_CHAR_BLOCK = re.compile(rb"beginbfchar(.*?)(?:endbfchar|\Z)", re.DOTALL)
_RANGE_BLOCK = re.compile(rb"beginbfrange(.*?)(?:endbfrange|\Z)", re.DOTALL)
_CODE_SPACE = re.compile(rb"begincodespacerange\s*+<([0-9A-Fa-f\s]++)>", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]++)>\s*+<([0-9A-Fa-f\s]*+)>")
# Example: <0003> <0005> <4E00>, <0003> <0004> [<4E00> <4E8C>].
_RANGE = re.compile(
    rb"<([0-9A-Fa-f\s]++)>\s*+<([0-9A-Fa-f\s]++)>\s*+(?:<([0-9A-Fa-f\s]*+)>|\[([^\[\]]*+)\])"
)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*+)>")
# Wider ranges than two bytes can count are no ranges.
_MAX_RANGE = 0x10000
# Ranges may overlap as often as a hostile file likes; all of Unicode is enough for any font.
_MAX_CODES = 0x110000


@dataclass(frozen=True, slots=True)
class Decoder:
    """How a font's character codes, `width` bytes each, read; U+FFFD where the font is silent."""

    width: int
    characters: Mapping[int, str]

    def decode(self, codes: bytes) -> str:
        width, characters = self.width, self.characters
        return "".join(
            characters.get(
                int.from_bytes(codes[at : at + width], "big"), "\N{REPLACEMENT CHARACTER}"
            )
            for at in range(0, len(codes), width)
        )


def read_to_unicode(cmap: bytes, *, width: int) -> Decoder:
    """The decoder a ToUnicode CMap describes; `width` holds when it does not say."""
    if space := _CODE_SPACE.search(cmap):
        width = max(1, len(_digits(space[1])) // 2)
    characters: dict[int, str] = {}
    for block in _CHAR_BLOCK.finditer(cmap):
        for pair in _PAIR.finditer(block[1]):
            characters[int(_digits(pair[1]), 16)] = _utf16(pair[2])
    left = _MAX_CODES
    for block in _RANGE_BLOCK.finditer(cmap):
        for entry in _RANGE.finditer(block[1]):
            found = dict(islice(_range(entry), left))
            left -= len(found)
            characters.update(found)
    return Decoder(width, characters)


def _range(entry: re.Match[bytes]) -> Iterator[tuple[int, str]]:
    first, last = int(_digits(entry[1]), 16), int(_digits(entry[2]), 16)
    if not first <= last < first + _MAX_RANGE:
        return
    if entry[4] is not None:
        texts = [_utf16(item[1]) for item in _HEX.finditer(entry[4])]
        yield from zip(range(first, last + 1), texts, strict=False)
        return
    text = _utf16(entry[3])
    for code in range(first, last + 1):
        yield code, text[:-1] + chr(ord(text[-1]) + code - first) if text else ""


def _digits(written: bytes) -> str:
    return b"".join(written.split()).decode("ascii")


def _utf16(written: bytes) -> str:
    return bytes.fromhex(_digits(written)).decode("utf-16-be", "replace")


@dataclass(slots=True)
class _Scope:
    """One open marked-content sequence."""

    mcid: int | None
    replaced: bool


@dataclass(slots=True)
class _PageText:
    """What the interpreter has gathered on one page."""

    pieces: dict[int, list[str]] = field(default_factory=dict)
    scopes: list[_Scope] = field(default_factory=list)

    def show(self, text: str) -> None:
        if any(scope.replaced for scope in self.scopes):
            return
        self.put(text)

    def put(self, text: str) -> None:
        mcid = next((s.mcid for s in reversed(self.scopes) if s.mcid is not None), None)
        if mcid is not None:
            self.pieces.setdefault(mcid, []).append(text)


class PageReader:
    """Reads pages of one file; remembers its fonts."""

    def __init__(self) -> None:
        self._decoders: dict[tuple[int, int], Decoder] = {}
        self._forms = 0

    def texts(self, page: "pikepdf.Page") -> dict[int, str]:
        """The text of every MCID of a page."""
        gathered = _PageText()
        self._forms = 0
        self._run(page.obj, page.resources, gathered, 0)
        return {mcid: "".join(pieces) for mcid, pieces in gathered.pieces.items()}

    def _run(
        self,
        content: "pikepdf.Object",
        resources: "pikepdf.Object",
        gathered: _PageText,
        depth: int,
    ) -> None:
        import pikepdf

        decoder = Decoder(1, {})
        for instruction in instructions(content, _SHOWN):
            operands = instruction.operands
            match str(instruction.operator):
                case "Tf":
                    decoder = self._decoder(resources.Font[str(operands[0])])
                case "Tj" | "'" | '"':
                    gathered.show(decoder.decode(bytes(operands[-1])))
                case "TJ":
                    for item in operands[0]:
                        if isinstance(item, pikepdf.String):
                            gathered.show(decoder.decode(bytes(item)))
                case "BMC":
                    gathered.scopes.append(_Scope(None, replaced=False))
                case "BDC":
                    self._open(operands[1], resources, gathered)
                case "EMC":
                    if gathered.scopes:
                        gathered.scopes.pop()
                case "Do":
                    self._form(str(operands[0]), resources, gathered, depth)
                case _:
                    pass

    def _open(
        self,
        properties: "pikepdf.Object",
        resources: "pikepdf.Object",
        gathered: _PageText,
    ) -> None:
        import pikepdf

        if isinstance(properties, pikepdf.Name):
            properties = resources.Properties[str(properties)]
        mcid = properties.get("/MCID")
        actual = properties.get("/ActualText")
        gathered.scopes.append(_Scope(None if mcid is None else int(mcid), replaced=False))
        if actual is not None:
            gathered.show(str(actual))
            gathered.scopes[-1].replaced = True

    def _form(
        self, name: str, resources: "pikepdf.Object", gathered: _PageText, depth: int
    ) -> None:
        form = resources.XObject[name]
        if str(form.get("/Subtype")) == "/Form" and depth < MAX_DEPTH:
            self._forms += 1
            require_few_forms(self._forms)
            self._run(form, form.get("/Resources", resources), gathered, depth + 1)

    def _decoder(self, font: "pikepdf.Object") -> Decoder:
        key = font.objgen
        if key not in self._decoders or key == (0, 0):
            width = 2 if str(font.get("/Subtype")) == "/Type0" else 1
            cmap = font.get("/ToUnicode")
            self._decoders[key] = (
                Decoder(width, {}) if cmap is None else read_to_unicode(unpacked(cmap), width=width)
            )
        return self._decoders[key]
