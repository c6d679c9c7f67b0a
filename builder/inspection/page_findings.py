"""The page's findings, kind by kind. The first few are open, the others a touch away."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from builder.core.catalogue import say
from builder.core.diagnostic import Diagnostic
from builder.inspection.examination import (
    Duplicate,
    Leftover,
    LeftoverKind,
    Place,
    QuoteFault,
    Removal,
    RemovalGroup,
    RuleTotal,
    Spelling,
)
from builder.inspection.findings import told_likeness
from builder.inspection.markup import Markup, escaped, tag

# A page of more rows than this takes a phone seconds to lay out; --json has every one.
MOST_ROWS = 400
OPEN_ROWS = 12
OPEN_CARDS = 5
CLIP_CHARS = 160
# Two paragraphs are compared letter by letter up to here.
COMPARED_CHARS = 400

Item = TypeVar("Item")
NOTHING = Markup("")


def remark_lists(found: Sequence[Diagnostic]) -> Markup:
    """What other rooms had to say, code by code, each hint once."""
    by_code: dict[str, list[Diagnostic]] = defaultdict(list)
    for one in found:
        by_code[one.code].append(one)
    pieces: list[Markup] = []
    for code, group in by_code.items():
        first = group[0]
        pieces.append(
            tag(
                "h3",
                tag("b", code, class_=f"code {first.severity}"),
                " ",
                tag("small", f"{len(group):,}×", " ", first.hint),
            )
        )
        pieces.append(_listed(group, _remark, OPEN_ROWS // 2))
    return escaped(*pieces)


def _remark(one: Diagnostic) -> Markup:
    place = _where(str(one.location)) if one.location else NOTHING
    return tag("li", tag("span", one.message), place)


def removal_lists(groups: Sequence[RemovalGroup], language: str) -> Markup:
    """What each rule that loses something took away, most frequent first."""
    return escaped(
        *(
            escaped(
                tag("h3", tag("b", group.rule, class_="code"), " ", rule_name(group.rule), " ",
                    tag("span", say(f"page.kind.{group.kind}"), class_=f"kind {group.kind}"), " ",
                    tag("small", say("page.removed.count", edits=group.edits, kinds=len(group.removals)))),
                _listed(group.removals, lambda one: _removal(one, language), OPEN_ROWS),
            )
            for group in groups
        )
    )  # fmt: skip


def _removal(one: Removal, language: str) -> Markup:
    return tag(
        "li",
        _times(one.count),
        tag(
            "q",
            tag("span", one.before, class_="context"),
            tag("del", clip(one.removed)),
            tag("ins", clip(one.replacement)) if one.replacement else NOTHING,
            tag("span", one.after, class_="context"),
            lang=language,
        ),
        _place(one.place),
        _keeping(one) if one.keep else NOTHING,
    )


def _keeping(one: Removal) -> Markup:
    """What book.toml says to keep it, to be copied."""
    entries = ", ".join(json.dumps(entry, ensure_ascii=False) for entry in one.keep)
    summary = tag("summary", say("page.removed.keep"))
    return tag("details", summary, tag("code", entries), class_="keep")


def duplicate_cards(found: Sequence[Duplicate], language: str) -> Markup:
    """Both copies side by side, what differs marked."""
    return _folded([_duplicate(one, language) for one in found[:MOST_ROWS]], len(found), OPEN_CARDS)


def _duplicate(one: Duplicate, language: str) -> Markup:
    left, right = differences(one.first[:COMPARED_CHARS], one.second[:COMPARED_CHARS])
    how_many = "one" if one.paragraphs == 1 else "many"
    how_alike = "same" if one.likeness == 1 else "near"
    verdict = (
        say(f"page.duplicates.{how_many}", paragraphs=one.paragraphs),
        say(f"page.duplicates.{how_alike}", likeness=told_likeness(one.likeness)),
    )
    places = escaped(*(_place(place) for place in one.second_places[:10]))
    return tag(
        "article",
        tag("p", ", ".join(verdict), class_="verdict"),
        tag("div", tag("p", left, lang=language), _place(one.first_place)),
        tag("div", tag("p", right, lang=language), places),
        class_="pair",
    )


def differences(left: str, right: str) -> tuple[Markup, Markup]:
    """Two texts, each with what the other does not have marked."""
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    ours: list[str] = []
    theirs: list[str] = []
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind == "equal":
            ours.append(left[start:end])
            theirs.append(right[other_start:other_end])
            continue
        if start < end:
            ours.append(tag("mark", left[start:end]))
        if other_start < other_end:
            theirs.append(tag("mark", right[other_start:other_end]))
    return escaped(*ours), escaped(*theirs)


def quote_list(found: Sequence[QuoteFault], language: str) -> Markup:
    """Each lonely mark in its words."""
    return _listed(found, lambda one: _quote(one, language), OPEN_ROWS)


def _quote(one: QuoteFault, language: str) -> Markup:
    words = _in_context(one.before, one.mark, one.after, language)
    return tag("li", words, tag("small", say(f"page.quotes.{one.kind}")), _place(one.place))


def spelling_table(found: Sequence[Spelling], language: str) -> Markup:
    """Pairs of names, most likely first."""
    return _listed(found, lambda one: _spelling(one, language), OPEN_ROWS)


def _spelling(one: Spelling, language: str) -> Markup:
    before, after = one.contexts[0]
    return tag(
        "li",
        tag("span", one.rare, class_="name", lang=language),
        _times(one.rare_count),
        tag("span", "→", class_="arrow", aria_label=say("page.names.arrow")),
        tag("span", one.common, class_="name", lang=language),
        _times(one.common_count),
        tag("small", say(f"page.names.{one.because}")),
        _in_context(before, one.rare, after, language),
        *(_place(place) for place in one.places),
    )


def leftover_lists(found: Sequence[Leftover], language: str) -> Markup:
    """Kind by kind, most frequent first."""
    pieces: list[Markup] = []
    for kind in LeftoverKind:
        of_kind = sorted((one for one in found if one.kind is kind), key=lambda one: -one.count)
        if of_kind:
            pieces.append(
                tag("h3", say(f"leftover.{kind}"), " ", tag("small", f"{len(of_kind):,}"))
            )
            pieces.append(_listed(of_kind, lambda one: _leftover(one, language), OPEN_ROWS))
    return escaped(*pieces)


def _leftover(one: Leftover, language: str) -> Markup:
    words = _in_context(one.before, clip(one.text), one.after, language)
    return tag("li", _times(one.count), words, *(_place(place) for place in one.places[:3]))


def rule_table(rules: Sequence[RuleTotal]) -> Markup:
    """Everything the rules did, in numbers."""
    rows = (
        tag(
            "tr",
            tag("th", tag("b", one.rule, class_="code"), " ", rule_name(one.rule), scope="row"),
            tag("td", tag("span", say(f"page.kind.{one.kind}"), class_=f"kind {one.kind}") if one.kind else NOTHING),
            tag("td", f"{one.edits:,}", class_="number"),
            tag("td", f"{-one.characters:+,}" if one.characters else "0", class_="number"),
        )
        for one in rules
    )  # fmt: skip
    columns = ("page.column.rule", "page.column.kind", "page.column.edits", "page.column.change")
    head = tag("tr", *(tag("th", say(key), scope="col") for key in columns))
    return (
        tag("table", tag("thead", head), tag("tbody", *rows), class_="rules") if rules else NOTHING
    )


def rule_name(rule: str) -> str:
    """What the catalogue calls a rule; a user's own rule has no name there."""
    try:
        return say(f"rule.{rule}")
    except KeyError:
        return ""


