"""One place read twice: as words only, and with a name that begins there.

Both readings are the cheapest cuts of the surroundings into words, as long as there is no mark
between; what stands before and behind a name, and beside the character where it is no name,
counts too. Costs are in 1/8 nat; what each sign is worth is in names_weights.
"""

from collections.abc import Iterator
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
    ACTING_SELDOM,
    AGENT,
    ASKED,
    AT_HOME,
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
    OVERLAP,
    PLACE_ENDS,
    PLACED,
    PLAIN_WORD,
    PLURAL,
    SELDOM_ALONE,
    SELDOM_PLACED,
    STARTERS,
    STRICT,
    TITLE_STARTS,
    TITLED,
    TO_WHOM,
    UNKNOWN_COMMON,
    UNKNOWN_SELDOM,
    UNUSUAL,
    USUAL_WORD,
    VERBS,
    WHO,
    WITH,
    WITHIN,
    YOUNG_PERSON,
)
from builder.convert.names_words import (
    Window,
    ahead_of,
    behind_of,
    beside,
    given_cost,
    window_of,
    words_only,
)
from builder.convert.titles import LONGEST_TITLE, TITLES, TRADES


@lru_cache(maxsize=1 << 16)
def best_name(left: str, right: str) -> tuple[int, int]:
    """(length, gain) of the best name at the start of `right`; length 0 when none is possible.

    The gain is by how much the name is cheaper than words only; negative where words are.
    """
    known = figures()
    window = window_of(left, right)
    at, start = window.at, window.start
    ahead = ahead_of(window, known)
    behind = behind_of(window, known)
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
    return best_size, words_only(window, ahead, behind, known) - best_cost


def _is_asked(window: Window, size: int, known: Figures) -> bool:
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


def _breaks(window: Window, ahead: list[int], known: Figures) -> bool:
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


def _names(window: Window, known: Figures) -> Iterator[tuple[int, int]]:
    """Lengths and costs of the names that may begin at the character."""
    surname = _surname(window, known)
    yield from _whole_names(window, surname, known)
    yield from _titled(window, surname)
    yield from _bare(window, surname, known)


def _surname(window: Window, known: Figures) -> int:
    """What the surname costs behind its left neighbour."""
    character, left = window.character, window.side(window.at - 1)
    unknown = UNKNOWN_COMMON if character in COMMON else UNKNOWN_SELDOM
    before = beside(known.before, left)
    if is_met(window.text, window.at):
        before = max(before, 0) + MET
    elif character not in NO_PERSON | {"于"} and is_calling(window.text, window.at):
        before = max(before, 0)
    if character == "于" and left not in "|“、" and before < 0:
        before *= STRICT
    return known.surname.get(character, unknown) - LEANING.get(character, 0) - before


def _whole_names(window: Window, surname: int, known: Figures) -> Iterator[tuple[int, int]]:
    """A surname with one or two characters, and names that word lists have."""
    text, at = window.text, window.at
    for size in range(2, min(LONGEST_WORD, window.end - at) + 1):
        after = beside(known.after, window.side(at + size))
        if size < 4:
            given = text[at + 1 : at + size]
            cost = given_cost(given, known)
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


def _signs(window: Window, size: int, known: Figures) -> int:
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
        return said + (ACTING if text[at] in COMMON else ACTING_SELDOM)
    return said + (DOING if is_doing(text, stop) else 0)


def _called(window: Window, stop: int, known: Figures) -> int:
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


def _goes_on(window: Window, stop: int, known: Figures) -> bool:
    """Whether behind a name that is a word too stands what stands behind persons."""
    text, side = window.text, window.side(stop)
    is_end = side in "|”、" or beside(known.after, side) >= GOES_ON
    return is_end or is_acting(text, stop) or is_doing(text, stop)


def _is_usual(given: str, known: Figures) -> bool:
    """Whether people are called so."""
    return given in known.whole or given_cost(given, known) <= UNUSUAL[len(given) - 1]


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


def _titled(window: Window, surname: int) -> Iterator[tuple[int, int]]:
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


def _family(window: Window) -> int:
    """How much 家 behind the surname speaks for a family."""
    if window.character in FAMILIES:
        return FAMILY
    return OF_PLACE if window.character == "于" and window.side(window.at - 1) == "的" else 0


def _bare(window: Window, surname: int, known: Figures) -> Iterator[tuple[int, int]]:
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
        yield 1, PREFIXES[left] + surname - beside(known.after, right) + seldom
    elif (right == "、" and left in "|“、") or (left == "、" and right in LIST_ENDS):
        yield 1, LISTED + surname
