"""HTML that cannot be written unescaped: text becomes markup only through `tag`."""

import html
import unicodedata


class Markup(str):
    """A piece of HTML. Plain text among the children of `tag` is escaped, this is not."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: object) -> Markup:
    """An element. `class_` stands for class, `data_x` for data-x; a None value is left out."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in {"meta", "br"}:
        return Markup(f"<{name}{given}>")
    return Markup(f"<{name}{given}>{escaped(*children)}</{name}>")


def escaped(*children: str) -> Markup:
    """Children one after another; what is not markup is escaped."""
    return Markup(
        "".join(
            child if isinstance(child, Markup) else html.escape(visible(child))
            for child in children
        )
    )


def visible(text: str) -> str:
    """The text with its invisible characters named: ⏎ for a line's end, U+200B for what has no form.

    A page may hold neither controls nor lone surrogates, and a person wants to see them.
    """
    if text.isprintable() or not text:
        return text
    return "".join(c if c.isprintable() else _name(c) for c in text)


def _name(character: str) -> str:
    if character == "\n":
        return "⏎"
    if character == "\t":
        return "⇥"
    if unicodedata.category(character) == "Zs":
        return character
    return f"‹U+{ord(character):04X}›"