def clip(text: str) -> str:
    """The text, shortened when it is long."""
    return text if len(text) <= CLIP_CHARS else f"{text[:CLIP_CHARS]}……"


def _in_context(before: str, piece: str, after: str, language: str) -> Markup:
    return tag(
        "q",
        tag("span", before, class_="context"),
        tag("mark", piece),
        tag("span", after, class_="context"),
        lang=language,
    )


def _times(count: int) -> Markup:
    return tag("span", f"{count:,}×", class_="times")


def _place(place: Place) -> Markup:
    where = _where(str(place.location))
    return tag("a", where, href=f"#s{place.section}") if place.section >= 0 else where


def _where(words: str) -> Markup:
    return tag("code", words, class_="where")


def _listed(found: Sequence[Item], draw: Callable[[Item], Markup], shown: int) -> Markup:
    """A list whose first items are open."""
    rows = [draw(one) for one in found[:MOST_ROWS]]
    return _folded(rows, len(found), shown, around="ul")


def _folded(rows: Sequence[Markup], total: int, shown: int, *, around: str = "div") -> Markup:
    if not rows:
        return NOTHING
    pieces = [tag(around, *rows[:shown], class_="found")]
    if len(rows) > shown:
        more: Iterable[Markup] = [tag(around, *rows[shown:], class_="found")]
        if total > len(rows):
            more = [*more, tag("p", say("page.too_many", count=total - len(rows)), class_="about")]
        summary = tag("summary", say("page.more", count=total - shown))
        pieces.append(tag("details", summary, *more))
    return escaped(*pieces)
