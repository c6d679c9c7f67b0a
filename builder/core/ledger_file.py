"""The ledger as a file: `<slug>.ledger`, beside the book it explains.

It holds what `builder why` needs without running any stage: where each source file and each of
its lines starts, the digest of its bytes, and the columns of every layer. The text itself stays
in the source; a line is shown whole when the source file is still the one that was read.

Layout: `MAGIC`, then one zlib stream of a little-endian block: the length of the JSON header
(4 bytes), the header, then the columns of numbers in the order the header names them. Positions
are stored as differences, so that they compress well: 1 million edits take about 3 MB.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from operator import sub
from pathlib import PurePath
from typing import TYPE_CHECKING

from builder.core.catalogue import say
from builder.core.ledger import Layer, Ledger, Move
from builder.core.line_ends import line_ends
from builder.core.strings import Strings
from builder.core.version import __version__

if TYPE_CHECKING:
    from builder.core.manuscript import Manuscript

MAGIC = b"builder ledger 1\n"
# Level 4 is where zlib stops getting much slower and has most of its gain.
COMPRESSION = 4
# A ledger larger than this was not written by us.
MAX_UNPACKED_BYTES = 2_000_000_000


class NotALedger(ValueError):  # noqa: N818  (a verdict on the file)
    """The bytes are no ledger, or a damaged one."""


@dataclass(frozen=True, slots=True)
class LedgerSource:
    """One source file: `[start, end)` of the decoded text, its lines' starts, its bytes' digest."""

    path: str
    start: int
    end: int
    encoding: str
    sha256: str
    line_starts: tuple[int, ...]

    def line_span(self, line: int) -> tuple[int, int] | None:
        """Where line `line`, counted from 1, lies in the decoded text; None past the end."""
        if not 1 <= line <= len(self.line_starts):
            return None
        end = self.line_starts[line] if line < len(self.line_starts) else self.end
        return self.line_starts[line - 1], end

    def line_at(self, position: int) -> int:
        """The line, counted from 1, that a position of the decoded text lies in."""
        return max(bisect_right(self.line_starts, position), 1)


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """What a `.ledger` file says."""

    ledger: Ledger
    sources: tuple[LedgerSource, ...]
    version: str = ""

    def source(self, path: str) -> LedgerSource | None:
        """The source file called `path`, or the only one whose path ends so."""
        exact = [source for source in self.sources if source.path == path]
        ending = [s for s in self.sources if s.path.endswith(f"/{path}") or s.path == path]
        found = exact or ending
        return found[0] if len(found) == 1 else None


def record(manuscript: Manuscript, ledger: Ledger, root: str) -> LedgerFile:
    """The ledger of a book with where its lines stand; paths are told from `root` on."""
    sources = tuple(
        LedgerSource(
            _from_root(file.path, root),
            file.start,
            file.end,
            file.encoding,
            digest(manuscript.decoded[file.start : file.end]),
            _line_starts(manuscript.decoded, file.start, file.end),
        )
        for file in manuscript.files
    )
    return LedgerFile(ledger, sources, __version__)


def digest(text: str) -> str:
    """The SHA-256 of a decoded text, lone surrogates included."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _line_starts(text: str, start: int, end: int) -> tuple[int, ...]:
    """Where the lines of `text[start:end]` start; there is always a first."""
    return (start, *(at for at in line_ends(text, start, end) if at < end))


def _from_root(path: str, root: str) -> str:
    try:
        return PurePath(path).relative_to(root).as_posix()
    except ValueError:
        return PurePath(path).name


