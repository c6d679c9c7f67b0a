"""An examination as plain data, for `--json`."""

from builder.inspection.examination import Examination, Place

Data = dict[str, object]


def plain(examination: Examination) -> Data:
    """The findings as dictionaries and lists; places as `file:line:column`."""
    return {
        "median": examination.median,
        "lengths": [
            {
                "heading": section.heading,
                "characters": section.characters,
                "verdict": section.verdict,
                "source": str(section.location),
            }
            for section in examination.sections
            if section.verdict != "usual"
        ],
        "duplicates": [
            {
                "paragraphs": duplicate.paragraphs,
                "likeness": round(duplicate.likeness, 3),
                "first": duplicate.first,
                "second": duplicate.second,
                "first_source": _where(duplicate.first_place),
                "second_sources": [_where(place) for place in duplicate.second_places],
            }
            for duplicate in examination.duplicates
        ],
        "quotes": [
            {
                "kind": str(fault.kind),
                "mark": fault.mark,
                "context": [fault.before, fault.after],
                "source": _where(fault.place),
            }
            for fault in examination.quotes
        ],
        "spellings": [
            {
                "common": pair.common,
                "common_count": pair.common_count,
                "rare": pair.rare,
                "rare_count": pair.rare_count,
                "because": str(pair.because),
                "score": pair.score,
                "sources": [_where(place) for place in pair.places],
            }
            for pair in examination.spellings
        ],
        "leftovers": [
            {
                "kind": str(leftover.kind),
                "text": leftover.text,
                "context": [leftover.before, leftover.after],
                "count": leftover.count,
                "sources": [_where(place) for place in leftover.places],
            }
            for leftover in examination.leftovers
        ],
        "rules": [
            {
                "rule": total.rule,
                "kind": total.kind,
                "edits": total.edits,
                "characters_removed": total.characters,
            }
            for total in examination.rules
        ],
        "removals": [
            {
                "rule": group.rule,
                "kind": group.kind,
                "edits": group.edits,
                "lines": [
                    {
                        "removed": removal.removed,
                        "replacement": removal.replacement,
                        "count": removal.count,
                        "context": [removal.before, removal.after],
                        "source": _where(removal.place),
                        "keep": list(removal.keep),
                    }
                    for removal in group.removals
                ],
            }
            for group in examination.removals
        ],
    }


def _where(place: Place) -> str:
    return str(place.location)
