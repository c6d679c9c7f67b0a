"""The style sheets of an EPUB, in the order of the cascade: ours, the theme, the user's own."""

import re

from builder.core.choices import THEMES
from builder.core.config import Config
from builder.core.files import style
from builder.core.publication import FONT_SHEET, Item

FOLDER = "styles"
COLUMNS_SHEET = f"{FOLDER}/columns.css"
THEME_SHEET = f"{FOLDER}/theme.css"
USER_SHEET = f"{FOLDER}/user.css"
# Example: /* what it is */. Counter-example: p { color: red }.
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)


def sheets_of(config: Config, *, theme_css: str = "", user_css: str = "") -> tuple[Item, ...]:
    """The sheets that every document of the book links to.

    `theme_css` is the text of the book's own theme where [epub] theme names a file, `user_css`
    that of the sheet that [epub] css names; it has the last word. The sheet of the fonts is empty
    until they are embedded: what they hold is chosen by the finished documents.
    """
    names = ["base.css", "epub.css", *(["columns.css"] if config.typography.vertical else [])]
    sheets = [(f"{FOLDER}/{name}", style(name)) for name in names]
    if config.epub.theme in THEMES:
        theme_css = theme(config.epub.theme)
    own = ((THEME_SHEET, theme_css), (FONT_SHEET, ""), (USER_SHEET, user_css))
    sheets += [
        (href, css)
        for href, css in own
        if _COMMENT.sub("", css).strip() or (href == FONT_SHEET and config.epub.embed_fonts)
    ]
    return tuple(
        Item(f"style-{number}", href, "text/css", css.encode())
        for number, (href, css) in enumerate(sheets, start=1)
    )


def theme(name: str) -> str:
    """The style sheet of a theme of ours."""
    return style(f"themes/{name}.css")
