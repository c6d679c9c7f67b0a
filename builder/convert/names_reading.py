"""One place read twice: as words only, and with a name that begins there.

Both readings are the cheapest cuts of the surroundings into words, as long as there is no mark
between; what stands before and behind a name, and beside the character where it is no name,
counts too. Costs are in 1/8 nat; what each sign is worth is in names_weights.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from builder.convert.names_calls import (
    is_acting,
    is_calling,
    is_doing,
    is_named,
    is_who,
)
from builder.convert.names_data import (
    COMMON,
    IN_LISTS,
    PREFIXES,
    Figures,
    figures,
    side_of,
)
from builder.convert.names_persons import (
    begins_list,
    has_met,
    is_agent,
    is_asked,
    is_listed,
    is_met,
    is_old,
    is_row,
    is_young,
)
from builder.convert.names_weights import (
    ACTING,
    AGENT,
    ASKED,
    AT_HOME,
    AT_START,
    AT_START_OTHERS,
    BEFORE_REST,
    BEGINNERS,
    BROKEN,
    BUSY,
    CALLING,
    CALLING_UNUSUAL,
    DOING,
    EVERYDAY,
    FAMILIES,
    FAMILY,
    GOES_ON,
    HAS_MET,
    HOME,
    HOUSEHOLD,
    IN_LIST,
    IN_ROW,
    IN_WORD,
    INSIDE,
    INSIDE_A_PLACE,
    LEANING,
    LEFT_OUT,
    LIST_ENDS,
    LISTED,
    LONGEST_WORD,
    MARKS,
    MET,
    MILES,
    NAME,
    NAMED,
    NO_BEGINNING,
    NO_GIVEN,
    NO_NAME,
    NO_PERSON,
    NONE,
    OF_MANY,
    OF_PLACE,
    OLD_PERSON,
    ONE_CHARACTER,
    OVERLAP,
    PLACE_ENDS,
    PLACED,
    PLAIN_WORD,
    PLURAL,
    PROPER,
    REACH,
    REACH_AHEAD,
    SELDOM_ALONE,
    SELDOM_PLACED,
    STARTERS,
    STRICT,
    TITLE_STARTS,
    TITLED,
    TO_WHOM,
    UNKNOWN_CHARACTER,
    UNKNOWN_COMMON,
    UNKNOWN_SELDOM,
    UNUSUAL,
    USUAL_WORD,
    VERBS,
    WHO,
    WITH,
    WITHIN,
    WITHOUT_SURNAME,
    WORD_AS_NAME,
    YOUNG_PERSON,
)
from builder.convert.titles import LONGEST_TITLE, TITLES, TRADES


@dataclass(frozen=True, slots=True)
class _Window:
    """`text[at]` is the character in question; from `start` to `end` there is no mark."""

    text: str
    at: int
    start: int
    end: int

    @property
    def character(self) -> str:
        return self.text[self.at]

    def side(self, at: int) -> str:
        return side_of(self.text, at)


@lru_cache(maxsize=1 << 16)
def best_name(left: str, right: str) -> tuple[int, int]:
    """(length, gain) of the best name at the start of `right`; length 0 when none is possible.

    The gain is by how much the name is cheaper than words only; negative where words are.
    """
    known = figures()
    window = _window(left, right)
    at, start = window.at, window.start
    ahead = _ahead(window, known)
    behind = _behind(window, known)
    best_size, best_cost = 0, NONE
    for size, cost in _names(window, known):
        total = ahead[at - start] + cost + behind[at + size]
        if total < best_cost:
            best_size, best_cost = size, total
    if _is_asked(window, best_size, known):
        best_cost -= ASKED
    elif best_size > 2 and has_met(window.text, at):
        best_cost -= HAS_MET
    elif (
        overlaps(left[-1:], window.character)
        and not begins_list(window.text, at, at + best_size)
        and not _breaks(window, ahead, known)
    ):
        best_cost += OVERLAP
        if window.character != "于" and _is_plain(left[-1:] + window.character, known):
            best_cost += PLAIN_WORD
    if right[:2] in NO_BEGINNING:
        best_cost += PLAIN_WORD
    if is_agent(window.text, window.at, best_size):
        best_cost -= AGENT
    return best_size, _words_only(window, ahead, behind, known) - best_cost


def _is_asked(window: _Window, size: int, known: Figures) -> bool:
    """Whether what stands before asks who it was, and a name with a title answers."""
    text, at = window.text, window.at
    is_titled = size > len("余总") and text[at + 1 : at + size] in TITLES
    return is_titled and is_asked(text[:at]) and not _is_plain(text[at : at + 2], known)


def overlaps(left: str, character: str) -> bool:
    """Whether a name would begin inside a usual word: 终|于小明."""
    return (
        left not in PREFIXES
        and bool(left)
        and figures().words.get(left + character, NONE) < USUAL_WORD
    )


def _is_plain(word: str, known: Figures) -> bool:
    return known.words.get(word, NONE) <= EVERYDAY


def _breaks(window: _Window, ahead: list[int], known: Figures) -> bool:
    """Whether the word that ends with the character would break one before it: 市长|于."""
    text, at, start = window.text, window.at, window.start
    if text[at - 1] in BEFORE_REST and not (text[at - 1] == "里" and _is_inside(text, at - 1)):
        return False
    inside = min(
        (
            ahead[begin - start] + known.words[text[begin : at + 1]]
            for begin in range(max(start, at - LONGEST_WORD + 1), at)
            if text[begin : at + 1] in known.words
        ),
        default=NONE,
    )
    return inside - ahead[-1] > BROKEN


def _is_inside(text: str, at: int) -> bool:
    """Whether 里 at the place is inside something, and no mile: 村里|余家, 三里余."""
    return side_of(text, at - 1) not in MILES


def _window(left: str, right: str) -> _Window:
    text = left + right
    at = start = len(left)
    while start and at - start < REACH and side_of(text, start - 1) not in MARKS:
        start -= 1
    end = at + 1
    while end < len(text) and end - at < REACH_AHEAD and side_of(text, end) not in MARKS:
        end += 1
    return _Window(text, at, start, end)


def _ahead(window: _Window, known: Figures) -> list[int]:
    """The cheapest cut from the start to each place up to the character."""
    text, start, words = window.text, window.start, known.words
    costs = [0]
    for stop in range(start + 1, window.at + 1):
        best = costs[-1] + words.get(text[stop - 1], UNKNOWN_CHARACTER)
        for size in range(2, min(LONGEST_WORD, stop - start) + 1):
            cost = words.get(text[stop - size : stop])
            if cost is not None and costs[stop - size - start] + cost < best:
                best = costs[stop - size - start] + cost
        costs.append(best)
    return costs


def _behind(window: _Window, known: Figures) -> dict[int, int]:
    """The cheapest cut from each place behind the character to the end."""
    text, end, words = window.text, window.end, known.words
    costs = {end: 0}
    for start in range(end - 1, window.at, -1):
        best = costs[start + 1] + words.get(text[start], UNKNOWN_CHARACTER)
        for size in range(2, min(LONGEST_WORD, end - start) + 1):
            cost = words.get(text[start : start + size])
            if cost is not None and costs[start + size] + cost < best:
                best = costs[start + size] + cost
        costs[start] = best
    return costs


def _words_only(window: _Window, ahead: list[int], behind: dict[int, int], known: Figures) -> int:
    """The cheapest cut in which the character is no name: by itself or inside a word."""
    text, at, start, words = window.text, window.at, window.start, known.words
    best = ahead[at - start] + _alone(window, known) + _rest(text, at + 1, behind, known)
    if text[at + 1 : at + 3] in known.whole and at + 3 in behind:
        # 认识于海涛: behind a word of one character stands a surname before such a given name.
        best = min(
            best + WITHOUT_SURNAME, ahead[at - start] + _alone(window, known) + behind[at + 1]
        )
    for begin in range(max(start, at - LONGEST_WORD + 1), at + 1):
        for stop in range(max(at + 1, begin + 2), begin + LONGEST_WORD + 1):
            cost = words.get(text[begin:stop])
            if cost is not None and stop in behind:
                rest = _rest(text, stop, behind, known) if stop == at + 1 else behind[stop]
                best = min(best, ahead[begin - start] + cost + rest)
    return best


def _alone(window: _Window, known: Figures) -> int:
    """What the character costs as a word of its own, with its neighbours."""
    character, at = window.character, window.at
    cost = known.alone.get(character, UNKNOWN_CHARACTER)
    if character not in known.left:
        return cost
    before = _beside(known.left[character], window.side(at - 1))
    if at == window.start and character in COMMON and character != "于":
        before = min(before, AT_START.get(character, AT_START_OTHERS))
    return cost - before - _beside(known.right[character], window.side(at + 1))


def _rest(text: str, start: int, behind: dict[int, int], known: Figures) -> int:
    """The cheapest cut from `start` on, where a given name or a place that is no word may begin.

    终于|小明 and 战于|广宗 have no surname either.
    """
    end = start + 2
    if end not in behind:
        return behind[start]
    return min(behind[start], PROPER + _given(text[start:end], known) + behind[end])


def _beside(table: dict[str, int], side: str) -> int:
    """How much a neighbour speaks for what the table is about."""
    return table.get(side, table["*"])


def _given(name: str, known: Figures) -> int:
    """What a given name of one or two characters costs."""
    given = known.given
    if name in LEFT_OUT:
        return LEFT_OUT[name]
    if len(name) == 1:
        return ONE_CHARACTER + given["1"].get(name, given["1"]["*"])
    cost = given["2a"].get(name[0], given["2a"]["*"]) + given["2b"].get(name[1], given["2b"]["*"])
    if name in known.words:
        cost += WORD_AS_NAME
    return min(cost, known.whole.get(name, cost))


def _names(window: _Window, known: Figures) -> Iterator[tuple[int, int]]:
    """Lengths and costs of the names that may begin at the character."""
    surname = _surname(window, known)
    yield from _whole_names(window, surname, known)
    yield from _titled(window, surname)
    yield from _bare(window, surname, known)


def _surname(window: _Window, known: Figures) -> int:
    """What the surname costs behind its left neighbour."""
    character, left = window.character, window.side(window.at - 1)
    unknown = UNKNOWN_COMMON if character in COMMON else UNKNOWN_SELDOM
    before = _beside(known.before, left)
    if is_met(window.text, window.at):
        before = max(before, 0) + MET
    elif character not in NO_PERSON | {"于"} and is_calling(window.text, window.at):
        before = max(before, 0)
    if character == "于" and left not in "|“、" and before < 0:
        before *= STRICT
    return known.surname.get(character, unknown) - LEANING.get(character, 0) - before


def _whole_names(window: _Window, surname: int, known: Figures) -> Iterator[tuple[int, int]]:
    """A surname with one or two characters, and names that word lists have."""
    text, at = window.text, window.at
    for size in range(2, min(LONGEST_WORD, window.end - at) + 1):
        after = _beside(known.after, window.side(at + size))
        if size < 4:
            given = text[at + 1 : at + size]
            cost = _given(given, known)
            if text[at] in VERBS and _is_object(given, known):
                cost += NO_GIVEN
            if text[at] in COMMON and text[at] not in BUSY:
                cost = min(cost, known.words.get(given, NONE))
            if text[at] == "于" and size > 2 and window.side(at - 1) not in "|“”、":
                cost += INSIDE
            cost += NAME + surname - after - (IN_LIST if is_listed(text, at, at + size) else 0)
            cost -= IN_ROW if is_row(text, at, at + size) else 0
            yield (
                size,
                cost
                - _signs(window, size, known)
                + (0 if text[at] in COMMON else _alone_cost(text, at, size, known)),
            )
        if text[at : at + size] in known.known:
            yield size, known.known[text[at : at + size]] - after


def _signs(window: _Window, size: int, known: Figures) -> int:
    """What calls a person before a name of so many characters, and what only a person does behind."""
    text, at = window.text, window.at
    stop = at + size
    if text[at + 1] in NO_NAME or text[at] in NO_PERSON:
        return 0
    said = NAMED if is_named(text, at, stop) else 0
    if is_calling(text, at) and not is_met(text, at):
        said += _called(window, stop, known)
    elif is_who(text, at, stop):
        said += WHO
    elif window.side(at - 1) in IN_LISTS:
        # 夏余庆: behind a surname stands a given name.
        return said
    if is_acting(text, stop):
        return said + ACTING
    return said + (DOING if is_doing(text, stop) else 0)


def _called(window: _Window, stop: int, known: Figures) -> int:
    """How much somebody is a person who is called so before a name."""
    text, at = window.text, window.at
    given = text[at + 1 : stop]
    if text[at] != "于":
        is_word = text[at : at + 2] in known.words
        if not _is_usual(given, known) or (is_word and not _goes_on(window, stop, known)):
            return CALLING_UNUSUAL
        return CALLING
    if given in LEFT_OUT:
        return CALLING + TO_WHOM // 2
    is_where = not _is_usual(given, known) or any(
        text[at + 1 : end] in known.words or text[end - 1 : end] in PLACE_ENDS
        for end in (at + 3, stop)
        if end - at > 2 and text[at + 1 : end] not in known.whole
    )
    return 0 if is_where else CALLING + TO_WHOM // 2


def _goes_on(window: _Window, stop: int, known: Figures) -> bool:
    """Whether behind a name that is a word too stands what stands behind persons."""
    text, side = window.text, window.side(stop)
    is_end = side in "|”、" or _beside(known.after, side) >= GOES_ON
    return is_end or is_acting(text, stop) or is_doing(text, stop)


def _is_usual(given: str, known: Figures) -> bool:
    """Whether people are called so."""
    return given in known.whole or _given(given, known) <= UNUSUAL[len(given) - 1]


def _alone_cost(text: str, at: int, size: int, known: Figures) -> int:
    """What a seldom surname costs that has no title."""
    given = text[at + 1 : at + size]
    is_person = is_calling(text, at) or is_met(text, at)
    left = side_of(text, at - 1)
    is_placed = is_person or left in PLACED or (left in MARKS and text[at] not in BEGINNERS)
    is_usual = _is_usual(given, known)
    if is_placed and len(given) > 1 and is_usual and given not in known.words:
        return SELDOM_PLACED
    return 0 if given in known.whole or (is_person and is_usual) else SELDOM_ALONE


def _is_object(given: str, known: Figures) -> bool:
    """Whether what stands behind a verb is hardly a given name: 涂|脸, 种|麦子."""
    return given not in known.given["1"] if len(given) == 1 else given in known.words


def _titled(window: _Window, surname: int) -> Iterator[tuple[int, int]]:
    """A surname with what a person is called."""
    text, at = window.text, window.at
    if window.side(at - 1) == "|" and text[at] in STARTERS:
        surname -= TITLE_STARTS
    if text[at + 1 : at + 2] == "家" and text[at + 2 : at + 3] not in HOUSEHOLD:
        surname -= _family(window)
    if text.startswith("于家", at) and text[at + 2 : at + 3] in HOME:
        surname += AT_HOME
    is_inside = text[at] == "于" and window.side(at - 1) not in WITH | MARKS
    if text[at] == WITHIN and window.side(at - 1) not in MARKS:
        surname += INSIDE_A_PLACE
    to_whom = TO_WHOM if is_inside and not is_asked(text[:at]) else 0
    for size in range(2, min(LONGEST_TITLE + 1, window.end - at) + 1):
        if text[at + 1 : at + size] == "家" and text[at + 2 : at + 3] in HOUSEHOLD:
            continue
        cost = TITLES.get(text[at + 1 : at + size])
        if cost is not None:
            if size == 2 and text[at] in BUSY and text[at + 1 : at + 3] in figures().words:
                cost += IN_WORD
            if text.startswith(OF_MANY, at + size):
                cost += PLURAL
            if text[at + 1 : at + size] in TRADES:
                cost += to_whom
            yield size, TITLED + surname + cost


def _family(window: _Window) -> int:
    """How much 家 behind the surname speaks for a family."""
    if window.character in FAMILIES:
        return FAMILY
    return OF_PLACE if window.character == "于" and window.side(window.at - 1) == "的" else 0


def _bare(window: _Window, surname: int, known: Figures) -> Iterator[tuple[int, int]]:
    """A surname by itself: 姓范, 老余, or one of several in a list."""
    left, right = window.side(window.at - 1), window.side(window.at + 1)
    if left in PREFIXES:
        # 老仆 and 老种 are words before they are names.
        seldom = 0 if left == "姓" or window.character in COMMON else SELDOM_ALONE
        if is_young(window.text, window.at):
            seldom -= YOUNG_PERSON
        elif is_old(window.text, window.at):
            seldom -= OLD_PERSON
        if is_acting(window.text, window.at + 1):
            seldom -= ACTING
        yield 1, PREFIXES[left] + surname - _beside(known.after, right) + seldom
    elif (right == "、" and left in "|“、") or (left == "、" and right in LIST_ENDS):
        yield 1, LISTED + surname
