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
        return Decoded(_decode(content, encoding), encoding, 1.0)
    for mark, marked in _MARKS:
        if content.startswith(mark):
            text = _decode(content, marked)
            return Decoded(text, marked, 1.0) if _is_text(text) else None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _most_plausible(content)
    return Decoded(text, "utf-8", 1.0) if _is_text(text) else None


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
    for broken in BROKEN_BYTES.finditer(decoded.text):
        byte_offset += len(decoded.text[position : broken.start()].encode(decoded.encoding))
        content = bytes(ord(character) - ESCAPE_BASE for character in broken[0])
        yield Fault(broken.start(), byte_offset, content)
        byte_offset += len(content)
        position = broken.end()


# --- decoding -----------------------------------------------------------------------------


def _decode(content: bytes, encoding: str) -> str:
    return content.decode(encoding, "builder.keep_bytes")


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

SAMPLE_BYTES = 65_536
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
    scores = [_Candidate(name, plausibility(_decode(sample, name))) for name in CANDIDATES]
    first, second, *_ = sorted(scores, key=lambda candidate: -candidate.score)
    text = _decode(content, first.encoding)
    if first.score < MIN_SCORE or not _is_text(text):
        return None
    margin = first.score - max(second.score, MIN_SCORE)
    return Decoded(text, first.encoding, min(1.0, max(0.0, 0.5 + margin / CLEAR_MARGIN / 2)))


def _sample(content: bytes) -> bytes:
    """Stretches of the beginning, the middle and the end, whole when the file is small."""
    if len(content) <= 3 * SAMPLE_BYTES:
        return content
    middle = len(content) // 2
    return content[:SAMPLE_BYTES] + content[middle:][:SAMPLE_BYTES] + content[-SAMPLE_BYTES:]


def _is_text(text: str) -> bool:
    """Whether so few characters are control characters that a person may have written it."""
    few = max(4, len(text) * MAX_CONTROL_SHARE)
    return _count_up_to(_CONTROL, text, int(few) + 1) <= few


def _count_up_to(pattern: re.Pattern[str], text: str, limit: int) -> int:
    found = 0
    for _ in pattern.finditer(text):
        found += 1
        if found >= limit:
            break
    return found
