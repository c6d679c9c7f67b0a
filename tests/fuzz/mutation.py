"""Accidents and malice: one file changed in a few places, by bytes and by words of its language."""

from collections.abc import Sequence
from random import Random

from tests.fuzz.strategies import ENCODINGS

# A mutated file is no larger, so that the bench sees many rather than large ones.
MAX_BYTES = 60_000
MOST_CHANGES = 6
_OPERATIONS = (
    "word", "word", "word", "nest", "cut", "double", "byte", "flip", "truncate", "move", "number", "encoding", "line", "swell",
)  # fmt: skip


def mutate(content: bytes, words: Sequence[bytes], chance: Random) -> bytes:
    """`content` after one to six changes."""
    for _ in range(chance.randint(1, MOST_CHANGES)):
        content = _changed(content, words, chance)
    return content[:MAX_BYTES]


def _changed(content: bytes, words: Sequence[bytes], chance: Random) -> bytes:
    size = len(content)
    start = chance.randint(0, size)
    end = min(size, start + chance.choice((1, 2, 4, 16, 64, 400)))
    before, middle, after = content[:start], content[start:end], content[end:]
    match chance.choice(_OPERATIONS):
        case "word":
            return before + chance.choice(words) + content[start:]
        case "nest":
            return (
                before + chance.choice(words) * chance.choice((2, 9, 120, 1_000)) + content[start:]
            )
        case "cut":
            return before + after
        case "double":
            return before + middle + content[start:]
        case "byte":
            return before + chance.randbytes(chance.randint(1, 8)) + after
        case "flip":
            flipped = bytes(byte ^ (1 << chance.randrange(8)) for byte in middle[:1])
            return before + flipped + content[start + 1 :]
        case "truncate":
            return content[: start or 1]
        case "move":
            return before + after + middle
        case "number":
            return _other_number(content, chance)
        case "encoding":
            return _in_other_encoding(content, start, chance)
        case "line":
            lines = content.split(b"\n")
            chance.shuffle(lines)
            return b"\n".join(lines)
        case _:
            return before + middle * chance.choice((2, 30, 500)) + after


def _other_number(content: bytes, chance: Random) -> bytes:
    """One digit of the file becomes a number that nobody meant."""
    places = [at for at, byte in enumerate(content[:4_000]) if 0x30 <= byte < 0x3A]
    if not places:
        return content
    at = chance.choice(places)
    number = chance.choice((b"0", b"-1", b"999999999999", b"1e309", b"0.00000001", b"\xd9\xa3"))
    return content[:at] + number + content[at + 1 :]


def _in_other_encoding(content: bytes, start: int, chance: Random) -> bytes:
    """From `start` on the file goes on in another encoding."""
    text = content[start:].decode("utf-8", "replace")
    return content[:start] + text.encode(chance.choice(ENCODINGS), "ignore")
