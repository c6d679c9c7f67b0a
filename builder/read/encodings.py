"""Bytes to text, losing none: every candidate encoding is scored over the whole file.

A byte that the encoding cannot read becomes one lone surrogate, U+DC00 plus the byte's value,
so the decoded text always gives the bytes back (`encode`). Nothing is replaced here; the
reading layer turns lone surrogates into U+FFFD and says so.

Order: a byte order mark; strict UTF-8 over the whole file; then the candidates, each scored
by how plausible its text is. Must not import anything of the other stages.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
ESCAPE_BASE = 0xDC00
# A byte that could not be read. Example: "\udc81". Counter-example: "\ufffd", which is text.
BROKEN_BYTES = re.compile("[\udc00-\udcff]+")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What people write in book.toml, and the codec that reads it. GBK and GB2312 are subsets of
# GB18030, and files that claim to be the one are often the other.
NAMES = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "gb2312": "gb18030",
    "utf-16": "utf-16-le",
    "utf-16-le": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "utf-16be": "utf-16-be",
}
CANDIDATES = ("utf-8", "gb18030")


@dataclass(frozen=True, slots=True)
class Decoded:
    """`text` with its byte order mark and its broken bytes; `confidence` lies in 0..1."""

    text: str
    encoding: str
    confidence: float
    has_faults: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    encoding: str
    score: float


def decode(content: bytes, encoding: str = "") -> Decoded | None:
    """The text of a file, in `encoding` (a codec of `NAMES`) or in the most plausible one.

    None when it is no text in any encoding known here: its bytes are something else.
    """
    if encoding:
        if encoding == "utf-16-le" and content.startswith(codecs.BOM_UTF16_BE):
            encoding = "utf-16-be"
        return _decoded(content, encoding, 1.0)
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return _decoded(content, marked, 1.0) if _is_text(content, marked) else None
    if not _is_text(content, "utf-8"):
        return None
    try:
        return Decoded(content.decode("utf-8"), "utf-8", 1.0)
    except UnicodeDecodeError:
        return _most_plausible(content)


def encode(text: str, encoding: str) -> bytes:
    """The bytes that `text` was decoded from; the inverse of `decode`."""
    pieces: list[bytes] = []
    position = 0
    for broken in BROKEN_BYTES.finditer(text):
        pieces.append(text[position : broken.start()].encode(encoding))
        pieces.append(bytes(ord(character) - ESCAPE_BASE for character in broken[0]))
        position = broken.end()
    pieces.append(text[position:].encode(encoding))
    return b"".join(pieces)


@dataclass(frozen=True, slots=True)
class Fault:
    """Bytes that could not be read: `offset` is a code point, `byte_offset` counts bytes."""

    offset: int
    byte_offset: int
    content: bytes


def faults(decoded: Decoded) -> Iterator[Fault]:
    """Every run of broken bytes, in order."""
    position = byte_offset = 0
    for broken in BROKEN_BYTES.finditer(decoded.text) if decoded.has_faults else ():
        byte_offset += len(decoded.text[position : broken.start()].encode(decoded.encoding))
        content = bytes(ord(character) - ESCAPE_BASE for character in broken[0])
        yield Fault(broken.start(), byte_offset, content)
        byte_offset += len(content)
        position = broken.end()


# --- decoding -----------------------------------------------------------------------------


def _decoded(content: bytes, encoding: str, confidence: float) -> Decoded:
    try:
        return Decoded(content.decode(encoding), encoding, confidence)
    except UnicodeDecodeError:
        text = content.decode(encoding, "builder.keep_bytes")
        return Decoded(text, encoding, confidence, has_faults=True)


def _keep_bytes(problem: UnicodeError) -> tuple[str, int]:
    """One lone surrogate for each byte that could not be read.

    A multi-byte codec complains about ASCII bytes too when a character is cut short; those
    are read again as what they are.
    """
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    end = problem.end
    if not problem.encoding.startswith("utf-16"):
        end = problem.start + 1
        while end < problem.end and problem.object[end] >= 0x80:
            end += 1
    broken = problem.object[problem.start : end]
    return "".join(chr(ESCAPE_BASE + byte) for byte in broken), end


codecs.register_error("builder.keep_bytes", _keep_bytes)

# --- plausibility -------------------------------------------------------------------------

# Stretches of the file that are scored, evenly spread; the whole file is decoded after that.
SAMPLES = 8
SAMPLE_BYTES = 8_192
# Below this a text is not believed in any encoding. Random bytes score under -1, a page of
# Chinese with every tenth byte broken about 0.3.
MIN_SCORE = 0.0
# A text whose second-best reading comes closer than this is reported as a guess.
CLEAR_MARGIN = 0.3
# Random bytes hold 10 % of these, the worst-kept novel a few in a chapter.
MAX_CONTROL_SHARE = 0.01

# The hundred most frequent characters of modern prose, in both scripts: together a third or
# more of any Chinese text, and rare in text decoded wrongly.
COMMON = re.compile(
    "[的一是不了在人有我他这個个们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那"
    "得于於着著下自之年过過发發后後作里裡道行所然家种事成方多经經么麼去法学學如都同现現当當没沒动動面起"
    "看定天分还還进進好小部其些主样樣理心她本前开開但因只从從想实實日此身头頭手将將又已老被长長见見无無"
    "，。！？：；、“”‘’「」『』…—《》　]"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_PLAIN = re.compile(r"[\t\n\r -~]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BROKEN = re.compile("[\udc00-\udcff]")


def plausibility(text: str) -> float:
    """How much `text` looks like Chinese or plain ASCII: about 1 for good, below 0 for none."""

    def count(pattern: re.Pattern[str]) -> int:
        return sum(1 for _ in pattern.finditer(text))

    good = 2 * count(COMMON) + 0.2 * count(_HAN) + 0.7 * count(_PLAIN)
    bad = 8 * count(_BROKEN) + 6 * count(_CONTROL) + 4 * count(_PRIVATE)
    return (good - bad) / max(len(text), 1)


def _most_plausible(content: bytes) -> Decoded | None:
    sample = _sample(content)
    scores = [
        _Candidate(name, plausibility(_decoded(sample, name, 0.0).text)) for name in CANDIDATES
    ]
    first, second, *_ = sorted(scores, key=lambda candidate: -candidate.score)
    if first.score < MIN_SCORE:
        return None
    margin = first.score - max(second.score, MIN_SCORE)
    confidence = min(1.0, max(0.0, 0.5 + margin / CLEAR_MARGIN / 2))
    return _decoded(content, first.encoding, confidence)


def _sample(content: bytes) -> bytes:
    """Stretches from the beginning to the end; all of it when the file is small."""
    if len(content) <= SAMPLES * SAMPLE_BYTES:
        return content
    step = (len(content) - SAMPLE_BYTES) // (SAMPLES - 1)
    return b"".join(content[index * step : index * step + SAMPLE_BYTES] for index in range(SAMPLES))


_CONTROL_BYTES = bytes(byte for byte in range(0x20) if byte not in b"\t\n\r\x1a\x1b")


def _is_text(content: bytes, encoding: str) -> bool:
    """Whether so few characters are control characters that a person may have written it.

    No byte below 0x20 is part of a longer character in UTF-8 or GB18030; UTF-16 is decoded.
    """
    if encoding.startswith("utf-16"):
        content = _decoded(content, encoding, 0.0).text.encode("utf-8", "replace")
    controls = len(content) - len(content.translate(None, _CONTROL_BYTES))
    return controls <= max(4, len(content) * MAX_CONTROL_SHARE)
