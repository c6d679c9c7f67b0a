"""What a decoder of pictures raises at one that is broken, by accident or on purpose."""

import struct
import zlib

# Pillow lets out whatever its formats trip over: an index behind the end, a tag of another type.
# Its DecompressionBombError is none of these, and stands beside them where Pillow is at hand.
UNREADABLE = (
    ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError,
    TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
