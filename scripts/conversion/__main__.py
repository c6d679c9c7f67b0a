"""Build the figures of conversion, builder/convert/figures.bin.

    python -m scripts.conversion [--corpus DIR …] [--sources DIR] [--output FILE]
        [--leave-out NAME,NAME … | --folds DIR]

Needs numpy and scipy (`pip install --group train`). The word lists come from named packages,
downloaded unless `--sources` has them (scripts/conversion/sources.py, with their licences).
Without `--corpus` the figures hold the lattice only, and every character needs the usual
margin; what ships was made from two, shared/corpus and what `scripts.conversion.library` writes.
`--leave-out` names texts of the corpus (ahq, par_bible …) that must not be seen;
`--folds DIR` writes six files into DIR, each made without the texts that its name lists.
"""

import argparse
import os
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from multiprocessing import Pool
from pathlib import Path

from benchmarks.conversion.fold import folding
from builder.convert.echo import Echo, echoed
from builder.convert.figures import FILE, Candidates, Figures, Weights, encoded
from scripts.conversion.books import Book, books_of, folds_of
from scripts.conversion.lexicon import candidates_of, lexicon_of
from scripts.conversion.margins import (
    CAUTIOUS,
    NEVER,
    USUAL,
    Verdict,
    has_two_habits,
    margin_of,
    odd_books,
    temperature_of,
)
from scripts.conversion.sources import NOTICE, Sources, fetch, sources_of
from scripts.conversion.training import (
    Instance,
    Tables,
    fitted,
    instances,
    quantised,
    sampled,
    scores_of,
)

# A character at which OpenCC errs less often than that in the whole corpus is left to it.
LEAST_ERRORS = 3
# Forms that print has beside OpenCC's candidates.
MORE_FORMS = {"洒": {"洒"}, "并": {"并"}, "锤": {"鎚"}, "划": {"畫"}}
# Pairs of which either is right, beside those of benchmarks/conversion/folds.txt.
ALIKE = "錘鎚 傢家 閤合 睏困 韆千 僊仙 拏拿"


def fold(text: str) -> str:
    """Variants of one character become one."""
    return text.translate(_TABLE)


_TABLE = dict(folding())
for _pair in ALIKE.split():
    _TABLE[ord(_pair[0])] = _TABLE.get(ord(_pair[1]), _pair[1])


def bare(sources: Sources, books: Sequence[Book]) -> Figures:
    """The figures without weights, for the characters at which OpenCC errs in the books."""
    candidates = candidates_of(sources.characters, MORE_FORMS, fold)
    if books:
        errors = _errors(books, candidates)
        candidates = {key: own for key, own in candidates.items() if errors[key] >= LEAST_ERRORS}
    lexicon = lexicon_of(sources, candidates, fold)
    named = {key: replace(own, margin=USUAL) for key, own in candidates.items()}
    none: Weights = {key: ({},) * (own.count - 1) for key, own in candidates.items()}
    return Figures(named, lexicon.words, lexicon.records, none)


def _errors(books: Sequence[Book], candidates: Mapping[str, Candidates]) -> Counter[str]:
    """How often OpenCC chose another of a character's candidates than print has."""
    errors: Counter[str] = Counter()
    for book in books:
        texts = book.page.source, fold(book.page.converted), fold(book.wanted)
        for source, found, right in zip(*texts, strict=True):
            if found != right and source in candidates:
                errors[source] += 1
    return errors


Found = Mapping[str, list[Instance]]


def found_in(books: Sequence[Book], start: Figures) -> Found:
    """Every place of the books by character, with what is right there."""
    return instances([book.page for book in books], [book.wanted for book in books], start, fold)


def trained(start: Figures, books: Sequence[Book], found: Found) -> Figures:
    """The figures with what the books teach at the places of `found`, in two rounds.

    The first round shows which books have habits of their own; the second learns nothing from
    them, but its margins have to stand up to them too.
    """
    _, verdicts = _round(start, books, found, {})
    odd = {key: odd_books(some) for key, some in verdicts.items()}
    left_alone = {key for key, some in verdicts.items() if has_two_habits(some)}
    tables, verdicts = _round(start, books, found, odd)
    candidates = dict(start.candidates)
    for key, some in verdicts.items():
        margin = NEVER if key in left_alone else margin_of(some)
        margin = max(margin, CAUTIOUS.get(key, 0))
        candidates[key] = replace(candidates[key], margin=margin, temperature=temperature_of(some))
    return replace(start, candidates=candidates, weights={**start.weights, **tables})


