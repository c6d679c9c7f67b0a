"""Rules that a reader of one book writes for it: TOML or tab-separated, literal or pattern.

A TOML file has one `[[rule]]` table a rule with the keys `code`, `find` or `pattern`,
`replace`, `kind` and `says`. A TSV file has one rule a line: code, kind, `literal` or
`pattern`, what to find, what to put there; lines that start with `#` are remarks.

Patterns are Python's, and never cross a line. They have to take linear time whatever the
text is, so their repeats are bounded and none varies inside another.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from builder.core.catalogue import say
from builder.core.diagnostic import Location
from builder.core.errors import ConfigError
from builder.core.toml_file import tables_in
from builder.core.toml_lines import key_lines
from builder.normalize.rule import Change, Kind, Rule

CODE = re.compile("U[0-9]{3}")
KINDS: tuple[Kind, ...] = ("safe", "lossy", "judgement")
FORMS = ("literal", "pattern")
KEYS = frozenset({"code", "find", "pattern", "replace", "kind", "says"})
# A header of an array of tables: the rules of a TOML file are told apart by these lines.
RULE_HEADER = re.compile(r"[ \t]*\[\[[ \t]*rule[ \t]*\]\]")
# How many ways a pattern may try at one place of the text.
MOST_TRIES = 10_000


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A file of rules: what people call it, and what it says."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class UserRule:
    """A rule of a user's, and what it says about itself."""

    rule: Rule
    says: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """One rule as it was written."""

    location: Location
    code: str
    kind: str
    is_pattern: bool
    wanted: str
    replacement: str
    says: str


def user_rules(files: tuple[RuleFile, ...]) -> tuple[UserRule, ...]:
    """The rules of the files, in order.

    Raises ConfigError with file and line: N202 syntax, N203 an entry that is no rule, N204 a
    pattern that Python refuses, N205 a pattern that may take more than linear time.
    """
    rules: list[UserRule] = []
    known: set[str] = set()
    for file in files:
        entries = _toml_entries(file) if file.name.endswith(".toml") else _tsv_entries(file)
        for entry in entries:
            if entry.code in known:
                raise _refused(entry, "repeated", value=entry.code)
            known.add(entry.code)
            rules.append(UserRule(_rule(entry), entry.says))
    return tuple(rules)


def _toml_entries(file: RuleFile) -> Iterator[_Entry]:
    try:
        document = tables_in(file.content)
    except ValueError as problem:
        at = re.search(r"line (\d+)", str(problem))
        location = Location(file.name, int(at[1]) if at else len(file.content.splitlines()))
        raise ConfigError("N202", location=location, reason=str(problem)) from problem
    tables = document.get("rule", [])
    unknown = next((key for key in document if key != "rule"), None)
    if unknown is not None or not isinstance(tables, list):
        line = key_lines(file.content).get((unknown or "rule",), 0)
        raise _refusal(Location(file.name, line), "key", unknown or "rule")
    headers = [
        number
        for number, line in enumerate(file.content.splitlines(), 1)
        if RULE_HEADER.match(line)
    ]
    for index, table in enumerate(tables):
        location = Location(file.name, headers[index] if index < len(headers) else 0)
        yield _toml_entry(table, location)


def _toml_entry(table: object, location: Location) -> _Entry:
    if not isinstance(table, dict):
        raise _refusal(location, "key", "rule")
    for key, value in table.items():
        if key not in KEYS:
            raise _refusal(location, "key", str(key))
        if not isinstance(value, str):
            raise _refusal(location, "text", str(key))
    if ("find" in table) == ("pattern" in table):
        raise _refusal(location, "form", "find")
    return _Entry(
        location,
        str(table.get("code", "")),
        str(table.get("kind", "judgement")),
        "pattern" in table,
        str(table.get("find", table.get("pattern", ""))),
        str(table.get("replace", "")),
        str(table.get("says", "")),
    )


