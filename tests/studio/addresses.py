"""Every address that the server knows, found in its own routes: a new one is tried with the rest."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route

from builder.studio import prepare


@dataclass(frozen=True, slots=True)
class Address:
    """A path with its parameters as `{id}`, and the methods that it takes."""

    path: str
    methods: frozenset[str]

    def filled(self, values: Mapping[str, str]) -> str:
        """The path with values for its parameters; what has none is called `x`."""
        parts = (part.partition("}") for part in self.path.split("{"))
        first, *rest = parts
        named = (f"{values.get(name.partition(':')[0], 'x')}{after}" for name, _, after in rest)
        return "".join([first[0], *named])


def all_addresses() -> tuple[Address, ...]:
    """The addresses of a server with a studio."""
    made: list[Starlette] = []

    def recorded(**given: object) -> Starlette:
        made.append(Starlette(**given))  # type: ignore[arg-type]  # passed on as it came
        return made[-1]

    with tempfile.TemporaryDirectory() as name, patch("builder.studio.server.Starlette", recorded):
        prepare(Path(name), port=0, state=Path(name)).listening.close()
    (app,) = made
    return tuple(_within(app.routes, ""))


def _within(routes: Iterable[BaseRoute], before: str) -> Iterator[Address]:
    for route in routes:
        match route:
            case Route():
                yield Address(before + route.path, frozenset(route.methods or ()))
            case Mount() if route.routes:
                yield from _within(route.routes, before + route.path)
            case Mount():
                yield Address(f"{before}{route.path}/{{name:path}}", frozenset({"GET", "HEAD"}))
            case _:
                raise TypeError(route)
