"""Faces as the press uses them: characters to glyphs, widths, and what a PDF reader will read.

A `Face` answers for a `FaceKey`, what the CSS asks. Which font that means is up to a chooser
(`choosers`). Faces of one font share a `Program`, what goes into the PDF.
"""

from builder.fonts.metrics import EM, Direction, Glyph, metrics
from builder.press.asked import Asked
from builder.press.choosers import Chooser, can_be_printed, other_font
from builder.press.frame import FaceKey
from builder.press.program import FontFile, Program
from builder.press.upright import is_turned

# 〓 is what a printer sets where a type is missing; fonts without it have one of the others.
_GETA = "\N{GETA MARK}\N{WHITE SQUARE}?\N{SPACE}"
# Two dashes in one character, as the press writes them for a font.
DASHES = "\N{TWO-EM DASH}"


class Face:
    """What a `FaceKey` is set in: a font, and which characters it is asked for.

    - `name`, `program`: the font in the PDF; `path`, `index` of its file.
    - `advances`: character → room along a line; `column_advances` → down a column, where what
      lies on its side takes as much as along a line. `inks`, `column_inks`: character → where in
      that room it has ink, from and to. In thousandths of the em; all ask when they are looked
      up with [].
    - `turned`: characters that lie on their side in a column, as far as any was asked for.
    - `codes`, `column_codes`: for `str.translate`: code point → one character whose number is
      the glyph's, or "" where nothing is shown. Characters that no font has become 〓. U+2E3A
      stands for ——, because two dashes may leave a gap: it becomes one glyph of two ems where
      there is one, else two dashes.
    - `misread`: characters used so far that a reader would take for others, because they share
      a glyph or have none: a text with any of them needs an ActualText.
    - `kept`: what others have worked out of it, by name, gone when the face goes.
    - `ascent`, `descent`: the em box, in which Chinese characters stand, from the baseline.
    """

    def __init__(self, key: FaceKey, program: Program, faces: "Faces", *, is_first: bool) -> None:
        self.key = key
        self.program = program
        self.name = program.name
        self.path, self.index = program.file.path, program.file.index
        self.metrics = program.metrics
        self.ascent, self.descent = program.metrics.ascent, program.metrics.descent
        self.misread: set[str] = set()
        self.turned: set[str] = set()
        self.advances: dict[str, int] = Asked(self._advance)
        self.column_advances: dict[str, int] = Asked(self._column_advance)
        self.inks: dict[str, tuple[int, int]] = Asked(self._ink)
        self.column_inks: dict[str, tuple[int, int]] = Asked(self._column_ink)
        self.codes: dict[int, str] = Asked(self._code)
        self.column_codes: dict[int, str] = Asked(self._column_code)
        self.kept: dict[str, object] = {}
        self._faces = faces
        self._is_first = is_first
        self._features = dict(map(_feature, key.features))
        self._known: dict[tuple[str, Direction], Glyph | None] = {}
        # What will be asked sooner or later is found out with the first characters.
        self._expected = faces.expected if is_first else ""
        self._own: set[str] = set()
        self._foreign: set[str] = set()

    def __repr__(self) -> str:
        return f"Face({self.name}, {self.path.name}, {self.key.families[0]!r})"

    def advance(self, character: str) -> int:
        """The room of a character along a line."""
        return self.advances[character]

    def ink(self, character: str) -> tuple[int, int]:
        """Where in its room along a line a character has ink: from, to."""
        return self.inks[character]

    def covers(self, text: str) -> bool:
        """Whether all of `text` is set in this face; costs nearly nothing for known characters."""
        if self._own.issuperset(text):
            return True
        unknown = set(text) - self._own - self._foreign
        if unknown:
            self._learn("".join(sorted(unknown)))
            return self._own.issuperset(text)
        return False

    def fallback(self, character: str) -> "Face":
        """The face for a character that this one does not cover; itself when none does."""
        return self._faces.fallback(self.key, character) or self

    def _learn(self, characters: str) -> None:
        """Find out which of some characters are this face's."""
        if self._is_first:
            characters, self._expected = "".join({*characters, *self._expected}), ""
            # What shows nothing is nobody's, so it need not part a line.
            own = {
                character
                for character in characters
                if self.metrics.has(character) or self._glyph(character) is None
            }
        else:
            chosen = self._faces.chosen(self.key, characters)
            own = {
                character
                for character, file in zip(characters, chosen, strict=True)
                if file == self.program.file or self._glyph(character) is None
            }
        shaped = self.metrics.han("".join(sorted(own)), self.key.language, features=self._features)
        for character, glyph in shaped.items():
            self._known.setdefault((character, "ltr"), glyph)
        self._own |= own
        self._foreign |= set(characters) - own

    def _glyph(self, characters: str, direction: Direction = "ltr") -> Glyph | None:
        return self.metrics.glyph(
            characters, self.key.language, features=self._features, direction=direction
        )

    def _shown(self, character: str, direction: Direction) -> Glyph | None:
        """The glyph for a character, or the one that stands for it where the font has none.

        Asked for its room, its ink and its code; shaping it once is enough.
        """
        asked = character, direction
        if asked not in self._known:
            self._known[asked] = self._found(character, direction)
        return self._known[asked]

    def _found(self, character: str, direction: Direction) -> Glyph | None:
        glyph = self._glyph(character, direction)
        if glyph is None or glyph.number:
            return glyph
        stand_ins = (self._glyph(one, direction) for one in _GETA if self.metrics.has(one))
        return next(stand_ins, glyph)

    def _advance(self, character: str) -> int:
        glyph = self._shown(character, "ltr")
        return glyph.advance if glyph else 0

    def _column_advance(self, character: str) -> int:
        glyph = self._standing(character)
        return glyph.advance if glyph else self.advances[character]

    def _standing(self, character: str) -> Glyph | None:
        """The glyph of a character that stands upright in a column; None for what is turned."""
        if "pwid" in self._features:  # a Chinese mark inside Latin words, and so one of them
            self.turned.add(character)
            return None
        along, down = self._shown(character, "ltr"), self._shown(character, "ttb")
        has_own_form = along is not None and down is not None and along.number != down.number
        if is_turned(character, has_own_form=has_own_form):
            self.turned.add(character)
            return None
        return down

    def _ink(self, character: str) -> tuple[int, int]:
        glyph = self._shown(character, "ltr")
        left, _, right, _ = self.metrics.box(glyph.number) if glyph else (0, 0, 0, 0)
        return left, right

    def _column_ink(self, character: str) -> tuple[int, int]:
        glyph = self._standing(character)
        if glyph is None:
            return self.inks[character]
        _, bottom, _, top = self.metrics.box(glyph.number)
        origin = self.metrics.in_column(glyph.number)[2]
        return origin - top, origin - bottom

    def _code(self, code_point: int) -> str:
        return self._used(chr(code_point), "ltr")

    def _column_code(self, code_point: int) -> str:
        self.program.is_columnar = True
        return self._used(chr(code_point), "ttb")

    def _used(self, character: str, direction: Direction) -> str:
        if character == DASHES:
            return self._dashes(direction)
        glyph = self._shown(character, direction)
        if glyph is None:
            self.misread.add(character)
            return ""
        # A stand-in reads as itself, whoever used it first.
        reading = character if self.metrics.has(character) else self._stand_in()
        if not self.program.read_as(glyph.number, reading) or reading != character:
            self.misread.add(character)
        return self.program.shown(glyph.number)

    def _dashes(self, direction: Direction) -> str:
        glyph = self._glyph(DASHES, direction) if self.metrics.has(DASHES) else None
        if glyph is None or glyph.advance != 2 * EM:
            return self._used("—", direction) * 2
        self.program.read_as(glyph.number, "——")
        self.misread.add(DASHES)  # one that the book itself has is no ——
        return self.program.shown(glyph.number)

    def _stand_in(self) -> str:
        return next(filter(self.metrics.has, _GETA), "\N{REPLACEMENT CHARACTER}")


