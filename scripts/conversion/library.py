"""More books to learn from than a corpus has: novels in the public domain, from public clones.

    python -m scripts.conversion.library CLONES OUTPUT

`library.tsv` names them: a repository and its commit, a file in it, the file's encoding. CLONES is
a folder with a git directory `owner+name` for each repository. What is written to OUTPUT goes to
`python -m scripts.conversion` as one more `--corpus`.
"""

import argparse
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).with_name("library.tsv")
_HAN = re.compile("[\u3400-\u9fff]")
# Example: *** START OF THE PROJECT GUTENBERG EBOOK. Counter-example: ＊＊＊.
_START = re.compile(r"\*\*\* ?START OF[^\n]*\n")
_END = re.compile(r"\*\*\* ?END OF")
# How a paragraph ends. Example: 。 Counter-example: ，
_FULL_STOP = re.compile("[。！？」』：…]$")


@dataclass(frozen=True, slots=True)
class Work:
    """A book as `path` of `repository` (owner/name) at `commit`; hard-wrapped or not."""

    name: str
    repository: str
    commit: str
    path: str
    encoding: str

    @property
    def is_wrapped(self) -> bool:
        return self.encoding == "utf-8"


def works() -> Iterator[Work]:
    """The lines of the list; # begins a remark."""
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield Work(*line.split("\t"))


def text_of(work: Work, content: bytes) -> str:
    """The book's paragraphs, a line each, without what its publisher says of it."""
    text = content.decode(work.encoding, "replace").replace("\r", "")
    start, end = _START.search(text), _END.search(text)
    text = text[start.end() if start else 0 : end.start() if end else len(text)]
    lines = [line.strip() for line in text.split("\n")]
    lines = list(unwrapped(lines)) if work.is_wrapped else lines
    kept = [line for line in lines if _HAN.search(line) and "\N{REPLACEMENT CHARACTER}" not in line]
    return "\n".join(kept) + "\n"


def unwrapped(lines: list[str]) -> Iterator[str]:
    """Paragraphs, of lines that go on until one is empty or ends a sentence."""
    parts: list[str] = []
    for line in [*lines, ""]:
        parts.append(line)
        if not line or _FULL_STOP.search(line):
            yield "".join(parts)
            parts = []


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("clones", type=Path)
    parser.add_argument("output", type=Path)
    given = parser.parse_args()
    given.output.mkdir(parents=True, exist_ok=True)
    for work in works():
        folder = given.clones / work.repository.replace("/", "+")
        content = subprocess.run(
            ["git", "--git-dir", folder, "show", f"{work.commit}:{work.path}"],
            check=True,
            capture_output=True,
        ).stdout
        text = text_of(work, content)
        (given.output / f"{work.name}_t.txt").write_text(text, encoding="utf-8")
        print(f"{work.name}\t{len(_HAN.findall(text))}", flush=True)


if __name__ == "__main__":
    main()
