"""markdown-it-py, made to say where each inline token stands.

The parser gives lines for blocks and nothing for what is inside them. Every inline rule is
wrapped here, so that the stretch of content it used up is known for the tokens it made; the
two rules that merge tokens afterwards are switched off. Notes ([^1]) get rules of their own.
Indented code is switched off too: four spaces are how Chinese paragraphs are indented.
"""

import re
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt, rules_block, rules_inline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from builder.read.limits import MAX_MARKDOWN_CELLS

InlineRule = Callable[[StateInline, bool], bool]

# Where the content of a token ends, by the token's identity.
Ends = dict[int, int]

# What ends a stretch of plain text: a sign that a rule begins with, or the end of a label.
# Examples: 停[了, 停*了. Counter-examples: 停#了, 停-了, which the parser's own pattern stops at.
_SIGN = re.compile(r"[\n\\`*_\[\]!<&]")
# The start of a note. Example: [^1]: 注文. Counter-example: [1]: https://…, an address.
_NOTE = re.compile(r"\[\^(?P<label>[^\]\s]{1,40})\]:[ \t]*+")
# Example: a line [^1]: 注文. Counter-example: 正文[^1]。
_FIRST_NOTE = re.compile(r"^ {0,3}\[\^[^\]\s]{1,40}\]:", re.MULTILINE)
# Example: four spaces and 雨停了。 Counter-example: two spaces, a line of nothing but spaces.
_INDENTED = re.compile(r"^(?: {4}|\t)[ \t]*+\S", re.MULTILINE)
_NOTE_INDENT = 4
_NOTE_REF = re.compile(r"\[\^(?P<label>[^\]\s]{1,40})\]")


def parse(source: str) -> tuple[list[Token], Ends]:
    """The block tokens of a Markdown text, and where each inline token ends in its content.

    Raises TooManyCellsError.
    """
    ends: Ends = {}
    environment: dict[str, object] = {
        "ends": ends,
        "notes": set(),
        "cells": 0,
        "has_indents": _has_indents(source),
    }
    return _parser().parse(source, environment), ends


def _has_indents(source: str) -> bool:
    """Whether four spaces are how the text's own paragraphs begin, before any note."""
    first_note = _FIRST_NOTE.search(source)
    return _INDENTED.search(source, 0, first_note.start() if first_note else 0) is not None


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table").disable(["code", "text_join"])
    parser.inline.ruler2.disable("fragments_join")
    parser.inline.ruler.push("by_sign", _by_sign(_rules()))
    parser.inline.ruler.enableOnly("by_sign")
    parser.inline.terminator_re = _SIGN
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.before("reference", "note", _note, {"alt": ["paragraph"]})
    return parser


class TooManyCellsError(Exception):
    """The tables of a text have more cells than MAX_MARKDOWN_CELLS."""


def _table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001
    """The parser's own rule; a row with one cell is filled up to as many as the head has."""
    count = len(state.tokens)
    if not rules_block.table(state, start_line, end_line, silent):
        return False
    if not silent:
        cells = sum(token.type in {"th_open", "td_open"} for token in state.tokens[count:])
        state.env["cells"] += cells
        if state.env["cells"] > MAX_MARKDOWN_CELLS:
            raise TooManyCellsError
    return True


def _rules() -> dict[str, tuple[InlineRule, ...]]:
    """The rules by the sign that they begin with, in their order."""
    rules: dict[str, tuple[InlineRule, ...]] = {
        "\n": (_line_end,),
        "\\": (rules_inline.escape,),
        "`": (rules_inline.backtick,),
        "*": (rules_inline.emphasis.tokenize,),
        "_": (rules_inline.emphasis.tokenize,),
        "[": (_note_ref, rules_inline.link),
        "!": (rules_inline.image,),
        "<": (rules_inline.autolink, rules_inline.html_inline),
        "&": (rules_inline.entity,),
        "]": (),
    }
    return {sign: tuple(map(_recorded, several)) for sign, several in rules.items()}


