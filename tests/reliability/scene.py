"""A book, the commands that write something of it, and the laws that hold when one of them fails.

Every command has been run before on an older text, so there is something to lose. Whatever goes
wrong then: it says so with a code and an exit code of its own, without a traceback; each file is
the old one or the new one, whole; no draft is left; and the next run makes what a run that was
never disturbed makes.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

ROOT = Path(__file__).resolve().parents[2]
OLD = "第一章 灯下\n\n　　雨停的时候，老何才把船灯点上。\n\n第二章 对岸\n\n　　天亮以前，他数到第十二下。\n"
NEW = OLD.replace("第十二下", "第十三下，于先生还没有来，头发也没有干")
SETTINGS = '[book]\ntitle = "渡口"\n'
# A code of the catalogue, at the end of a line of the console: [B010]; error B010.
CODE = re.compile(r"\b[A-Z]\d{3}\b")
# Example: <updated>2026-01-01T00:00:00Z</updated>. Counter-example: <dcterms:modified>.
WHEN = re.compile(rb"<updated>[^<]{20,30}</updated>")
# Rows of the report that `convert --report` writes, as a person answers them.
ANSWERS_HEAD = "character\tmistakes\twords\tplaces\tbecame\tcorrect\tcandidates\tcontext1\tcontext2\tcontext3\n"
ANSWER = "{word}\t0.1\t{word}\t1\t{word}\t{answer}\t{answer}\t\t\t\n"
ANSWERS = (("船灯", "船燈"), ("于先生", "於先生"))
USAGE_ERROR, CRASH = 2, 1


@dataclass(frozen=True, slots=True)
class Command:
    """`arguments` after `builder`, in a folder with book/, books/, book.txt, book.pdf, answers.tsv
    and out/.
    """

    name: str
    arguments: tuple[str, ...]
    is_together: bool = False  # all its files are new, or all are old
    is_new: bool = False  # it writes where nothing stands, and refuses to do so twice


COMMANDS = (
    Command(
        "build",
        ("build", "book", "--to", "zh-Hant", "--format", "epub,pdf,txt", "--out", "out"),
        is_together=True,
    ),
    Command("convert --report", ("convert", "book.txt", "--to", "zh-Hant", "--report", "out/words.tsv", "--force")),
    Command("convert --accept", ("convert", "book.txt", "--accept", "answers.tsv", "--glossary", "out/names.tsv")),
    Command("inspect --plan", ("inspect", "book", "--plan", "out/plan.toml", "--html", "out/page.html", "--force"), is_together=True),
    Command("cover", ("cover", "book", "--out", "out/cover.jpg", "--force")),
    Command("cover --wrap", ("cover", "book", "--wrap", "--pages", "200", "--out", "out/wrap.pdf", "--force")),
    Command("preview", ("preview", "book.pdf", "--out", "out/pages.png", "--force")),
    Command("impose", ("impose", "book.pdf", "--out", "out/sheets.pdf"), is_together=True),
    Command("new", ("new", "out/fresh"), is_together=True, is_new=True),
    Command("send", ("send", "book.txt", "--to", "out", "--format", "txt")),
    Command("shelf build", ("shelf", "build", "books", "--out", "out", "--jobs", "1", "--format", "txt")),
    Command("shelf build --jobs 2", ("shelf", "build", "books", "--out", "out", "--jobs", "2", "--format", "txt")),
)  # fmt: skip
BUILD, CONVERT, SEND, SHELF, SHELF_OF_TWO = (
    next(one for one in COMMANDS if one.name == name)
    for name in ("build", "convert --report", "send", "shelf build", "shelf build --jobs 2")
)
# Commands that write nothing; each is run on a scene, which stays as it is.
READING = (
    Command("check", ("check", "book.pdf")),
    Command("devices", ("devices", "--in", "out")),
    Command("fonts", ("fonts", "book")),
    Command("themes", ("themes",)),
    Command("why", ("why", "book", "01.txt:3")),
)
# What is written by a server, its uploads and jobs, fails in tests/studio.
SERVING = frozenset({"serve"})
# Options that name a file or folder which is only read, or where others are looked for.
NAMED_TO_BE_READ = frozenset({
    "check --against", "check --cover-of", "cover --interior", "send --in", "devices --in",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended."""

    code: int
    said: str


