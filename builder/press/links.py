"""Where links of a printed book may lead: to its own sections, and to the web."""

import re
from collections.abc import Callable, Container

# Example: https://example.org/书. Counter-example: javascript:alert(1), www.example.org.
_WEB_LINK = re.compile(r"(?:https?://[^\s/]|mailto:[^\s@]+@)", re.IGNORECASE)


def link_targets(section_ids: Container[str], prefix: str) -> Callable[[str], str]:
    """What turns the `href` of a link of the book into the target of one in the PDF, or ""."""

    def target(href: str) -> str:
        if href.startswith("#"):
            return f"#{prefix}{href[1:]}" if href[1:] in section_ids else ""
        return href if _WEB_LINK.match(href) else ""

    return target
