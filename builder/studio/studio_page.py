"""The studio's page: a frame that its script fills, with the words and choices that it needs."""

import json
import re
from dataclasses import asdict
from html import escape

from builder.core.catalogue import say, sentences_of, spoken
from builder.core.choices import COVER_DESIGNS, THEMES
from builder.core.devices import DEVICE_NAMES
from builder.core.trims import TRIMS
from builder.studio.printing import printer_choices

_WORDS = "studio.ui."
_RULE = "rule."
# rule.N040, but not rule.did_you_mean.
_RULE_KEY = re.compile("rule\\.[A-Z][0-9]{3}")


def studio_page() -> str:
    """The page, in the language that is spoken."""
    told = {"words": _words(), "choices": _choices(), "rules": _rules()}
    frame = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f'<!DOCTYPE html>\n<html lang="{spoken()}">\n<head><meta charset="utf-8"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{escape(say('studio.ui.title'))}</title>\n"
        '<link rel="stylesheet" href="/static/shelf.css"/>\n'
        '<link rel="stylesheet" href="/static/studio.css"/>\n'
        '<link rel="icon" href="data:,"/>\n'
        '<script type="module" src="/static/studio/studio.js"></script>\n</head>\n<body>\n'
        f'<a class="skip" href="#main">{escape(say("studio.ui.skip"))}</a>\n'
        f'<header><h1><a href="#">{escape(say("studio.ui.title"))}</a></h1>'
        f'<nav><a href="/">{escape(say("opds.title"))}</a></nav></header>\n'
        '<main id="main" tabindex="-1"></main>\n'
        '<p id="status" role="status"></p>\n'
        # No script: the data of a page is no code, and cannot become any (< is escaped).
        f'<script type="application/json" id="told">{frame}</script>\n'
        "</body>\n</html>\n"
    )


def _words() -> dict[str, str]:
    """The sentences of the page; {fields} are filled by its script."""
    return {
        key.removeprefix(_WORDS): say(
            key, **{name: f"{{{name}}}" for name in ("n", "name", "size")}
        )
        for key in sentences_of("en")
        if key.startswith(_WORDS)
    }


def _rules() -> dict[str, str]:
    """What each rule does, by its code."""
    return {
        key.removeprefix(_RULE): say(key)
        for key in sentences_of("en")
        if _RULE_KEY.fullmatch(key) is not None
    }


def _choices() -> dict[str, object]:
    return {
        "printers": [asdict(one) for one in printer_choices()],
        "trims": list(TRIMS),
        "themes": list(THEMES),
        "designs": list(COVER_DESIGNS),
        "devices": list(DEVICE_NAMES),
    }