def dump(file: LedgerFile) -> bytes:
    """The bytes of a ledger file; the same ledger gives the same bytes."""
    strings: dict[str, int] = {}
    columns: list[array[int]] = []
    layers = [_layer_header(layer, strings, columns) for layer in file.ledger.layers]
    sources: list[dict[str, object]] = []
    for source in file.sources:
        columns.append(_differences(source.line_starts))
        sources.append(
            {
                "path": source.path,
                "start": source.start,
                "end": source.end,
                "encoding": source.encoding,
                "sha256": source.sha256,
                "lines": len(source.line_starts),
            }
        )
    header = {
        "version": file.version,
        "sources": sources,
        "layers": layers,
        "strings": list(strings),
    }
    # ASCII, so that lone surrogates of undecodable bytes survive as escapes.
    encoded = json.dumps(header, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    packer = zlib.compressobj(COMPRESSION)
    pieces = [MAGIC, packer.compress(len(encoded).to_bytes(4, "little")), packer.compress(encoded)]
    pieces += [packer.compress(_little_endian(column)) for column in columns]
    return b"".join([*pieces, packer.flush()])


def load(content: bytes) -> LedgerFile:
    """The ledger in `content`. Raises NotALedger."""
    if not content.startswith(MAGIC):
        raise NotALedger(say("ledger.other"))
    unpacker = zlib.decompressobj()
    try:
        block = unpacker.decompress(content[len(MAGIC) :], MAX_UNPACKED_BYTES)
        if not unpacker.eof:
            raise NotALedger(say("ledger.cut"))
        length = int.from_bytes(block[:4], "little")
        header = json.loads(block[4 : 4 + length])
        numbers = _Numbers(block, 4 + length)
        strings = tuple(header["strings"])
        layers = tuple(_layer(entry, strings, numbers) for entry in header["layers"])
        sources = tuple(_source(entry, numbers) for entry in header["sources"])
        return LedgerFile(Ledger(layers), sources, header["version"])
    except NotALedger:
        raise
    except (zlib.error, ValueError, KeyError, TypeError, IndexError, OverflowError) as problem:
        raise NotALedger(say("ledger.damaged")) from problem


def _layer_header(
    layer: Layer, strings: dict[str, int], columns: list[array[int]]
) -> dict[str, object]:
    lengths = array("I", (end - start for start, end in zip(layer.starts, layer.ends, strict=True)))
    befores = array("I", (strings.setdefault(text, len(strings)) for text in layer.befores))
    afters = array("I", (strings.setdefault(text, len(strings)) for text in layer.afters))
    columns += [_differences(layer.starts), lengths, array("I", layer.rule_index), befores, afters]
    return {
        "stage": layer.stage,
        "rules": layer.rules,
        "edits": len(layer),
        "moves": [(move.start, move.end, move.target) for move in layer.moves],
    }


class _Numbers:
    """Reads columns of 32-bit numbers one after another."""

    def __init__(self, block: bytes, position: int) -> None:
        self._block = block
        self._position = position

    def take(self, count: int) -> array[int]:
        end = self._position + 4 * count
        if count < 0 or end > len(self._block):
            raise NotALedger(say("ledger.cut"))
        column = array("I", self._block[self._position : end])
        if sys.byteorder == "big":
            column.byteswap()
        self._position = end
        return column


def _layer(entry: dict[str, object], strings: tuple[str, ...], numbers: _Numbers) -> Layer:
    count = entry["edits"]
    moves = entry["moves"]
    rules = entry["rules"]
    if not (isinstance(count, int) and isinstance(moves, list) and isinstance(rules, list)):
        raise NotALedger(say("ledger.damaged"))
    starts = array("I", accumulate(numbers.take(count)))
    lengths, rule_index = numbers.take(count), numbers.take(count)
    befores, afters = Strings(strings, numbers.take(count)), Strings(strings, numbers.take(count))
    growth = accumulate(map(sub, map(len, afters), lengths), initial=0)
    return Layer(
        str(entry["stage"]),
        tuple(rules),
        array("H", rule_index),
        starts,
        array("I", (start + length for start, length in zip(starts, lengths, strict=True))),
        befores,
        afters,
        tuple(Move(*move) for move in moves),
        array("I", (start + grown for start, grown in zip(starts, growth, strict=False))),
    )


def _source(entry: dict[str, object], numbers: _Numbers) -> LedgerSource:
    count, start, end = entry["lines"], entry["start"], entry["end"]
    if not (isinstance(count, int) and isinstance(start, int) and isinstance(end, int)):
        raise NotALedger(say("ledger.damaged"))
    return LedgerSource(
        str(entry["path"]),
        start,
        end,
        str(entry["encoding"]),
        str(entry["sha256"]),
        tuple(accumulate(numbers.take(count))),
    )


def _differences(numbers: array[int] | tuple[int, ...]) -> array[int]:
    return array(
        "I", (after - before for before, after in zip((0, *numbers), numbers, strict=False))
    )


def _little_endian(column: array[int]) -> bytes:
    if sys.byteorder == "big":
        column = array("I", column)
        column.byteswap()
    return column.tobytes()
