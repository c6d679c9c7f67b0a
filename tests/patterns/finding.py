"""Every pattern that builder compiles, by the name it has, and how it is asked."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import builder

# What asks at one place only; with a place to begin at it may be asked at every place.
ANCHORED = frozenset(("match", "fullmatch"))
DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A compiled pattern. `is_searched`: somebody asks it for every place of a text."""

    name: str
    pattern: re.Pattern[Any]
    is_searched: bool


@cache
def every_pattern() -> tuple[Found, ...]:
    """The patterns of all modules of builder: constants, and what stands in constants."""
    found: dict[int, tuple[str, re.Pattern[Any], set[tuple[str, str]]]] = {}
    for module in _modules():
        for name, value in list(vars(importlib.import_module(module)).items()):
            for place, pattern in _patterns(value, f"{module}.{name}", 0):
                # A name with what is in it is known nowhere else; who else has it imported it.
                entry = found.setdefault(id(pattern), (place, pattern, set()))
                entry[2].add((module, name) if place == f"{module}.{name}" else (module, ""))
    asked = _asked()
    return tuple(
        Found(place, pattern, not _is_anchored(names, asked))
        for place, pattern, names in sorted(found.values(), key=lambda entry: entry[0])
    )


def _is_anchored(names: set[tuple[str, str]], asked: Mapping[tuple[str, str], set[str]]) -> bool:
    """Whether every call of the name, in whatever module, is an anchored one."""
    methods = set[str]().union(*(asked.get(name, set()) for name in names))
    is_inside = any(not name for _, name in names)
    return bool(methods) and methods <= ANCHORED and not is_inside


def _modules() -> Iterator[str]:
    for module in pkgutil.walk_packages(builder.__path__, "builder."):
        if not module.name.endswith("__main__"):
            yield module.name


def _patterns(value: object, place: str, depth: int) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        yield place, value
    elif depth >= DEEPEST:
        return
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _patterns(key, f"{place}.key", depth + 1)
            yield from _patterns(inner, f"{place}[{key!r}]", depth + 1)
    elif isinstance(value, (tuple, list, set, frozenset)):
        for number, inner in enumerate(value):
            yield from _patterns(inner, f"{place}[{number}]", depth + 1)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            inner = getattr(value, field.name, None)
            yield from _patterns(inner, f"{place}.{field.name}", depth + 1)


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Each module's name and tree."""
    for root in map(Path, builder.__path__):
        for path in sorted(root.rglob("*.py")):
            parts = path.relative_to(root.parent).with_suffix("").parts
            name = ".".join(parts).removesuffix(".__init__")
            yield name, ast.parse(path.read_text("utf-8"))


@cache
def _asked() -> dict[tuple[str, str], set[str]]:
    """By module and name: the methods that a constant is asked by, `?` where it is handed on."""
    asked: dict[tuple[str, str], set[str]] = {}
    for module, tree in sources():
        calls: dict[int, ast.Call] = {}
        owners: dict[int, ast.Attribute] = {}
        for node in ast.walk(tree):  # what is around comes before what is inside
            if isinstance(node, ast.Call):
                calls[id(node.func)] = node
            elif isinstance(node, ast.Attribute):
                owners[id(node.value)] = node
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                owner = owners.get(id(node))
                call = calls.get(id(owner)) if owner else None
                asked.setdefault((module, node.id), set()).add(_method(owner, call))
    return asked


def _method(owner: ast.Attribute | None, call: ast.Call | None) -> str:
    """How a constant is used; `match` from a given place may be asked at every place."""
    if owner is not None and owner.attr in ("pattern", "flags", "groups"):
        return "fullmatch"
    if owner is None or call is None:
        return "?"
    is_somewhere = len(call.args) > 1 or call.keywords
    return "search" if owner.attr == "match" and is_somewhere else owner.attr


def _calls_in_functions() -> Iterator[tuple[str, ast.Call]]:
    """Where a function compiles or asks a pattern itself: its place, and the call."""
    for module, tree in sources():
        if not _imports_re(tree):
            continue
        for function in ast.walk(tree):
            if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                for node in ast.walk(function):
                    if isinstance(node, ast.Call) and _is_of_re(node.func):
                        yield f"{module}.{function.name}", node


def _imports_re(tree: ast.Module) -> bool:
    return any(isinstance(one, ast.Import) and one.names[0].name == "re" for one in ast.walk(tree))


def _is_of_re(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "re"
        and node.attr not in ("escape", "purge")
    )


def literals_in_functions() -> Iterator[tuple[str, str]]:
    """Patterns that are written out where they are asked: the function, the pattern."""
    for place, call in _calls_in_functions():
        first = call.args[0]
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield place, first.value


def made_in_functions() -> Iterator[str]:
    """Functions that put a pattern together."""
    for place, call in _calls_in_functions():
        if not isinstance(call.args[0], ast.Constant):
            yield place
