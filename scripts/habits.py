"""Write builder/convert/habits.txt: in which characters books differ from our conversion.

    python -m scripts.habits --corpus DIR [DIR …]

Each text of the folders (*_t.txt, Traditional) is simplified by OpenCC and converted back by us.
Counted for each character, differences that benchmarks/conversion/folds.txt calls none and the
noise of benchmarks/conversion/noise.txt aside:

- in which share of texts most of its places come back as something else, two more texts that do
  not differ put in;
- how many mistakes there are for each that the model's doubt lets expect, and for each 10,000
  places without doubt; no text says more than PLENTY of them;
- what print has there.

Texts under CC BY-SA (see builder/convert/figures.NOTICE.md) are not counted.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from benchmarks.conversion.fold import HAN, hard_errors
from benchmarks.conversion.noise import noise_of
from benchmarks.conversion.texts import TRADITIONAL, Trial, trials
from builder.convert import convert_text
from builder.convert.habits import FILE, Habit
from builder.core.language import target_of
from scripts.conversion.books import NOT_FOR_TRAINING

# Fewer places of a character in a text count for less.
ENOUGH = 3
# A text with more mistakes in a character has one name or one habit, and counts as one with so many.
PLENTY = 20
# Put in: texts that do not differ, mistakes as expected, places without mistakes.
PRIOR_TEXTS = 2
PRIOR_DOUBT = 5
PRIOR_PLACES = 50
# More is no slip of the model but a habit of some texts.
MOST_SURE = 0.05
FORMS = 2
HEAD = """\
# What comes out otherwise in books than in our conversion: the Simplified character; in how many
# of a hundred books most of its places do; how many mistakes there are for each that the model's
# doubt lets expect; how many in 10,000 places without doubt; what print has. Counted by
# scripts/habits.py in the texts of a corpus and in novels that docs/conversion.md names, all
# in the public domain; figures only, no text.
"""


@dataclass(slots=True)
class Tally:
    """A character in one text: `places` without noise, of which the model doubts `doubted`.

    `doubt` is the sum of its doubts; `wrong` and `sure_wrong` are places of print that differ,
    with and without doubt, `forms` what stands there.
    """

    places: int = 0
    doubted: int = 0
    doubt: float = 0.0
    wrong: int = 0
    sure_wrong: int = 0
    forms: Counter[str] = field(default_factory=Counter)

    def add(self, form: str, *, is_doubted: bool) -> None:
        """A place where print has another form."""
        self.wrong += is_doubted
        self.sure_wrong += not is_doubted
        self.forms[form] += 1

    @property
    def differs(self) -> bool:
        """Whether most places are not as ours."""
        return 2 * (self.wrong + self.sure_wrong) > self.places

    @property
    def weight(self) -> float:
        """What is counted of it, so that it is no more than PLENTY."""
        return min(1.0, PLENTY / max(PLENTY, self.wrong + self.sure_wrong, self.doubt))


def tallies(trial: Trial) -> dict[str, Tally]:
    """Every character of a text; of a text in two scripts, which is converted in part, none."""
    target = target_of(TRADITIONAL)
    assert target is not None
    doubtful = convert_text(trial.source, target).doubtful
    text = "\n".join(doubtful.texts)
    if "\n".join(doubtful.lines) != trial.source or len(text) != len(trial.wanted):
        return {}
    starts = list(accumulate((len(line) + 1 for line in doubtful.lines), initial=0))
    doubts = {starts[place.line] + place.at: place.doubt for place in doubtful.uncertain}
    noise = noise_of(trial.name, trial.wanted)
    found = {
        character: Tally(count)
        for character, count in Counter(trial.source).items()
        if HAN.match(character)
    }
    for at in noise:
        found[trial.source[at]].places -= 1
    for at, doubt in doubts.items():
        if at not in noise:
            tally = found[trial.source[at]]
            tally.doubted += 1
            tally.doubt += doubt
    for at in hard_errors(trial.wanted, text):
        if at not in noise and HAN.match(trial.source[at]):
            found[trial.source[at]].add(trial.wanted[at], is_doubted=at in doubts)
    return found


def habits_of(texts: Iterable[Mapping[str, Tally]]) -> dict[str, Habit]:
    """What many texts say together of the characters in which one differs."""
    every: defaultdict[str, list[Tally]] = defaultdict(list)
    for text in texts:
        for character, tally in text.items():
            every[character].append(tally)
    return {
        character: _habit(some)
        for character, some in sorted(every.items())
        if any(tally.forms or tally.doubt for tally in some)
    }


def _habit(texts: Sequence[Tally]) -> Habit:
    weights = [min(1.0, text.places / ENOUGH) for text in texts]
    differing = sum(w for w, text in zip(weights, texts, strict=True) if text.differs)
    wrong = sum(text.weight * text.wrong for text in texts)
    doubt = sum(text.weight * text.doubt for text in texts)
    sure_wrong = sum(text.weight * text.sure_wrong for text in texts)
    sure = sum(text.places - text.doubted for text in texts)
    forms: Counter[str] = sum((Counter(set(text.forms)) for text in texts), Counter())
    return Habit(
        differing / (sum(weights) + PRIOR_TEXTS),
        (wrong + PRIOR_DOUBT) / (doubt + PRIOR_DOUBT),
        min(MOST_SURE, sure_wrong / (sure + PRIOR_PLACES)),
        tuple(form for form, _ in forms.most_common(FORMS)),
    )


def rows(found: Mapping[str, Habit]) -> Iterator[str]:
    """The lines of the file, those first in which most books differ."""
    for character, habit in sorted(found.items(), key=lambda item: (-item[1].books, item[0])):
        books, doubted, sure = 100 * habit.books, habit.doubted, 10_000 * habit.sure
        figures = f"{books:.1f} {doubted:.2f} {sure:.1f}"
        if figures != "0.0 1.00 0.0":
            yield " ".join((character, figures, *habit.forms)) + "\n"


def texts_of(folders: Iterable[Path]) -> Iterator[Trial]:
    """What may be counted of some folders."""
    for folder in folders:
        for trial in trials(folder):
            if trial.to_traditional and trial.name not in NOT_FOR_TRAINING:
                yield trial


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, nargs="+", required=True)
    folders = parser.parse_args().corpus
    found = list(rows(habits_of(map(tallies, texts_of(folders)))))
    FILE.write_text(HEAD + "".join(found), encoding="utf-8")
    print(f"{FILE}: {len(found)} characters")


if __name__ == "__main__":
    main()
