"""Names of files that every device takes, Chinese ones kept."""

import re
from unicodedata import combining, normalize

# What FAT, exFAT and Windows refuse in a name, and what looks like it.
_LOOKALIKES = str.maketrans(
    {
        "\\": "＼", "/": "／", ":": "：", "*": "＊", "?": "？", '"': "”",
        "<": "＜", ">": "＞", "|": "｜",
    }
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Dots and white space at either end, which Windows drops or hides.
_EDGES = re.compile(r"\A[\s.]+|[\s.]+\Z")
# Names that Windows keeps for itself, whatever follows the dot.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE | re.DOTALL)
# Endings that belong together. Example: .kepub.epub; counter-example: .v2.epub is .epub.
_ENDING = re.compile(r"(?:\.kepub)?\.[A-Za-z0-9]{1,5}\Z")
LONGEST_BYTES = 200


def device_name(name: str) -> str:
    """`name` as a file's name on any device: at most 200 bytes of UTF-8, its ending kept.

    Marks that FAT refuses become full-width ones, control characters go, and so do dots and
    spaces at the ends.
    """
    plain = _CONTROL.sub("", normalize("NFC", name)).translate(_LOOKALIKES)
    plain = plain.encode("utf-8", "replace").decode("utf-8")
    ending = found[0] if (found := _ENDING.search(plain)) else ""
    stem = _EDGES.sub("", plain.removesuffix(ending)) or "book"
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return _cut(stem, LONGEST_BYTES - len(ending.encode())) + ending


def same_name(one: str, other: str) -> bool:
    """Whether a device that knows neither case nor Unicode forms takes two names for one."""
    return normalize("NFC", one).casefold() == normalize("NFC", other).casefold()


def _cut(text: str, size: int) -> str:
    """The beginning of `text` in at most `size` bytes, no character torn from its marks."""
    if len(text.encode()) <= size:
        return text
    kept = text.encode()[:size].decode("utf-8", "ignore")
    end = len(kept)
    while end and combining(text[end]):
        end -= 1
    return _EDGES.sub("", text[:end])
