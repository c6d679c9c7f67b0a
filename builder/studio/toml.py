"""Settings as TOML, as plain as a person would write them."""

import json
from collections.abc import Mapping


def to_toml(tables: Mapping[str, Mapping[str, object]]) -> str:
    """A document of tables with strings, numbers, truths, lists and inline tables."""
    parts = []
    for name, entries in tables.items():
        lines = [f"{key} = {_value(value)}" for key, value in entries.items()]
        parts.append("\n".join([f"[{name}]", *lines]) + "\n")
    return "\n".join(parts)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            # JSON's strings are TOML's basic strings, but for DEL, which TOML wants escaped, and
            # lone surrogates, which it has no way to hold.
            plain = value.encode("utf-8", "replace").decode("utf-8")
            return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")
        case Mapping():
            inside = ", ".join(f"{key} = {_value(item)}" for key, item in value.items())
            return f"{{ {inside} }}"
        case list() | tuple():
            return f"[{', '.join(map(_value, value))}]"
        case _:
            return json.dumps(str(value))