def _tsv_entries(file: RuleFile) -> Iterator[_Entry]:
    for number, line in enumerate(file.content.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        location = Location(file.name, number)
        cells = line.split("\t")
        if len(cells) not in {4, 5, 6}:
            raise _refusal(location, "columns", str(len(cells)))
        code, kind, form, wanted, replacement, says = (*cells, "", "")[:6]
        if form not in FORMS:
            raise _refusal(location, "form", form)
        yield _Entry(location, code, kind, form == "pattern", wanted, replacement, says)


def _rule(entry: _Entry) -> Rule:
    if not CODE.fullmatch(entry.code):
        raise _refused(entry, "code", value=entry.code)
    kind = next((kind for kind in KINDS if kind == entry.kind), None)
    if kind is None:
        raise _refused(entry, "kind", value=entry.kind)
    if not entry.wanted:
        raise _refused(entry, "empty", value=entry.code)
    if entry.is_pattern:
        find = _pattern_find(_compiled(entry), entry)
    elif entry.wanted in entry.replacement:
        raise _refused(entry, "endless", value=entry.wanted)
    else:
        find = _literal_find(entry.wanted, entry.replacement)
    triggers = frozenset() if entry.is_pattern else frozenset(entry.wanted[0])
    return Rule(entry.code, kind, "minimal", triggers, find)


def _literal_find(wanted: str, replacement: str) -> Callable[[str], Iterator[Change]]:
    def find(text: str) -> Iterator[Change]:
        at = text.find(wanted)
        while at >= 0:
            yield at, wanted, replacement
            at = text.find(wanted, at + len(wanted))

    return find


def _pattern_find(pattern: re.Pattern[str], entry: _Entry) -> Callable[[str], Iterator[Change]]:
    def find(text: str) -> Iterator[Change]:
        for match in pattern.finditer(text):
            if match[0] and "\n" not in match[0]:
                yield match.start(), match[0], match.expand(entry.replacement)

    return find


def _compiled(entry: _Entry) -> re.Pattern[str]:
    try:
        pattern = re.compile(entry.wanted, re.MULTILINE)
        # Does the replacement name groups that are not there?
        re.compile(f"{entry.wanted}|").sub(entry.replacement, "")
    except (re.error, IndexError, RecursionError, OverflowError) as problem:
        raise ConfigError("N204", location=entry.location, reason=str(problem)) from problem
    if (fault := slowness(entry.wanted)) is not None:
        raise ConfigError("N205", location=entry.location, part=fault)
    return pattern


# One piece of a pattern: an escape, a class, a group's head, or any character.
# Example: \d, [^\]x], (?:, {2,5}. Counter-example: nothing; every character is some piece.
PIECE = re.compile(
    r"(?P<escape>\\.)|(?P<class>\[\^?\]?(?:\\.|[^\]\\])*+(?:\]|\\?\Z))"
    r"|(?P<open>\((?:\?(?:[:=!>#]|<[=!]|P?<\w+>|[a-zA-Z-]*:|[a-zA-Z-]+\)|P=\w+\)|\())?)"
    r"|(?P<close>\))|(?P<repeat>(?:[*+?]|\{\d*+,?\d*+\})[?+]?)|(?P<bar>\|)|.",
    re.DOTALL,
)
BOUNDS = re.compile(r"\{(\d*+)(,?)(\d*+)\}")


def slowness(pattern: str) -> str | None:
    """The repeat that may make a pattern take more than linear time; None when there is none.

    Refused are unbounded repeats, repeats inside a repeat, back references, and repeats that
    together allow more than `MOST_TRIES` ways at one place. 第.{1,9}章 is fine; (.{0,9},)*
    and .*页 are not.
    """
    tries = 1
    # For each open group, what in it may match in more than one way.
    repeats_inside: list[str] = [""]
    closed = ""
    for piece in PIECE.finditer(pattern):
        match piece.lastgroup:
            case "open":
                repeats_inside.append("")
                closed = ""
            case "close":
                closed = repeats_inside.pop() if len(repeats_inside) > 1 else ""
                repeats_inside[-1] = repeats_inside[-1] or closed
            case "repeat":
                least, most = _bounds(piece[0])
                if most is None or (closed and most > 1):
                    return piece[0]
                tries *= most - least + 1
                if tries > MOST_TRIES:
                    return piece[0]
                if most > least:
                    repeats_inside[-1] = piece[0]
                closed = ""
            case "bar":
                repeats_inside[-1] = "|"
                closed = ""
            case "escape" if piece[0][1].isdigit() and piece[0] != r"\0":
                return piece[0]
            case _:
                closed = ""
    return None


def _bounds(repeat: str) -> tuple[int, int | None]:
    """The least and the most that a repeat takes; None when there is no bound."""
    if repeat[0] == "?":
        return 0, 1
    if repeat[0] in "*+":
        return 0, None
    bounds = BOUNDS.match(repeat)
    if bounds is None or not (bounds[1] or bounds[3]):
        return 1, 1  # {,} and {} stand for themselves
    least = int(bounds[1] or 0)
    if not bounds[2]:
        return least, least
    return least, int(bounds[3]) if bounds[3] else None


def _refused(entry: _Entry, problem: str, *, value: str) -> ConfigError:
    return _refusal(entry.location, problem, value)


def _refusal(location: Location, problem: str, value: str) -> ConfigError:
    reason = say(f"user_rule.{problem}", value=value)
    return ConfigError("N203", location=location, reason=reason)
