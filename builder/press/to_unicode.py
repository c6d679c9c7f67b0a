"""CMaps: which characters the codes of a font stand for, and which CIDs.

Source: ISO 32000-1, 9.10.3; Adobe Technical Note 5014.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
# A block has at most so many entries.
_BLOCK = 100


def to_unicode(characters: Mapping[int, str]) -> bytes:
    """The CMap; runs of codes whose characters run along are one entry."""
    single: list[str] = []
    ranges: list[str] = []
    for first, last, text in _runs(characters):
        written = text.encode("utf-16-be", "surrogatepass").hex()
        if first == last:
            single.append(f"<{first:04x}> <{written}>")
        else:
            ranges.append(f"<{first:04x}> <{last:04x}> <{written}>")
    lines = [*_blocks(single, "bfchar"), *_blocks(ranges, "bfrange")]
    return f"{_HEAD}{''.join(lines)}{_TAIL}".encode("ascii")


def _blocks(entries: list[str], kind: str) -> Iterator[str]:
    for at in range(0, len(entries), _BLOCK):
        part = entries[at : at + _BLOCK]
        yield f"{len(part)} begin{kind}\n" + "\n".join(part) + f"\nend{kind}\n"


def _runs(characters: Mapping[int, str]) -> Iterator[tuple[int, int, str]]:
    """First and last code of each run, and the characters of the first.

    A run is of single characters of the Basic Multilingual Plane, and neither its codes nor its
    characters go beyond the last byte, which alone is counted up.
    """
    first = last = -2
    text = ""
    for code in sorted(characters):
        here = characters[code]
        if not here:
            continue
        if (
            code == last + 1
            and code & 0xFF
            and len(here) == len(text) == 1
            and ord(here) == ord(text) + code - first
            and ord(here) & 0xFF
            and ord(here) <= 0xFFFF
        ):
            last = code
            continue
        if first >= 0:
            yield first, last, text
        first = last = code
        text = here
    if first >= 0:
        yield first, last, text


def cid_map(cids: Mapping[int, int], way: Literal["H", "V"]) -> bytes:
    """The CMap from codes to CIDs, for lines (H) or columns (V)."""
    entries = [f"<{code:04x}> {cid}" for code, cid in sorted(cids.items())]
    head = _HEAD.replace("Adobe-Identity-UCS", f"Codes-{way}").replace("(UCS)", "(Identity)")
    head = head.replace("/CMapType 2", f"/CMapType 1 def\n/WMode {int(way == 'V')}")
    return f"{head}{''.join(_blocks(entries, 'cidchar'))}{_TAIL}".encode("ascii")
