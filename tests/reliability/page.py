"""docs/reliability.md, from the rows of all parts."""

from collections.abc import Mapping, Sequence

from tests.reliability.record import Row

HEAD = """# What was tried to break it

`python -m tests.reliability` tries all of this anew and writes this page; `--only faults` one part of it. Where
something could not be tried, the page says so and why. What the limits are, and what to do when a text is over one:
[limits](limits.md). Who could want to do harm, and what stands against it: [SECURITY.md](../SECURITY.md).
"""
AREAS = {
    "input": (
        "Hostile input",
        ("Mutated texts, archives, settings, pictures and style sheets. The law: no exception but our own, each with its "
         "code; no more than 10 seconds and 1 GB for an input; nothing outside of the output folder is touched."),
    ),
    "fetching": (
        "Fetching",
        ("Books that ask for something elsewhere, in every way we know. The law: a listening socket stays silent, a "
         "secret file appears in no output, and the refusal is reported."),
    ),
    "server": (
        "The studio and the catalogue under attack",
        ("On loopback, by a process that means harm. The law: every answer is one the documentation names, memory and "
         "files stay within their limits, no stranger sees a book, well-behaved users are served meanwhile, and when it is "
         "over no file, connection, draft or traceback is left. Addresses are found in the server's own routes."),
    ),
    "faults": (
        "A disk that is full or broken",
        ("Every call with which a command creates, fills, syncs or renames a result fails once; and drives that "
         "are really too small. The law: an exit code and a sentence with a code, no traceback; every file is the old one "
         "or the new one, whole, and those of one build are all old unless a rename itself failed; no draft is left."),
    ),
    "kills": (
        "Pulled plugs",
        ("SIGKILL at random moments. The law: every file is the old one or the new one, whole; the next run makes what a "
         "run that was never disturbed makes, and leaves nothing else. After SIGTERM, SIGHUP and Ctrl-C no draft and no "
         "child process is left either, a sentence says so (B098), and the exit code is the shell's."),
    ),
    "clocks": (
        "Clocks that are wrong, or set meanwhile",
        ("An hour or a year forward or back, to 1970: before a command, in the middle of it, between two. The law: nothing "
         "hangs, nothing is lost, what has changed is never taken for unchanged, and the results are those of a right clock."),
    ),
    "surroundings": (
        "Machines as they are",
        ("The law: the results are byte for byte what they are elsewhere, or an exit code and a sentence say what is missing."),
    ),
}  # fmt: skip


def page(rows: Sequence[Row], stamps: Mapping[str, str]) -> str:
    """The whole page; `stamps` say of each area when, on what and by which command."""
    tried, failed = sum(row.inputs for row in rows), sum(row.failures for row in rows)
    lost = "Nothing was lost." if not failed else f"**{failed:,} times a law was broken.**"
    parts = [HEAD, f"{tried:,} trials. {lost}\n"]
    for area, (title, about) in AREAS.items():
        if chosen := [row for row in rows if row.area == area]:
            parts.append(_area(title, about, chosen, stamps.get(area, "")))
    return "\n".join(parts)


def _area(title: str, about: str, rows: Sequence[Row], stamp: str) -> str:
    remarks = any(row.remark for row in rows)
    memory = any(row.peak_mb for row in rows)
    head = ["what", "tried", "broken", "seconds", *(["peak MB"] if memory else []), *([""] if remarks else [])]  # fmt: skip
    lines = [
        "| " + " | ".join(head) + " |",
        "|---|" + "--:|" * (3 + memory) + ("---|" if remarks else ""),
    ]
    for row in rows:
        cells = [row.what, f"{row.inputs:,}", f"{row.failures:,}", f"{row.seconds:,.0f}"]
        cells += [f"{row.peak_mb:,.0f}" if row.peak_mb else "–"] if memory else []
        cells += [row.remark] if remarks else []
        lines.append("| " + " | ".join(cells) + " |")
    total = sum(row.inputs for row in rows)
    after = f"\n{total:,} in all. {stamp}".rstrip() + "\n"
    return f"## {title}\n\n{about}\n\n" + "\n".join(lines) + "\n" + after
