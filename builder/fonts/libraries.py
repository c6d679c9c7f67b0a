"""The libraries that read fonts and style sheets, imported when they are needed.

None of them carries types that a checker could use, so they pass as `Any`.
"""

from typing import Any


def harfbuzz() -> Any:
    """uharfbuzz: HarfBuzz, which shapes text and cuts fonts."""
    import uharfbuzz

    return uharfbuzz


def fonttools() -> Any:
    """fontTools.ttLib: the tables of a font."""
    from fontTools import ttLib

    return ttLib


def css_parser() -> Any:
    """tinycss2: style sheets as tokens."""
    import tinycss2

    return tinycss2


def css_selectors() -> Any:
    """cssselect2: which elements a selector means."""
    import cssselect2

    return cssselect2
