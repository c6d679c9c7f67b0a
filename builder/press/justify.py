"""One line brought to its measure: what it takes, what it can give, where room goes.

What a line loses and gains follows clreq's procedures for reducing and adding space between
characters. All functions look at one line, from `start` to `end` of a galley; lengths are
thousandths of the em of its first run. Must not import pages or paint.
"""

from bisect import bisect_left, bisect_right

from builder.press.galley import Galley
from builder.press.marks import ROOMY, SQUEEZE_ORDER, TIGHT
from builder.press.setting import Line
from builder.press.sorts import HALF

# Rounding of floats must not push out what fits: a hundred-thousandth of an em.
EPSILON = 0.01
# Latin spaces shrink to ¼ em and grow to ½; the gap between Han and Latin shrinks to ⅛ (clreq).
_SPACE_LEAST, _SPACE_MOST, _GAP_LEAST = 250, 500, 125
_CENTRED_PART = 0.5  # of its blank, what a centred mark may lose where a line is squeezed
_ROUNDED = 0.1  # what a line may lack of its measure without being short
_TRAILING = "wIiz\n"
_ENDS_NARROW = frozenset("CPSX")
_HANGING = frozenset("、，。")
FULL = True  # of a line

Shift = tuple[int, float]


# --- widths -------------------------------------------------------------------------------


def visible_end(kinds: str, start: int, end: int) -> int:
    """The end of a line without the spaces and the break there."""
    while end > start and kinds[end - 1] in _TRAILING:
        end -= 1
    return end


def lead_of(galley: Galley, start: int) -> float:
    """What an opening mark loses at the start of a line, also the first (clreq)."""
    if galley.kinds[start] != "O":
        return 0.0
    blank = galley.blank(start)[0]
    return blank if blank >= HALF * galley.piece(start).scale else 0.0


def width_of(galley: Galley, start: int, end: int) -> float:
    """What a line takes without spaces at its end, its last mark half an em (GB/T 15834 §5.1.10).

    Centred marks keep their em: they are not those of the standard, and look at home in it.
    """
    kinds = galley.kinds
    last = visible_end(kinds, start, end) - 1 if kinds[end - 1] in _TRAILING else end - 1
    if last < start:
        return 0.0
    first = bisect_left(galley.at, start)
    return _width(galley, start, last, (first, bisect_left(galley.at, last, first)))


def _width(galley: Galley, start: int, last: int, among: tuple[int, int]) -> float:
    """The same up to the character at `last`; `among` says where in `galley.at` they both would be."""
    at, after, (first, passed) = galley.at, galley.after, among
    first -= 1
    if at[passed] != last:
        passed -= 1
    width = after[passed] - after[first]
    width += galley.cell * (last - at[passed] - start + at[first] + 1)
    piece = galley.piece(last)
    if last in galley.shift_of:
        width -= galley.shift_of[last] * piece.scale
    if galley.kinds[last] in _ENDS_NARROW:
        width -= piece.sorts.trails[galley.copy.text[last]] * piece.scale
    return width - piece.spacing


def places_in(galley: Galley, start: int, end: int) -> int:
    """Between how many characters of a line room can be added."""
    last = visible_end(galley.kinds, start, end) - 1
    tight = _tight(galley, start, last + 1)
    return last - start - sum(to - since - 1 for since, to in tight)


def hangs_at(galley: Galley, index: int) -> bool:
    """Whether the mark at `index` may hang in the margin."""
    return (
        galley.laws.hanging and galley.kinds[index] in "PS" and galley.copy.text[index] in _HANGING
    )


def _is_odd(galley: Galley, start: int, end: int) -> bool:
    """Whether there is more to a line than characters of a cell and marks that lose room."""
    starts, ends = galley.odd
    return starts[bisect_right(ends, start)] < end


def _tight(galley: Galley, start: int, end: int) -> tuple[tuple[int, int], ...]:
    (starts, ends), kinds = galley.odd, galley.kinds
    place = bisect_right(ends, start)
    found: list[tuple[int, int]] = []
    while starts[place] < end:
        # The character before may be one with what combines with it.
        first, last = max(starts[place] - 1, start), min(ends[place], end)
        found += [match.span() for match in TIGHT.finditer(kinds, first, last)]
        place += 1
    return tuple(found)


