"""Inputs of one kind in this process, until libFuzzer ends it.

    python -m tests.fuzz.leading KIND CORPUS [-OPTION …]

It is led by what is instrumented: these rooms of builder, which therefore come first.
"""

import sys
from importlib import import_module
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("core", "read", "normalize", "structure", "convert", "compose", "settings", "pipeline")


def _instrument() -> None:
    """Import the rooms with a counter at every branch."""
    files = [
        file
        for room in ROOMS
        for place in (ROOT / "builder" / room, ROOT / "builder" / f"{room}.py")
        for file in (place, *sorted(place.rglob("*.py")))
        if file.suffix == ".py" and file.is_file()
    ]
    with atheris.instrument_imports(include=["builder"]):
        for file in files:
            parts = file.relative_to(ROOT).with_suffix("").parts
            import_module(".".join(part for part in parts if part != "__init__"))


def main() -> None:
    """Never returns: libFuzzer ends the process, with 0 when nothing failed."""
    _instrument()
    # Only now: what these need of builder has its counters.
    from tests.fuzz.kinds import case_of
    from tests.fuzz.world import new_world

    kind, *given = sys.argv[1:]
    with new_world() as world:

        def try_one(content: bytes) -> None:
            verdict = world.try_case(case_of(kind, content))
            if verdict.failure:
                raise AssertionError(verdict.failure)

        atheris.Setup([sys.argv[0], *given], try_one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
