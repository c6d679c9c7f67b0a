"""How likely a text is as Chinese: the sum of the logarithms of its characters' shares.

The same bytes read in two encodings are two texts; the one with the larger sum is the likelier
reading, and the difference, in nats, says by how much. Shares come from characters.txt (both
scripts, classical and modern) and, for rarer characters, from the levels of the two national
standards: GB 2312 and Big5 put common characters first.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

# Natural logarithms of a character's share, for what characters.txt does not list.
LEVEL_ONE = -12.5
LEVEL_TWO = -13.2
RARE_HAN = -14.0
BROKEN_BYTE = -12.0
PRIVATE = -15.0
UNASSIGNED = -17.0
CONTROL = -16.0
# First code point after a block, and what a character of the block counts.
# Kana, other letters and signs do stand in Chinese text, but not beside each other for long.
_BLOCKS = (
    (0x0020, CONTROL),
    (0x007F, -6.0),
    (0x00A0, CONTROL),
    (0x0530, -9.0),
    (0x2000, -13.0),
    (0x2030, -9.5),
    (0x2E80, -10.5),
    (0x3000, -13.0),
    (0x3030, -10.0),
    (0x3040, -12.0),
    (0x3100, -9.0),
    (0x3130, -10.5),
    (0x3400, -12.5),
    (0x4E00, -15.0),
    (0xA000, RARE_HAN),
    (0xAC00, -15.0),
    (0xD7B0, -12.5),
    (0xD800, -15.0),
    (0xDC00, UNASSIGNED),
    (0xDD00, BROKEN_BYTE),
    (0xE000, UNASSIGNED),
    (0xF900, PRIVATE),
    (0xFB00, -13.0),
    (0xFE00, -15.0),
    (0xFF00, -12.0),
    (0xFF5F, -10.0),
    (0xFFF0, -13.5),
    (0xFFFD, UNASSIGNED),
    (0xFFFE, BROKEN_BYTE),
    (0x10000, UNASSIGNED),
    (0x20000, -14.0),
    (0x110000, -15.5),
)
_FIXED = {
    " ": -3.5,
    "\n": -3.5,
    "\r": -3.5,
    "\t": -6.0,
    "\N{IDEOGRAPHIC SPACE}": -3.5,
    "\N{NO-BREAK SPACE}": -6.0,
    "\N{ZERO WIDTH NO-BREAK SPACE}": -8.0,
    **dict.fromkeys("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", -4.8),
    **dict.fromkeys("0123456789", -4.8),
}
# The quotation marks and brackets that one script or house uses more than another.
_PUNCTUATION = dict.fromkeys("“”‘’「」『』《》〈〉（）—…；：、·～【】", -6.5)


def _by_block(character: str) -> float:
    code = ord(character)
    value = next(value for end, value in _BLOCKS if code < end)
    if not 0xDC00 <= code < 0xDD00 and unicodedata.category(character) == "Cn":
        return UNASSIGNED
    return value


@cache
def _table() -> dict[str, float]:
    """The logarithms of the characters that are not just one of their block; made once."""
    table = dict(_FIXED)
    for leads, value in ((range(0xC9, 0xFA), LEVEL_TWO), (range(0xA4, 0xC7), LEVEL_ONE)):
        table.update(dict.fromkeys(_standard("big5", leads), value))
    for leads, value in ((range(0xD8, 0xF8), LEVEL_TWO), (range(0xB0, 0xD8), LEVEL_ONE)):
        for character in _standard("gb2312", leads):
            table[character] = max(value, table.get(character, value))
    table.update(_PUNCTUATION)
    for character, value in _listed():
        table[character] = max(value, table.get(character, value))
    return table


def _standard(encoding: str, leads: Iterable[int]) -> str:
    """The characters of a standard whose first byte is one of `leads`."""
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    pairs = bytes(byte for lead in leads for trail in trails for byte in (lead, trail))
    return "".join(c for c in pairs.decode(encoding, "ignore") if "\u4e00" <= c <= "\u9fff")


def _listed() -> Iterable[tuple[str, float]]:
    table = files("builder.read").joinpath("characters.txt").read_text(encoding="utf-8")
    for line in table.splitlines():
        if not line.startswith("#"):
            step, _, members = line.partition("\t")
            yield from ((character, -int(step) / 2) for character in members)


def likelihood(text: str) -> float:
    """The logarithm of how likely `text` is, in nats; lone surrogates are broken bytes."""
    table = _table()
    try:
        return sum(map(table.__getitem__, text))
    except KeyError:
        for character in set(text):
            if character not in table:
                table[character] = _by_block(character)
        return sum(map(table.__getitem__, text))


def is_gibberish(text: str) -> bool:
    """Whether the characters beyond ASCII are such as no Chinese text has, and not just a few."""
    square = [character for character in text if character > "\x7f"]
    return len(square) >= LEAST_FOREIGN and likelihood("".join(square)) < GIBBERISH * len(square)


# Misread text has a mean of -11 to -14, the oddest real text measured (lists of names) -8.5.
GIBBERISH = -10.4
LEAST_FOREIGN = 12
