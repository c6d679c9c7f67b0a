"""Raw Chinese text in, finished books out.

    from pathlib import Path
    from builder import build, BuildOptions

    result = build(Path("source/duchuan"), BuildOptions(to="zh-Hant-TW", formats=("epub",)))
    for file in result.files:
        print(file.path)

Everything else is private to the rooms; `docs/architecture.md` shows the house.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from builder.convert import convert_text as convert
    from builder.core.errors import BuilderError
    from builder.pipeline import BuildOptions, BuildResult, build, inspect

__all__ = ["BuildOptions", "BuildResult", "BuilderError", "build", "convert", "inspect"]

_HOMES = {
    "build": ("builder.pipeline", "build"),
    "inspect": ("builder.pipeline", "inspect"),
    "convert": ("builder.convert", "convert_text"),
    "BuildOptions": ("builder.pipeline", "BuildOptions"),
    "BuildResult": ("builder.pipeline", "BuildResult"),
    "BuilderError": ("builder.core.errors", "BuilderError"),
}


def __getattr__(name: str) -> object:
    """Load a public name when it is asked for: `import builder` stays instant."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
