"""The style sheets of an EPUB, in the order of the cascade: ours, then the user's own."""

from builder.core.files import style
from builder.core.publication import Item

FOLDER = "styles"
USER_SHEET = f"{FOLDER}/user.css"


def sheets_of(user_css: str, *, is_vertical: bool) -> tuple[Item, ...]:
    """The sheets that every document of the book links to.

    `user_css` is the text of the sheet that [epub] css names, or empty; it has the last word.
    """
    names = ["base.css", "epub.css", *(["vertical.css"] if is_vertical else [])]
    sheets = [(f"{FOLDER}/{name}", style(name)) for name in names]
    if user_css:
        sheets.append((USER_SHEET, user_css))
    return tuple(
        Item(f"style-{number}", href, "text/css", css.encode())
        for number, (href, css) in enumerate(sheets, start=1)
    )
