"""Text to bytes, a few of them broken."""

import re
from random import Random

from benchmarks.chapters.mixes import Mix, draw
from benchmarks.chapters.writer import Writer

HAN = re.compile("[\u4e00-\u9fff]")
CLEAR_OF_THE_EDGES = 6
BOMS = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16": b"\xff\xfe"}
INNER = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}


def encoded(writer: Writer, random: Random, mix: Mix) -> tuple[bytes, str, frozenset[int]]:
    """The bytes, the encoding and the paragraphs that got a broken byte.

    An encoding that cannot say the text gives way to GB18030.
    """
    encoding = draw(random, mix.encodings)
    text = writer.text
    try:
        text.encode(INNER.get(encoding, encoding))
    except UnicodeEncodeError:
        encoding = "gb18030"
    inner = INNER.get(encoding, encoding)
    lines = text.split("\n")
    damaged: set[int] = set()
    raw = [line.encode(inner) for line in lines]
    if encoding != "utf-16":
        for number in _lines_to_break(writer, lines, random, mix.broken):
            words = lines[number - 1]
            places = [
                m.start()
                for m in HAN.finditer(words, CLEAR_OF_THE_EDGES, len(words) - CLEAR_OF_THE_EDGES)
            ]
            place = len(words[: random.choice(places)].encode(inner)) + 1
            raw[number - 1] = raw[number - 1][:place] + b"\xff" + raw[number - 1][place + 1 :]
            damaged.add(writer.story_lines[number])
    return BOMS.get(encoding, b"") + "\n".encode(inner).join(raw), encoding, frozenset(damaged)


def _lines_to_break(writer: Writer, lines: list[str], random: Random, count: int) -> list[int]:
    fit = [
        number
        for number in writer.story_lines
        if number not in writer.ad_lines
        and len(HAN.findall(lines[number - 1][CLEAR_OF_THE_EDGES:-CLEAR_OF_THE_EDGES])) > 3
    ]
    return random.sample(fit, min(count, len(fit)))
