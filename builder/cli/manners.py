"""What typer says by itself, in the language of the person: help's headings, wrong usage."""

import re
from collections.abc import Iterator, Sequence
from typing import Any
from unicodedata import east_asian_width

import typer
from typer.core import TyperCommand, TyperGroup

from builder.core.catalogue import say, spoken

# Typer's words for a wrong command line, and what their parts are. Each with its example.
_COMPLAINTS = (
    # No such command 'biuld'. Did you mean 'build'?
    ("usage.no_command", re.compile(r"\ANo such command '(?P<name>[^']*)'")),
    # Option '--to' requires an argument.
    ("usage.needs_value", re.compile(r"\AOption '(?P<name>[^']*)' requires an argument")),
    # Option '--json' does not take a value.
    ("usage.takes_none", re.compile(r"\AOption '(?P<name>[^']*)' does not take a value")),
    # Got unexpected extra argument(s) (b c)
    ("usage.too_many", re.compile(r"\AGot unexpected extra argument\(s\) \((?P<names>.*)\)")),
    # Invalid value for '--flip': 'x' is not one of 'long', 'short'.
    (
        "usage.no_choice",
        re.compile(
            r"\AInvalid value for (?P<name>[^:\n]*): (?P<given>'[^'\n]*') is not one of (?P<known>[^\n.]*)"
        ),
    ),
    # Invalid value for '--pages': 'x' is not a valid integer.
    ("usage.value", re.compile(r"\AInvalid value for (?P<name>[^:]*): (?P<reason>.*)", re.DOTALL)),
    # Missing argument 'BOOK'.
    ("usage.missing", re.compile(r"\AMissing (?P<kind>argument|option) '(?P<name>[^']*)'")),
    # No such option: --tpo (Possible options: --to)
    (
        "usage.no_option_but",
        re.compile(r"\ANo such option: (?P<name>\S+) \(Possible options: (?P<known>.*)\)"),
    ),
    ("usage.no_option", re.compile(r"\ANo such option: (?P<name>\S+)")),
)
_HEADINGS = {"Options": "options", "Commands": "commands", "Arguments": "arguments"}
_TYPER_HELP = "Show this message and exit."
# Where a line of help may be broken: between two Han characters, after a space. A mark that may
# not start a line stays with what is before it. Example: 做好的书，EPUB 和 PDF → 做 好 的 书，…
_PIECE = re.compile(
    r"[\u3000-\u9fff\uff00-\uffef“”……][，。、：；）！？”…]*|[^\s\u3000-\u9fff]+\s*|\s+"
)
# The Python type that typer puts beside an argument. Example: BOOK <list[Path]>.
_TYPE = re.compile(r" <[^<>]*+>$")
_COLUMN = 30
_GAP = 2


# What typer draws help with has no public name; mypy takes no class out of an attribute.
_TYPERS: Any = typer.Context.formatter_class


class _Formatter(_TYPERS):  # type: ignore[misc]  # see above
    """Help in the language that is spoken, its lines broken where Chinese may be."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or say("help.heading.usage"))

    def write_heading(self, heading: str) -> None:
        words = say(f"help.heading.{_HEADINGS[heading]}") if heading in _HEADINGS else heading
        self.write(f"{'':>{self.current_indent}}{say('help.heading', heading=words)}\n")

    def write_text(self, text: str) -> None:
        if spoken() == "en":
            super().write_text(text)
            return
        indent = " " * self.current_indent
        for line in _broken(text, self.width - self.current_indent):
            self.write(f"{indent}{line}\n")

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = _COLUMN, col_spacing: int = _GAP
    ) -> None:
        rows = [(_TYPE.sub("", first), second) for first, second in rows]
        if spoken() == "en":
            super().write_dl(rows, col_max, col_spacing)
            return
        widest = max((_width(first) for first, _ in rows), default=0)
        column = min(widest, col_max) + col_spacing
        for first, second in rows:
            words = say("help.help") if second == _TYPER_HELP else second
            lines = list(_broken(words, self.width - column - self.current_indent))
            room = column - _width(first)
            head = f"{'':>{self.current_indent}}{first}"
            margin = " " * (column + self.current_indent)
            if lines and room >= col_spacing:
                head += " " * room + lines.pop(0)
            self.write("\n".join([head.rstrip(), *(margin + line for line in lines)]) + "\n")


class _Context(typer.Context):
    formatter_class = _Formatter


class Command(TyperCommand):
    """A command whose help is in the language that is spoken."""

    context_class = _Context


class Group(TyperGroup):
    """The same for a group of commands."""

    context_class = _Context


def complaint(problem: Exception) -> str:
    """What typer has against a command line, in the language that is spoken."""
    words = str(getattr(problem, "format_message", problem.__str__)())
    words = words.replace(": Value error, ", ": ", 1)  # pydantic's way of speaking
    if spoken() == "en":
        return words
    for key, pattern in _COMPLAINTS:
        if found := pattern.match(words):
            parts = found.groupdict()
            if "kind" in parts:
                parts["kind"] = say(f"usage.{parts['kind']}")
            return say(key, **parts)
    return words


def usage_of(problem: Exception) -> Iterator[str]:
    """How a command that was asked wrongly is used, the way to its help, and what was wrong."""
    context = getattr(problem, "ctx", None)
    if context is not None:
        yield context.get_usage()
        yield say("usage.try", command=context.command_path)
        yield ""
    yield say("usage.wrong", reason=complaint(problem))


def _broken(text: str, width: int) -> Iterator[str]:
    """`text` in lines of at most `width` columns of a terminal."""
    line, used = "", 0
    for piece in _PIECE.findall(" ".join(text.split())):
        room = _width(piece.rstrip())
        if used + room > width and line:
            yield line.rstrip()
            line, used = "", 0
        line, used = line + piece, used + _width(piece)
    if line:
        yield line.rstrip()


def _width(text: str) -> int:
    """How many columns of a terminal `text` takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