def _by_sign(rules: dict[str, tuple[InlineRule, ...]]) -> InlineRule:
    """One rule for all: the parser asks each of its rules at each sign, which is most of its work."""
    no_sign = (rules_inline.text,)

    def by_sign(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's call)
        sign = state.src[state.pos]
        return any(rule(state, silent) for rule in rules.get(sign, no_sign))

    return by_sign


def _recorded(rule: InlineRule) -> InlineRule:
    """The same rule, noting where its tokens end; text before them ends where they begin."""

    def recorded(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's call)
        if silent:
            return rule(state, silent)
        start, first = state.pos, len(state.tokens) + bool(state.pending)
        if not rule(state, silent):
            return False
        if len(state.tokens) > first:
            _note_ends(state.tokens[first:], start, state.pos, state.env["ends"])
        return True

    return recorded


def _note_ends(tokens: list[Token], start: int, end: int, ends: Ends) -> None:
    """A link's inner tokens are noted already; a run of `*` is one token each."""
    if not tokens:
        return
    if tokens[0].type == "link_open":
        ends[id(tokens[0])] = start + 1
        if tokens[0].markup == "autolink":
            ends[id(tokens[1])] = end - 1
    elif len(tokens) > 1:
        for index, token in enumerate(tokens):
            ends[id(token)] = start + index + 1
    ends[id(tokens[-1])] = end


def _line_end(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's call)
    """A line end: hard after two spaces. The parser's own rule looks at text not yet a token."""
    if state.src[state.pos] != "\n":
        return False
    if not silent:
        is_hard = state.src.endswith("  ", 0, state.pos)
        state.push("hardbreak" if is_hard else "softbreak", "br", 0)
    state.pos += 1
    while state.pos < state.posMax and state.src[state.pos] in " \t":
        state.pos += 1
    return True


def _note_ref(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (markdown-it's call)
    """[^1], when there is such a note."""
    match = _NOTE_REF.match(state.src, state.pos, state.posMax)
    notes = state.env["notes"]
    if match is None or match["label"] not in notes:
        return False
    if not silent:
        token = state.push("note_ref", "", 0)
        token.content, token.meta = match[0], {"label": match["label"]}
    state.pos = match.end()
    return True


def _note(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001
    """[^1]: and the lines up to a blank one or the next note; the signature is markdown-it's.

    Paragraphs after it that stand four spaces in belong to it.
    """
    match = _note_at(state, start_line)
    if match is None:
        return False
    if silent:
        return True
    line = start_line + 1
    while line < end_line and not state.isEmpty(line) and _note_at(state, line) is None:
        line += 1
    first = state.src[match.end() : state.eMarks[start_line]]
    rest = (
        state.getLines(start_line + 1, line, state.blkIndent, keepLastLF=False)
        if line > start_line + 1
        else ""
    )
    state.env["notes"].add(match["label"])
    opening = state.push("note_open", "", 1)
    opening.map, opening.meta = [start_line, line], {"label": match["label"]}
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = f"{first}\n{rest}".strip(), [start_line, line], []
    while (following := _next_of_note(state, line, end_line)) is not None:
        first_line, line = following
        _push_paragraph(state, first_line, line)
    state.push("note_close", "", -1)
    state.line = line
    return True


def _next_of_note(state: StateBlock, line: int, end_line: int) -> tuple[int, int] | None:
    """The lines of the next paragraph of a note, half open; None when there is no more."""
    if state.env["has_indents"] or line >= end_line or not state.isEmpty(line):
        return None
    while line < end_line and state.isEmpty(line):
        line += 1
    first = line
    while (
        line < end_line
        and not state.isEmpty(line)
        and state.sCount[line] - state.blkIndent >= _NOTE_INDENT
    ):
        line += 1
    return (first, line) if line > first else None


def _push_paragraph(state: StateBlock, first: int, last: int) -> None:
    opening = state.push("paragraph_open", "p", 1)
    opening.map = [first, last]
    inline = state.push("inline", "", 0)
    lines = state.getLines(first, last, state.blkIndent + _NOTE_INDENT, keepLastLF=False)
    inline.content, inline.map, inline.children = lines.strip(), [first, last], []
    state.push("paragraph_close", "p", -1)


def _note_at(state: StateBlock, line: int) -> re.Match[str] | None:
    start = state.bMarks[line] + state.tShift[line]
    return _NOTE.match(state.src, start, state.eMarks[line])