def shifts_within(galley: Galley, start: int, last: int) -> tuple[Shift, ...]:
    """The shifts of a line but that after its last character."""
    at = galley.at
    # `at` has one more, before the first of them.
    first = bisect_left(at, start)
    moved = galley.shifts[first - 1 : bisect_left(at, last, first) - 1]
    return tuple([one for one in moved if one[1]]) if moved else ()


# --- squeezing ----------------------------------------------------------------------------


# By the index of a character, what a line may lose after it: the order in which such room is
# given, lower ones first, and how much.
_Rooms = dict[int, tuple[int, float]]


def squeezed(
    galley: Galley, start: int, end: int, need: float, *, part: float = 1.0
) -> tuple[Shift, ...]:
    """How a line loses `need` units, which is above 0; nothing when that is more than a `part`
    of what it can lose.
    """
    rooms = _rooms(galley, start, end)
    if need > sum([most for _, most in rooms.values()]) * part:
        return ()
    levels: dict[int, list[tuple[int, float]]] = {}
    for index, (order, most) in rooms.items():
        levels.setdefault(order, []).append((index, most))
    shifts: list[Shift] = []
    for order in sorted(levels):
        level = levels[order]
        all_of_it = sum([most for _, most in level])
        share = min(need / all_of_it, 1.0)
        shifts += [(index, -share * most / galley.piece(index).scale) for index, most in level]
        need -= share * all_of_it
        if need <= 0:
            break
    return tuple(shifts)


def _rooms(galley: Galley, start: int, end: int) -> _Rooms:
    """Where a line can lose room."""
    kinds, text = galley.kinds, galley.copy.text
    last = visible_end(kinds, start, end) - 1
    rooms: _Rooms = {}
    blanks = galley.pieces[0].sorts.blanks if len(galley.pieces) == 1 else None
    for match in ROOMY.finditer(kinds, start, last + 1):
        index = match.start()
        before, after = blanks[text[index]] if blanks is not None else galley.blank(index)
        if before and after and kinds[index] != "M":
            # A centred comma without any blank looks like the dot of a foreign name.
            before, after = before * _CENTRED_PART, after * _CENTRED_PART
        order = SQUEEZE_ORDER[kinds[index]]
        if before and index > start:
            _give(rooms, index - 1, order, before)
        if after and index < last:
            rooms[index] = order, after
    # Neighbouring marks have given what they give, and readers of a PDF take more for a new line.
    if galley.shift_of:
        for index in [index for index in rooms if galley.shift_of.get(index, 0.0) < 0]:
            del rooms[index]
    if _is_odd(galley, start, last):
        _add_latin_rooms(galley, start, last, rooms)
    return rooms


def _give(rooms: _Rooms, index: int, order: int, most: float) -> None:
    known = rooms.get(index)
    rooms[index] = (max(order, known[0]), known[1] + most) if known else (order, most)


def _add_latin_rooms(galley: Galley, start: int, last: int, rooms: _Rooms) -> None:
    """Word spaces and the gaps beside Latin words."""
    kinds, text = galley.kinds, galley.copy.text
    for index, shift in shifts_within(galley, start, last):
        is_gap = kinds[index] in "lnuj" or kinds[index + 1] in "lnuy"
        if is_gap and kinds[index] != "w" and shift > _GAP_LEAST:
            room = (shift - _GAP_LEAST) * galley.piece(index).scale
            _give(rooms, index, SQUEEZE_ORDER[""], room)
    at = kinds.find("w", start, last)
    while at >= 0:
        piece = galley.piece(at)
        wide = piece.sorts.advances[text[at]] + galley.shift_of.get(at, 0.0)
        if wide > _SPACE_LEAST:
            _give(rooms, at, SQUEEZE_ORDER["w"], (wide - _SPACE_LEAST) * piece.scale)
        at = kinds.find("w", at + 1, last)


# --- the line -----------------------------------------------------------------------------


def loose_line(galley: Galley, start: int, end: int, indent: float) -> Line:
    """A line as wide as its characters: a paragraph's last, or one that is not justified."""
    copy, unit, kinds = galley.copy, galley.unit, galley.kinds
    offset = indent - lead_of(galley, start) * unit if kinds[start] == "O" else indent
    width = width_of(galley, start, end) * unit
    if copy.align == "center":
        offset += (copy.measure - offset - width) / 2
    elif copy.align == "end":
        offset += copy.measure - offset - width
    moved = shifts_within(galley, start, visible_end(kinds, start, end) - 1)
    return Line(start, end, offset, width, 0.0, moved)


