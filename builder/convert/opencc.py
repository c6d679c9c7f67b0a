"""The only door to OpenCC: finding it, knowing it from its look-alikes, running it.

Two other distributions, `opencc-python-reimplemented` and `opencc-py`, install into the same
`opencc/` folder. Whichever came last wins, without a word, and converts differently. The real
one is known by its compiled library and its configurations.

OpenCC's phrases reach across any stretch of text but a line break, so text goes in whole
lines. Lines may be converted all at once: measured to give what line by line gives.
"""

import json
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from importlib import import_module, metadata
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Protocol

from builder.core.errors import ConvertError, DependencyError
from builder.core.memory import give_back

LOOK_ALIKES = ("opencc-python-reimplemented", "opencc-py")

# What no conversion may touch. Example: 𠮷, 😀, U+FA1A, U+FE0F. Counter-example: 吉.
# Surrogates stand for broken bytes; OpenCC would refuse the whole text because of one,
# and ends the text at a NUL.
_UNTOUCHED = re.compile(
    "[\N{NULL}\ud800-\udfff\N{CJK COMPATIBILITY IDEOGRAPH-F900}-\ufaff\ufe00-\ufe0f\U00010000-\U0010ffff]+"
)
# Han beyond U+FFFF that no selector follows. Example: 𬘭. Counter-example: 綝, 𬘭 + U+E0100.
_ASTRAL = re.compile("[\U00020000-\U000323af](?![\ufe00-\ufe0f\U000e0100-\U000e01ef])")
# To Traditional, and the configuration that undoes it.
_BACK = {"s2t": "t2s", "s2tw": "tw2s", "s2twp": "tw2s", "s2hk": "hk2s", "s2hkp": "hk2s"}
# These change the character before them, which then has to stay as it is: 葛 + U+E0100.
_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
# OpenCC's word for 家具, which it finds in 国家具有 and 一家具体 too; 家具 is as good everywhere.
_FURNITURE = "傢俱"
# A web address. Han belong to it only after one of / = # in it, because Chinese goes on
# right after an address. Example: https://a.cn/发现/x. Counter-example: the 发 of http://a.cn发.
_ADDRESS = re.compile(r"https?://[!-~]+(?:(?<=[/=#])[\u4e00-\u9fff]+[!-~]*)*")


# Measured for 6 M characters: 310 MB in one go, and no faster.
PORTION_CHARS = 250_000

# Characters that OpenCC gets at once.
BATCH = 200_000

# Words and what they become, whatever OpenCC says: (source, target), no source twice.
Entries = tuple[tuple[str, str], ...]


class _Converter(Protocol):
    config: str

    def convert(self, text: str) -> str: ...


def convert_lines(lines: Sequence[str], config: str) -> list[str]:
    """Each line under OpenCC's `config`, such as s2tw. Lines have no line breaks.

    Compatibility characters, variation sequences and web addresses come back as they are, and
    so do astral characters, but for those that are converted and converted back exactly. Raises DependencyError C001, C002 and ConvertError C003.
    """
    converted: list[str] = []
    for start, end in pairwise(portions(lines)):
        converted += convert_text("\n".join(lines[start:end]), config).split("\n")
    return converted


def portions(lines: Sequence[str]) -> list[int]:
    """Where to cut the lines, so that nobody holds a long book many times over."""
    cuts = [0]
    size = 0
    for number, line in enumerate(lines, 1):
        size += len(line) + 1
        if size > PORTION_CHARS or number == len(lines):
            cuts.append(number)
            size = 0
    return cuts


def convert_text(text: str, config: str) -> str:
    """The same for a text of many lines, which keep their number."""
    converted = _converted(text, _converter(config, ()))
    if config in _BACK and _FURNITURE not in text:
        converted = converted.replace(_FURNITURE, "家具")
    characters = frozenset(_ASTRAL.findall(text)) if config in _BACK else frozenset()
    table = _reversible(characters, config) if characters else {}
    if not table:
        return converted
    return _ASTRAL.sub(lambda match: table.get(match.group(), match.group()), converted)


@lru_cache(maxsize=16)
def _reversible(characters: frozenset[str], config: str) -> dict[str, str]:
    """Those whose Traditional form lies in the basic plane and leads back to them alone.

    通用规范汉字表 has characters beyond U+FFFF (𬘭 of 王𬘭 is 綝 in Traditional). Pairs that both
    lie there stay: in a text of either script there is no telling which was meant.
    """
    there = _converter(config, ())
    back = _converter(_BACK[config], ())
    converted = {character: there.convert(character) for character in sorted(characters)}
    return {
        before: after
        for before, after in converted.items()
        if after < "\U00010000" and back.convert(after) == before
    }


