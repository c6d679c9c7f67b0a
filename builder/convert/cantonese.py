"""Cantonese as it is spoken: 系 is "to be", 係; 晒 and 吓 are particles and stay as they are.

OpenCC and the model know the written language, where 系 is a department or to tie, 晒 is what the
sun does and 吓 is to frighten. In Hong Kong's news, novels and forums people speak otherwise, and a
sentence in which they do has characters that the written language does not have.
"""

import re
from collections.abc import Iterator, Sequence

from builder.convert.choice import Choice
from builder.convert.names_data import side_of

RULE = "C108"

# Example: 佢唔系呢度. Counter-example: 唔，我知道了 (a hum).
_SPOKEN = re.compile("[嘅咗喺佢啲嚟冇哋嗰嘢㗎喎嘞噉攞睇咁]|点解|倾偈|唔(?=[\u3400-\u9fff])")
# Who speaks, speaks one language till the quotation ends.
_SPEECH = re.compile("[^「」『』“”]+")
_CHARACTER = re.compile("[系晒吓]")
FORMS = {"系": "係", "晒": "晒", "吓": "吓"}
# With these before or behind, it is the word of the written language.
_BEFORE = {
    "系": frozenset("关体联维派星水根谱科院语母父直嫡旁世色学河阳文商法医理工干确佛"),
    "晒": frozenset("日曝晾"),
    "吓": frozenset("惊恐受威"),
}
_BEHIND = {
    "系": frozenset("统列数主谱族所紧住着上绳带"),
    "晒": frozenset("太衫衣被谷干相伤黑命月"),
    "吓": frozenset("亲死人到倒一坏唬跑醒怕窒"),
}
# In nats: as sure as a word that is ours.
MARGIN = 6.0


def spoken(lines: Sequence[str], converted: Sequence[str]) -> Iterator[Choice]:
    """The places of Cantonese sentences at which `converted` has another form; in order."""
    for number, (line, now) in enumerate(zip(lines, converted, strict=True)):
        if len(line) != len(now) or not _CHARACTER.search(line):
            continue
        for speech in _SPEECH.finditer(line):
            if not _SPOKEN.search(line, *speech.span()):
                continue
            for match in _CHARACTER.finditer(line, *speech.span()):
                at, source = match.start(), match.group()
                if now[at] != FORMS[source] and not _is_written(line, at):
                    yield Choice(number, at, source, now[at], FORMS[source], RULE, MARGIN)


def _is_written(line: str, at: int) -> bool:
    source = line[at]
    return side_of(line, at - 1) in _BEFORE[source] or side_of(line, at + 1) in _BEHIND[source]
