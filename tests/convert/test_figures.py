import hashlib
import json
import lzma

from builder.convert.figures import (
    FILE,
    FIRST_RECORD,
    PREFIX,
    REGIONS,
    decoded,
    encoded,
    figures,
)
from tests.convert.figures_by_hand import LITTLE


def test_what_is_encoded_is_decoded() -> None:
    assert decoded(encoded(LITTLE, ["from nowhere"])) == LITTLE


def test_the_same_figures_have_the_same_bytes() -> None:
    digests = {hashlib.sha256(encoded(LITTLE, ["from nowhere"])).hexdigest() for _ in range(2)}
    assert len(digests) == 1


def test_the_file_is_small_and_names_its_sources() -> None:
    content = FILE.read_bytes()
    assert len(content) < 3_000_000
    notice = " ".join(json.loads(lzma.decompress(content).split(b"\n", 1)[0])["notice"])
    for name in ("rime-essay", "LGPL-3.0", "libchewing", "LGPL-2.1", "OpenCC", "Apache-2.0"):
        assert name in notice
    beside = FILE.with_name("figures.NOTICE.md").read_text(encoding="utf-8")
    assert "rime-essay" in beside


def test_the_files_parts_fit_each_other() -> None:
    own = figures()
    assert set(own.weights) == set(own.candidates)
    for character, candidates in own.candidates.items():
        assert {len(candidates.forms[region]) for region in REGIONS} == {candidates.count}
        assert len(own.weights[character]) == candidates.count - 1
        for region in REGIONS:
            numbers = [candidates.members[form] for form in candidates.forms[region]]
            assert numbers == list(range(candidates.count))
    for word, cost in own.words.items():
        ambiguous = [character for character in word if character in own.candidates]
        assert cost == PREFIX or (cost >= FIRST_RECORD) == bool(ambiguous)
        assert len(word) < 3 or word[:2] in own.words
        if cost >= FIRST_RECORD:
            for _, pattern in own.records[cost - FIRST_RECORD]:
                assert len(pattern) == len(ambiguous)