def _round(
    start: Figures,
    books: Sequence[Book],
    found: Found,
    odd: Mapping[str, frozenset[int]],
) -> tuple[Weights, dict[str, list[Verdict]]]:
    """The weights from all books, and what those of other books say of each place."""
    folds = folds_of(books)
    run = partial(_learned, folds=folds, weights=[book.weight for book in books])
    jobs = sorted(found, key=lambda character: -len(found[character]))
    tasks = [(found[key], start.candidates[key].count, odd.get(key, frozenset())) for key in jobs]
    with Pool(os.cpu_count()) as pool:
        learned = dict(zip(jobs, pool.imap(run, tasks), strict=True))
    scores = {key: rows for key, (_, rows) in learned.items()}
    return {key: tables for key, (tables, _) in learned.items()}, _verdicts(found, scores, books)


def _learned(
    task: tuple[list[Instance], int, frozenset[int]], folds: Sequence[int], weights: Sequence[float]
) -> tuple[Tables, list[list[int]]]:
    """The weights from all books, and the scores of each place by weights from other folds."""
    found, count, odd = task
    sample = [
        (one, share * weights[one.book]) for one, share in sampled(found) if one.book not in odd
    ]
    by_fold = {}
    for number in sorted({folds[one.book] for one in found}):
        others = [(one, share) for one, share in sample if folds[one.book] != number]
        by_fold[number] = quantised(fitted(others, count), count)
    scores = [scores_of(one, by_fold[folds[one.book]]) for one in found]
    return quantised(fitted(sample, count), count), scores


def _verdicts(
    found: Found,
    scores: Mapping[str, list[list[int]]],
    books: Sequence[Book],
) -> dict[str, list[Verdict]]:
    """What each place's scores become when the book's other places add theirs."""
    echoes = [Echo() for _ in books]
    heard = []
    for character, some in found.items():
        for one, row in zip(some, scores[character], strict=True):
            if one.known >= 0:
                sums = echoes[one.book].add(books[one.book].page.source, one.at, row)
                heard.append((character, one, row, sums))
    shares = [echo.shares() for echo in echoes]
    verdicts: dict[str, list[Verdict]] = defaultdict(list)
    for character, one, row, sums in heard:
        said = echoed(row, sums, shares[one.book])
        verdicts[character].append(Verdict(one.book, one.known, one.truth, said))
    return verdicts


def compiled(sources: Sources, books: Sequence[Book]) -> bytes:
    """The content of a file of figures."""
    start = bare(sources, books)
    own = trained(start, books, found_in(books, start)) if books else start
    return encoded(own, [*NOTICE])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, action="append", default=[])
    parser.add_argument("--sources", type=Path, help="a folder with the packages unpacked")
    parser.add_argument("--output", type=Path, default=FILE)
    parser.add_argument("--leave-out", default="", help="names of texts, with commas between")
    parser.add_argument("--folds", type=Path, help="a folder for figures by fold")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if not given.sources:
            fetch(Path(folder))
        sources = sources_of(given.sources or Path(folder))
    if given.folds:
        write_folds(sources, given.corpus, given.folds)
        return
    names = [name for name in given.leave_out.split(",") if name]
    given.output.write_bytes(compiled(sources, books_of(given.corpus, names)))


def write_folds(sources: Sources, corpora: Sequence[Path], folder: Path) -> None:
    """A file for each fold, named by the texts that it has not seen: `ahq,shuihu.bin`."""
    folder.mkdir(parents=True, exist_ok=True)
    books = books_of(corpora)
    start = bare(sources, books)
    found = found_in(books, start)
    folds = folds_of(books)
    for number in sorted(set(folds)):
        seen = {
            key: [one for one in some if folds[one.book] != number] for key, some in found.items()
        }
        own = trained(start, books, {key: some for key, some in seen.items() if some})
        names = [book.name for book, one in zip(books, folds, strict=True) if one == number]
        target = folder / f"{','.join(names)}.bin"
        target.write_bytes(encoded(own, [*NOTICE]))
        print(target, flush=True)


if __name__ == "__main__":
    main()
