import hashlib
import json
import lzma

from builder.convert.figures import (
    FILE,
    FIRST_RECORD,
    OWN_WEIGHT,
    OWN_WORDS,
    PREFIX,
    REGIONS,
    decoded,
    encoded,
    figures,
    with_words,
)
from builder.convert.opencc import convert_lines
from tests.convert.figures_by_hand import LITTLE

PLANS = {("划", ""), ("划", "HK")}


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
            # A plan is 計畫 in Taiwan only.
            assert numbers == list(range(candidates.count)) or (character, region) in PLANS
    for word, cost in own.words.items():
        ambiguous = [character for character in word if character in own.candidates]
        assert cost == PREFIX or (cost >= FIRST_RECORD) == bool(ambiguous)
        assert len(word) < 3 or word[:2] in own.words
        if cost >= FIRST_RECORD:
            for _, pattern in own.records[cost - FIRST_RECORD]:
                assert len(pattern) == len(ambiguous)


def test_a_word_of_our_own_is_in_the_lexicon_and_speaks_in_its_contexts() -> None:
    own = with_words(LITTLE, ["头发里/头髮里"])
    assert own.records[own.words["头发里"] - FIRST_RECORD][0][1] == (1, 1)
    assert own.weights["发"][0]["头发里:1"] == OWN_WEIGHT
    assert own.words["头发"] == LITTLE.words["头发"]
    assert "头发里" not in LITTLE.words
    assert "头发里:1" not in LITTLE.weights["发"][0]
    against = with_words(LITTLE, ["发家/發家"])
    assert against.weights["发"][0]["发家:0"] == -OWN_WEIGHT


def test_surroundings_of_our_own_are_no_word_and_outweigh_words() -> None:
    own = with_words(LITTLE, ["发0/發0", "0发家/0髮家"])
    assert "发0" not in own.words
    assert own.weights["发"][0]["发0"] < -OWN_WEIGHT
    assert own.weights["发"][0]["0发家"] > OWN_WEIGHT


def test_every_word_of_our_own_is_one_word_in_both_scripts() -> None:
    lines = OWN_WORDS.read_text(encoding="utf-8").splitlines()
    pairs = [pair.split("/") for line in lines if line[0] != "#" for pair in line.split()]
    assert convert_lines([after for _, after in pairs], "tw2s") == [before for before, _ in pairs]
    assert len({before for before, _ in pairs}) == len(pairs)
    assert all(2 <= len(before) <= 4 for before, _ in pairs)
