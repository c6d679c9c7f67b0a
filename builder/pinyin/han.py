"""What is a Han character."""

# Blocks of Unicode with Han characters beside the first, U+4E00 to U+9FFF; 〇 is a Han character outside them.
# Source: Unicode 17, Blocks.txt.
_OTHERS = ((0x3400, 0x4DBF), (0xF900, 0xFAFF), (0x20000, 0x323AF))


def is_han(character: str) -> bool:
    """Whether one character is a Han character."""
    if "\u4e00" <= character <= "\u9fff":
        return True
    point = ord(character)
    return any(start <= point <= end for start, end in _OTHERS) or character == "〇"