class Faces:
    """The faces of one book. `missing` are the characters that no font has, once asked for.

    `expected` are characters that will be asked for a few at a time, as those of headings are: a
    face that has to find out about any of its characters does so about all of these.
    """

    def __init__(self, chooser: Chooser, *, expected: str = "") -> None:
        self.expected = expected
        self._chooser = chooser
        self._programs: dict[FontFile, Program] = {}
        self._primary: dict[FaceKey, Face] = {}
        self._others: dict[tuple[FaceKey, FontFile], Face] = {}
        self._chosen: dict[tuple[FaceKey, str], FontFile | None] = {}
        self.missing: dict[str, None] = {}

    @property
    def programs(self) -> tuple[Program, ...]:
        """All fonts opened, in the order of their names."""
        return tuple(self._programs.values())

    def face(self, key: FaceKey) -> Face:
        """The face that sets the Chinese of a key."""
        known = self._primary.get(key)
        if known is None:
            file, is_first = self._chooser.primary(key)
            known = Face(key, self.program(file), self, is_first=is_first)
            self._primary[key] = self._others[key, file] = known
        return known

    def chosen(self, key: FaceKey, characters: str) -> tuple[FontFile | None, ...]:
        """The font of each character; None for what no font has."""
        if unknown := "".join(one for one in characters if (key, one) not in self._chosen):
            for one, file in zip(unknown, self._chooser.choose(key, unknown), strict=True):
                is_fit = file is None or can_be_printed(file)
                self._chosen[key, one] = file if is_fit else other_font(key, one)
        return tuple(self._chosen[key, one] for one in characters)

    def fallback(self, key: FaceKey, character: str) -> Face | None:
        """The face that a key gives a character to; None, and noted, when there is none."""
        file = self.chosen(key, character)[0]
        if file is None:
            self.missing.setdefault(character)
            return None
        known = self._others.get((key, file))
        if known is None:
            known = self._others[key, file] = Face(key, self.program(file), self, is_first=False)
        return known

    def program(self, file: FontFile) -> Program:
        """A font file as the PDF gets it."""
        known = self._programs.get(file)
        if known is None:
            name = f"F{len(self._programs) + 1}"
            known = Program(name, file, metrics(file.path, file.index, file.axes))
            self._programs[file] = known
        return known


def _feature(written: str) -> tuple[str, int]:
    """A feature as a key has it: `pwid`, or `ss01=2`."""
    tag, _, value = written.partition("=")
    return tag, int(value or 1)
