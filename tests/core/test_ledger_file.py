"""A ledger survives being written, and nothing else passes for one."""

import contextlib
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.core.explanation import explain
from builder.core.ledger import Edit, Layer, Ledger, Move, replay
from builder.core.ledger_file import (
    MAGIC,
    LedgerFile,
    LedgerSource,
    NotALedger,
    dump,
    load,
)

SOURCE = "　　第一章 灯下\n　　他说...好。①\n　　①灯：船灯。\n"
EDITS = [
    Layer.of("normalize", [Edit("N012", at, at + 2, "　　", "") for at in (0, 9, 20)]),
    Layer.of("normalize", [Edit("N030", 9, 12, "...", "……")]),
    Layer.of(
        "structure",
        [
            Edit("S007", 13, 14, "①", ""),
            Edit("S008", 15, 22, "①灯：船灯。\n", ""),
            Edit("S008", 22, 22, "", "灯：船灯。"),
        ],
        [Move(16, 21, 14)],
    ),
]


def ledger_file() -> LedgerFile:
    return LedgerFile(
        Ledger().then(*EDITS),
        (LedgerSource("01.txt", 0, len(SOURCE), "utf-8", "ab" * 32, (0, 9, 20)),),
        "0.1.0",
    )


def test_a_ledger_is_read_back_as_it_was() -> None:
    assert load(dump(ledger_file())) == ledger_file()
    assert dump(ledger_file()) == dump(ledger_file())


@given(st.lists(st.tuples(st.text(max_size=3), st.text(max_size=3)), max_size=20))
def test_any_text_survives_lone_surrogates_too(pairs: list[tuple[str, str]]) -> None:
    edits, at = [], 0
    for before, after in [*pairs, ("\udc81", "\ufffd")]:
        edits.append(Edit("R101", at, at + len(before), before, after))
        at += len(before) + 1
    file = LedgerFile(Ledger().then(Layer.of("read", edits)), ())
    assert load(dump(file)) == file


@given(st.binary(max_size=200))
def test_other_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(NotALedger):
        load(content)
    with pytest.raises(NotALedger):
        load(MAGIC + content)


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_damaged_ledger_is_refused_or_still_whole(place: int, value: int) -> None:
    block = bytearray(zlib.decompress(dump(ledger_file())[len(MAGIC) :]))
    block[place % len(block)] = value
    with contextlib.suppress(NotALedger):
        load(MAGIC + zlib.compress(bytes(block)))


def test_a_cut_ledger_is_refused() -> None:
    content = dump(ledger_file())
    with pytest.raises(NotALedger):
        load(content[:-9])


def test_the_ledger_of_these_tests_is_sound() -> None:
    assert ledger_file().ledger.replay(SOURCE) == "第一章 灯下\n他说……好。\n灯：船灯。"


def test_lines_are_found_by_number() -> None:
    source = ledger_file().sources[0]
    assert source.line_span(2) == (9, 20)
    assert source.line_span(3) == (20, len(SOURCE))
    assert source.line_span(4) is None
    assert source.line_span(0) is None
    assert [source.line_at(at) for at in (0, 8, 9, 25)] == [1, 1, 2, 3]


def test_a_source_is_found_by_the_end_of_its_path() -> None:
    sources = tuple(
        LedgerSource(path, 0, 0, "utf-8", "", (0,)) for path in ("a/01.txt", "b/01.txt", "02.txt")
    )
    file = LedgerFile(Ledger(), sources)
    assert file.source("a/01.txt") is sources[0]
    assert file.source("02.txt") is sources[2]
    assert file.source("01.txt") is None
    assert file.source("no.txt") is None


def test_a_line_is_followed_through_every_layer() -> None:
    ledger = Ledger().then(*EDITS[:2])
    told = explain(ledger, 9, SOURCE[9:19])
    assert told.after == "他说……好。①"
    assert [step.edit.rule for step in told.steps] == ["N012", "N030"]
    assert told.steps[1].context == "他说...好。①"


def test_a_moved_note_is_followed_to_its_place() -> None:
    text = "正文①\n①注\n下文"
    layer = Layer.of(
        "structure",
        [Edit("S008", 4, 7, "①注\n", ""), Edit("S008", 9, 9, "", "\n①注")],
        [Move(4, 6, 7)],
    )
    later = Layer.of("convert", [Edit("C101", 8, 9, "注", "註")])
    assert replay(replay(text, layer), later) == "正文①\n下文\n①註"
    told = explain(Ledger().then(layer, later), 4, "①注")
    assert told.after == "①註"


def test_a_removed_line_leaves_nothing() -> None:
    layer = Layer.of("normalize", [Edit("N201", 3, 10, "求月票求月票！", "")])
    told = explain(Ledger().then(layer), 3, "求月票求月票！")
    assert told.after == ""
    assert [step.edit.rule for step in told.steps] == ["N201"]


def test_an_edit_over_the_line_s_end_counts_with_its_part_inside() -> None:
    layer = Layer.of("normalize", [Edit("N040", 2, 5, "。\n　", "。")])
    told = explain(Ledger().then(layer), 0, "天地。\n")
    assert told.after == "天地。"


def test_a_megabyte_of_edits_stays_small(tmp_path: Path) -> None:
    edits = [Edit("N012", at * 40, at * 40 + 2, "　　", "") for at in range(20_000)]
    assert len(dump(LedgerFile(Ledger().then(Layer.of("normalize", edits)), ()))) < 20_000


def test_text_inserted_before_a_line_does_not_shift_what_follows() -> None:
    titled = Layer.of("structure", [Edit("S003", 0, 0, "", "第一章\n")])
    turned = Layer.of("convert", [Edit("C101", 4, 5, "头", "頭")])
    told = explain(Ledger().then(titled, turned), 0, "头发")
    assert told.after == "第一章\n頭发"


@given(st.data())
def test_a_whole_text_explained_is_the_text_replayed(data: st.DataObject) -> None:
    text = data.draw(st.text("天地玄黄，\n", min_size=1, max_size=30))
    ledger = Ledger()
    current = text
    for stage in ("read", "normalize", "structure"):
        cuts = sorted(data.draw(st.lists(st.integers(0, len(current)), max_size=6)))
        edits = [
            Edit("N001", a, b, current[a:b], data.draw(st.text("甲乙", max_size=2)))
            for a, b in zip(cuts[::2], cuts[1::2], strict=False)
        ]
        layer = Layer.of(stage, edits)
        ledger = ledger.then(layer)
        current = replay(current, layer)
    if not any(edit.start == len(text) for layer in ledger.layers for edit in layer):
        told = explain(ledger, 0, text).after
        assert current.startswith(told)
        assert len(current) - len(told) <= 6
