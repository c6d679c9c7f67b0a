"""What looks wrong in a book: examined as a whole, told to people, changed by nobody.

`examine` looks at a book beside the manuscript it was made from and the ledger between them;
`findings_of` says what it found as diagnostics, `page` as an HTML page, `plain` as data.
Only `builder inspect` runs this, never a build. Nothing here decides: duplicates, slips and
leftovers are suspicions, and a person settles them.
"""

from collections.abc import Callable, Mapping, Sequence

from builder.core.book import Book
from builder.core.diagnostic import Diagnostic
from builder.core.ledger import Ledger
from builder.core.manuscript import Manuscript
from builder.inspection.duplicates import find_duplicates
from builder.inspection.examination import Examination, FileSummary
from builder.inspection.findings import findings_of
from builder.inspection.html_page import is_page, page
from builder.inspection.leftovers import find_leftovers
from builder.inspection.lengths import sections_of
from builder.inspection.passages import Passages
from builder.inspection.plain_data import plain
from builder.inspection.quotes import find_quote_faults
from builder.inspection.removals import find_removals, rule_totals
from builder.inspection.spellings import find_spellings

__all__ = ["Examination", "examine", "findings_of", "is_page", "page", "plain"]


def examine(
    book: Book,
    manuscript: Manuscript,
    ledger: Ledger,
    *,
    kinds: Mapping[str, str],
    diagnostics: Sequence[Diagnostic] = (),
    ignored: frozenset[str] = frozenset(),
    simplified: Callable[[str], str] = str,
) -> Examination:
    """Everything worth a look in `book`, which was made from `manuscript` through `ledger`.

    `kinds` tells of each rule whether it is safe, lossy or a judgement; what the last two did is
    listed. `diagnostics` are those of the stages before: numbering gaps, broken bytes and the
    like are found there, once. Findings whose codes are `ignored` are not listed. `simplified`
    turns a name into Simplified characters: 鏡 is no slip for 镜.
    """
    passages = Passages(book, manuscript)
    sections, median = sections_of(book, manuscript)
    return Examination(
        title=book.metadata.title,
        subtitle=book.metadata.subtitle,
        creators=tuple(creator.name for creator in book.metadata.creators),
        language=book.metadata.language,
        files=tuple(
            FileSummary(file.path, file.encoding, file.confidence, file.end - file.start)
            for file in manuscript.files
        ),
        sections=sections,
        median=median,
        notes=len(book.notes),
        edits=len(ledger),
        duplicates=() if "I001" in ignored else find_duplicates(passages),
        quotes=() if "I002" in ignored else find_quote_faults(passages),
        spellings=() if "I003" in ignored else find_spellings(passages, simplified),
        leftovers=() if "I004" in ignored else find_leftovers(passages),
        rules=rule_totals(ledger, kinds),
        removals=find_removals(ledger, manuscript, passages, kinds),
        diagnostics=tuple(diagnostics),
        ignored=ignored,
    )
