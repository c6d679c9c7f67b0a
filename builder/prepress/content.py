"""Content streams in other inks: the operators that choose a colour are rewritten, no other.

Spaces that are chosen by name are followed through `q` and `Q`, so that `/DeviceRGB cs` and then
`1 0 0 scn` become one operator. Patterns and shadings are objects, see `objects`.
Source: ISO 32000-1, 7.8.2 (content streams), 8.6.8 (colour operators), 8.9.7 (inline images).
"""

import re
from dataclasses import dataclass, field, replace

from builder.prepress.inks import BLACK, Colour, Ink, lab_to_rgb, mixed, operator

# What stands between white space: a comment, the start of a string, a string of hexadecimal
# digits, a bracket, a name, or a number or operator. Example: <</MCID 3>>, [<00af> -3] TJ, /i1.
_TOKEN = re.compile(
    rb"""%[^\r\n]* | \( | << | >> | <[0-9A-Fa-f\s]*> | [\[\]{}]
    | /[^\s\0()<>\[\]{}/%]* | [^\s\0()<>\[\]{}/%]+""",
    re.VERBOSE,
)
_IN_STRING = re.compile(rb"[()\\]")
# Example: 0, -.5, 0.25; 1e-05 is no number of PDF, but programs write it.
_NUMBER = re.compile(rb"[-+]?(?:\d++(?:\.\d*+)?|\.\d+)(?:[eE][-+]?\d+)?")
# Where the bytes of an inline image end. Example: "\nEI Q", "\nEI\n". Counter-example: "EIN".
_IMAGE_END = re.compile(rb"\sEI(?=[\s\0]|$)")
# What the operators take: whether they stroke, and how many numbers.
_DIRECT = {
    b"g": (False, 1), b"rg": (False, 3), b"k": (False, 4),
    b"G": (True, 1), b"RG": (True, 3), b"K": (True, 4),
}  # fmt: skip
_COUNTS = frozenset({1, 3, 4})
_CHOOSING = {b"cs": False, b"CS": True}
_SETTING = {b"sc": False, b"scn": False, b"SC": True, b"SCN": True}
_PATTERN = b"/Pattern"
_LAB, _LAB_COUNT = b"/lab-", 3


@dataclass(frozen=True, slots=True)
class _Spaces:
    """The spaces chosen by name for filling and for stroking; none after an operator of colour."""

    fill: bytes = b""
    stroke: bytes = b""


@dataclass(slots=True)
class _Rewriting:
    """A stream on its way: `done` are the bytes up to `copied`."""

    content: bytes
    ink: Ink
    done: list[bytes] = field(default_factory=list)
    copied: int = 0
    spaces: _Spaces = _Spaces()
    saved: list[_Spaces] = field(default_factory=list)

    def put(self, start: int, end: int, words: str) -> None:
        """Write something instead of what stands from `start` to `end`."""
        self.done += (self.content[self.copied : start], words.encode("ascii"))
        self.copied = end

    def choose(self, space: bytes, start: int, end: int, *, stroke: bool) -> None:
        """A space is chosen: remembered, and its first colour written in its place."""
        self.spaces = replace(self.spaces, **{"stroke" if stroke else "fill": space})
        if space != _PATTERN:  # all others begin with black
            self.put(start, end, operator(BLACK[self.ink], stroke=stroke))

    def set(self, numbers: Colour, start: int, end: int, *, stroke: bool) -> None:
        """A colour of the chosen space."""
        space = self.spaces.stroke if stroke else self.spaces.fill
        if space.startswith(_LAB) and len(numbers) == _LAB_COUNT:
            lightness, a, b = numbers
            numbers = lab_to_rgb(lightness, a, b)
        if space != _PATTERN and len(numbers) in _COUNTS:
            self.put(start, end, operator(mixed(numbers, self.ink), stroke=stroke))


def inked_content(content: bytes, ink: Ink) -> bytes:
    """The same page in inks. Everything but colours stays to the byte.

    Spaces of profiles are taken for the device's by how many numbers they have; those that begin
    with `lab-` are CIE Lab.
    """
    if ink == "rgb":
        return content
    work = _Rewriting(content, ink)
    operands: list[tuple[bytes, int]] = []
    at, end = 0, len(content)
    while (match := _TOKEN.search(content, at)) is not None:
        token, at = match[0], match.end()
        if token == b"(":
            at = _string_end(content, at)
            continue
        if token[0] in b"%":
            continue
        if token[0] in b"/<[]{}>" or _NUMBER.fullmatch(token):
            operands.append((token, match.start()))
            continue
        if token == b"BI":
            found = _IMAGE_END.search(content, at)
            at = found.end() if found else end
        _operate(work, token, operands, at)
        operands.clear()
    return b"".join((*work.done, content[work.copied :]))


def _operate(work: _Rewriting, name: bytes, operands: list[tuple[bytes, int]], end: int) -> None:
    """Take one operator, which ends at `end`."""
    if name == b"q":
        work.saved.append(work.spaces)
    elif name == b"Q":
        work.spaces = work.saved.pop() if work.saved else _Spaces()
    elif name in _DIRECT:
        stroke, count = _DIRECT[name]
        taken = operands[-count:]
        if len(taken) == count and _are_numbers(taken):
            work.spaces = replace(work.spaces, **{"stroke" if stroke else "fill": b""})
            colour = mixed(_numbers(taken), work.ink)
            work.put(taken[0][1], end, operator(colour, stroke=stroke))
    elif name in _CHOOSING and operands:
        space, start = operands[-1]
        work.choose(space, start, end, stroke=_CHOOSING[name])
    elif name in _SETTING and operands and _are_numbers(operands):
        work.set(_numbers(operands), operands[0][1], end, stroke=_SETTING[name])


def _are_numbers(operands: list[tuple[bytes, int]]) -> bool:
    return all(_NUMBER.fullmatch(token) for token, _ in operands)


def _numbers(operands: list[tuple[bytes, int]]) -> Colour:
    return tuple(float(token) for token, _ in operands)


def _string_end(content: bytes, at: int) -> int:
    """Where the string ends whose bracket stands before `at`; brackets inside it may be paired."""
    depth = 1
    while depth and (match := _IN_STRING.search(content, at)) is not None:
        at = match.end()
        match match[0]:
            case b"(":
                depth += 1
            case b")":
                depth -= 1
            case _:
                at += 1
    return at if not depth else len(content)