def lay_out(folder: Path, text: str) -> None:
    """The book of this text, as a folder, a file, and a folder of books, in `folder`."""
    for place in ("book", "books/book"):
        (folder / place).mkdir(parents=True, exist_ok=True)
        (folder / place / "book.toml").write_text(SETTINGS, "utf-8")
        (folder / place / "01.txt").write_text(text, "utf-8")
    (folder / "book.txt").write_text(text, "utf-8")
    with pikepdf.new() as pdf:
        for _ in range(len(text) // 10):
            pdf.add_blank_page(page_size=(420, 595))
        pdf.save(folder / "book.pdf", deterministic_id=True)
    answers = "".join(
        ANSWER.format(word=word, answer=answer) for word, answer in ANSWERS if word in text
    )
    (folder / "answers.tsv").write_text(ANSWERS_HEAD + answers, "utf-8")


def run(
    command: Command,
    folder: Path,
    *,
    before: Sequence[str] = (),
    environment: Mapping[str, str | None] | None = None,
    limit_s: float = 120.0,
) -> Outcome:
    """Run a command in `folder`; `before` are words before it, such as those of a tracer."""
    words = [*before, sys.executable, "-m", "builder", *command.arguments]
    done = subprocess.run(
        words,
        cwd=folder,
        env=surroundings(folder, environment or {}),
        capture_output=True,
        timeout=limit_s,
        check=False,
    )
    return Outcome(done.returncode, (done.stderr + done.stdout).decode("utf-8", "replace"))


def surroundings(folder: Path, changes: Mapping[str, str | None]) -> dict[str, str]:
    """The environment of a command; a change to None takes a name away."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BUILDER_")}
    kept |= {
        "PYTHONPATH": str(ROOT),
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "BUILDER_LANG": "en",
        "NO_COLOR": "1",
        "COLUMNS": "200",
    }
    return {name: value for name, value in (kept | dict(changes)).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Scene:
    """A command, what stood in out/ before it, and what an undisturbed run leaves there.

    Both are digests by path; `folder` has the new text and the old results.
    """

    command: Command
    folder: Path
    old: Mapping[str, str]
    new: Mapping[str, str]

    @classmethod
    def of(cls, command: Command, folder: Path) -> "Scene":
        """Runs the command twice: on the old text, and elsewhere on the new one."""
        lay_out(folder / "work", OLD)
        (folder / "work" / "out").mkdir()
        if not command.is_new:
            first = run(command, folder / "work")
            assert first.code == 0, first.said
        shutil.copytree(folder / "work", folder / "after")
        lay_out(folder / "work", NEW)
        lay_out(folder / "after", NEW)
        second = run(command, folder / "after")
        assert second.code == 0, second.said
        shutil.copytree(folder / "work", folder / "kept")
        return cls(command, folder / "work", digests(folder / "work"), digests(folder / "after"))

    def restore(self) -> None:
        """Put the old results back."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.folder.parent / "kept", self.folder)

    def broken(self, outcome: Outcome, *, is_killed: bool = False) -> Iterator[str]:
        """The laws that a run broke, in words."""
        now = digests(self.folder)
        if not is_killed:
            yield from self._manners(outcome)
            yield from (f"a draft is left: {path}" for path in now if is_draft(path))
        seen = {path: digest for path, digest in now.items() if not is_draft(path)}
        for path in self.old.keys() | seen.keys():
            if seen.get(path) not in {self.old.get(path), self.new.get(path)}:
                yield f"{path} is neither the old file nor the new one"
        if self.command.is_together and outcome.code and not is_killed and seen != dict(self.old):
            yield "some files are new though the command failed"

    def _manners(self, outcome: Outcome) -> Iterator[str]:
        if "Traceback (most recent call last)" in outcome.said:
            yield f"a traceback: {outcome.said[-300:]}"
        if outcome.code in {CRASH, USAGE_ERROR} or outcome.code < 0:
            yield f"exit code {outcome.code}: {outcome.said[-300:]}"
        if outcome.code and not CODE.search(outcome.said):
            yield f"no code in what it said: {outcome.said[-300:]}"

    def recovers(self) -> Iterator[str]:
        """What is wrong after one more run, undisturbed."""
        if self.command.is_new and digests(self.folder) == dict(self.new):
            return
        outcome = run(self.command, self.folder)
        if outcome.code:
            yield f"the next run failed: {outcome.said[-300:]}"
        elif digests(self.folder) != dict(self.new):
            yield "the next run left something else than an undisturbed one"


def digests(folder: Path) -> dict[str, str]:
    """A digest of each file in out/ that a reader would see or a draft could be; when a catalogue
    was written is left out.
    """
    out = folder / "out"
    return {
        str(path.relative_to(out)): hashlib.sha256(WHEN.sub(b"", path.read_bytes())).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".shelf" not in path.relative_to(out).parts[:-1]
    }


def is_draft(path: str) -> bool:
    return path.endswith(".part")