def full_line(
    galley: Galley, start: int, end: int, indent: float, *, squeezes: tuple[Shift, ...] = ()
) -> Line:
    """A line that reaches the end of the measure."""
    copy, unit, kinds = galley.copy, galley.unit, galley.kinds
    offset = indent - lead_of(galley, start) * unit if kinds[start] == "O" else indent
    last = visible_end(kinds, start, end) - 1 if kinds[end - 1] in _TRAILING else end - 1
    if squeezes:
        # It has lost what it was too long by, so nothing is left to spread.
        shifts = _with(shifts_within(galley, start, last), squeezes)
        return Line(start, end, offset, copy.measure - offset, 0.0, shifts, FULL)
    at = galley.at
    first = bisect_left(at, start)
    passed = bisect_left(at, last, first)
    # As `shifts_within` and `width_of` have them.
    moving = galley.shifts[first - 1 : passed - 1]
    shifts = tuple([one for one in moving if one[1]]) if moving else ()
    natural = _width(galley, start, last, (first, passed)) if last >= start else 0.0
    width = copy.measure - offset
    hangs = natural * unit > width + EPSILON and last > start and hangs_at(galley, last)
    if hangs:
        natural = galley.place(last) - galley.place(start) - galley.shift(last - 1)
    left = width / unit - natural
    if left > 0 and kinds.find("w", start, last) >= 0:
        shifts, left = _with_wider_spaces(galley, start, last, shifts, left)
    tight = _tight(galley, start, last + 1)
    places = last - start - hangs
    if tight:
        places -= sum([to - since - 1 for since, to in tight])
    if left < -1 or (places <= 0 and left > _ROUNDED):
        # Too wide whatever is done, or nothing to spread: an atom, one long word.
        return Line(start, end, offset, natural * unit, 0.0, shifts)
    spread = max(left, 0.0) * unit / places if places > 0 else 0.0
    return Line(start, end, offset, width, spread, shifts, FULL, tight)


def _with(shifts: tuple[Shift, ...], squeezes: tuple[Shift, ...]) -> tuple[Shift, ...]:
    """The shifts of a line that is squeezed beside."""
    if not shifts:
        return tuple(sorted(squeezes))
    moved = dict(shifts)
    for index, shift in squeezes:
        moved[index] = moved.get(index, 0.0) + shift
    return tuple(sorted(moved.items()))


def _with_wider_spaces(
    galley: Galley, start: int, last: int, shifts: tuple[Shift, ...], left: float
) -> tuple[tuple[Shift, ...], float]:
    """Give what is left of a line to its word spaces, as much as they may take."""
    kinds, text = galley.kinds, galley.copy.text
    moved = dict(shifts)
    rooms: dict[int, float] = {}
    at = kinds.find("w", start, last)
    while at >= 0:
        piece = galley.piece(at)
        wide = piece.sorts.advances[text[at]] + moved.get(at, 0.0)
        if wide < _SPACE_MOST:
            rooms[at] = (_SPACE_MOST - wide) * piece.scale
        at = kinds.find("w", at + 1, last)
    if not rooms:
        return shifts, left
    most = sum(rooms.values())
    share = min(left / most, 1.0)
    for index, room in rooms.items():
        moved[index] = moved.get(index, 0.0) + share * room / galley.piece(index).scale
    return tuple(sorted(moved.items())), left - share * most


# --- places on a line ---------------------------------------------------------------------


def place_on(galley: Galley, line: Line, index: int) -> float:
    """Where the character at `index` starts on its line, in points from the measure's start."""
    start, unit = line.start, galley.unit
    place = galley.place(index) - galley.place(start)
    place -= sum(
        shift * galley.piece(at).scale for at, shift in shifts_within(galley, start, index)
    )
    place += sum(shift * galley.piece(at).scale for at, shift in line.shifts if at < index)
    loose = index - start
    for since, to in line.tight:
        loose -= max(min(to - 1, index) - since, 0)
    return line.offset + place * unit + loose * line.spread


def end_on(galley: Galley, line: Line, index: int) -> float:
    """Where the character before `index` ends on its line, without what follows it."""
    if index >= visible_end(galley.kinds, line.start, line.end):
        return line.offset + line.width
    last = index - 1
    advance = galley.place(index) - galley.place(last) - galley.shift(last)
    return place_on(galley, line, last) + advance * galley.unit
