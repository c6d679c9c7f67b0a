"""`python -m benchmarks`: every measurement, one after another, as `make bench` runs them."""

import importlib
import sys

# Name and arguments; each module has a `main` that reads `sys.argv`.
RUNS = (
    ("benchmarks.start", ()),
    ("benchmarks.speed", ()),
    ("benchmarks.chapters", ("--mix", "standard", "--seeds", "20")),
    ("benchmarks.chapters", ("--mix", "hard", "--seeds", "20")),
    ("benchmarks.chapters", ("--real",)),
    ("benchmarks.encodings", ()),
    ("benchmarks.conversion", ("--worst", "10")),
    ("benchmarks.pdf", ()),
)


def main() -> None:
    for name, arguments in RUNS:
        print(f"\n== {name.removeprefix('benchmarks.')} {' '.join(arguments)}", flush=True)
        sys.argv = [name, *arguments]
        module = importlib.import_module(name)
        if hasattr(module, "__path__"):
            module = importlib.import_module(f"{name}.__main__")
        module.main()


if __name__ == "__main__":
    main()
