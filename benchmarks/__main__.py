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
)


def main() -> None:
    for name, arguments in RUNS:
        print(f"\n== {name.removeprefix('benchmarks.')} {' '.join(arguments)}", flush=True)
        sys.argv = [name, *arguments]
        module = importlib.import_module(f"{name}.__main__" if name.endswith("chapters") else name)
        module.main()


if __name__ == "__main__":
    main()