def marked_lines(lines: Sequence[str], config: str, entries: Entries) -> list[str]:
    """The same, with each entry where OpenCC cuts the line into words to find it.

    `entries` lead to markers, characters that no dictionary has. An entry with characters that
    OpenCC never sees matches nothing (see `is_seen`).
    """
    return _converted("\n".join(lines), _converter(config, entries)).split("\n") if lines else []


def _converted(text: str, converter: _Converter) -> str:
    return "".join([_batch_converted(batch, converter) for batch in _batches(text)])


def _batches(text: str) -> Iterator[str]:
    """The text in pieces that end with a line: OpenCC needs 15 bytes a character meanwhile."""
    start = 0
    while len(text) - start > BATCH:
        end = text.find("\n", start + BATCH) + 1
        if not end:
            break
        yield text[start:end]
        start = end
    yield text[start:]


def _batch_converted(text: str, converter: _Converter) -> str:
    untouched = untouched_in(text)
    if not untouched:
        return converter.convert(text)
    # What stands between two untouched stretches goes in as a line of its own.
    edges = [0, *(edge for stretch in untouched for edge in stretch), len(text)]
    stretches = [text[start:end] for start, end in pairwise(edges)]
    convertible = stretches[::2]
    ends = list(accumulate(piece.count("\n") + 1 for piece in convertible))
    lines = converter.convert("\n".join(convertible)).split("\n")
    stretches[::2] = ["\n".join(lines[start:end]) for start, end in pairwise([0, *ends])]
    return "".join(stretches)


def let_go() -> None:
    """Free what OpenCC has loaded, 45 MB; it loads it again, in 0.1 s, when it is needed."""
    _reversible.cache_clear()
    _converter.cache_clear()
    give_back()


def is_seen(word: str) -> bool:
    """Whether OpenCC gets to see the whole word."""
    return not untouched_in(word)


def untouched_in(text: str) -> list[tuple[int, int]]:
    """Half-open stretches that stay as they are, in order and apart."""
    stretches: list[tuple[int, int]] = []
    for start, end in sorted(_stretches(text)):
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((start, end))
    return stretches


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    for match in _UNTOUCHED.finditer(text):
        start = match.start()
        yield (start - 1 if start and text[start] in _SELECTORS else start), match.end()
    if "://" in text:
        for match in _ADDRESS.finditer(text):
            yield match.span()


@lru_cache(maxsize=16)
def _converter(config: str, entries: Entries) -> _Converter:
    try:
        module = import_module("opencc")
    except Exception as problem:
        raise DependencyError("C001", reason=f"{type(problem).__name__}: {problem}") from problem
    if not hasattr(module, "opencc_clib"):
        raise DependencyError("C002", package=_look_alike(), folder=str(module.__file__))
    try:
        # Characters whose simplified form lies outside the basic plane keep their form: few
        # fonts have those, and 通用规范汉字表 §3 does not simplify beyond its own list.
        make = partial(module.OpenCC, include_tofu_risk_dictionaries=False)
        converter: _Converter = _with_entries(make, config, entries) if entries else make(config)
    except Exception as problem:
        raise ConvertError("C003", config=config, reason=str(problem)) from problem
    return converter


def _with_entries(make: Callable[[str], _Converter], config: str, entries: Entries) -> _Converter:
    """The converter of `config` that takes the entries before its own phrases.

    They stand in its segmentation, so a phrase that begins further left still comes first
    (终于小明, with 于小明 an entry), and in its first stage; the later ones know no marker.
    """
    built_in = Path(make(config).config)
    settings = json.loads(built_in.read_text(encoding="utf-8"))
    _make_absolute(settings, built_in.parent)
    if "segmentation" in settings:  # not where one region's forms become another's
        _put_first(settings["segmentation"], entries)
    _put_first(settings["conversion_chain"][0], entries)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, built_in.name)
        path.write_text(json.dumps(settings), encoding="utf-8")
        return make(str(path))


def _put_first(stage: dict[str, object], entries: Entries) -> None:
    own = {"type": "inline", "entries": dict(entries)}
    dictionaries = [own, stage["dict"]]
    stage["dict"] = {"type": "group", "match_policy": "short_circuit", "dicts": dictionaries}


def _make_absolute(part: object, folder: Path) -> None:
    """Name the dictionaries of a configuration by their whole paths."""
    if isinstance(part, list):
        for one in part:
            _make_absolute(one, folder)
    elif isinstance(part, dict):
        for one in part.values():
            _make_absolute(one, folder)
        if "file" in part:
            part["file"] = str(folder / part["file"])


def _look_alike() -> str:
    """The distribution that stands in OpenCC's place, as far as it gives its name."""
    for name in LOOK_ALIKES:
        try:
            metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        return name
    return "another package"
