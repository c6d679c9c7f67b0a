"""Requests that two readers would understand in two ways, or that cost much to read."""

import time
from pathlib import Path

import pytest

from builder.studio.spelling import FREE_CHUNKS, MOST_HEADER_BYTES, MOST_HEADERS, refusal
from tests.studio.shelves import served
from tests.studio.wires import head, opened, said, status

LENGTH, CHUNKED = (b"content-length", b"4"), (b"transfer-encoding", b"chunked")


@pytest.mark.parametrize(
    ("headers", "version", "expected"),
    [
        ([LENGTH], "1.1", 0),
        ([CHUNKED], "1.1", 0),
        ([CHUNKED, LENGTH], "1.1", 400),
        ([LENGTH, CHUNKED], "1.1", 400),
        ([CHUNKED], "1.0", 400),
        ([(b"a", b"b")] * MOST_HEADERS, "1.1", 0),
        ([(b"a", b"b")] * (MOST_HEADERS + 1), "1.1", 431),
        ([(b"a", b"b" * MOST_HEADER_BYTES)], "1.1", 431),
    ],
)
def test_a_request_is_spelt_in_one_way_only(
    headers: list[tuple[bytes, bytes]], version: str, expected: int
) -> None:
    assert refusal(headers, version) == expected


def test_what_hides_behind_a_body_of_two_lengths_is_no_request(root: str) -> None:
    hidden = head(root, "GET", "/nothing")
    smuggled = head(root, "POST", "/studio/api/books", "Content-Length: 5", "Transfer-Encoding: chunked")  # fmt: skip
    told = said(root, smuggled + b"0\r\n\r\n" + hidden)
    assert told.count(b"HTTP/1.1") == 1
    assert told.startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "lines",
    [
        ("Content-Length: 2", "Content-Length: 3"), ("Content-Length: +2",), ("Content-Length: 1_0",),
        ("Content-Length: " + "9" * 5_000,), ("Transfer-Encoding: gzip, chunked",),
        ("Transfer-Encoding: xchunked",), ("Transfer-Encoding : chunked",),
        ("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"), ("X-A: a\rContent-Length: 2",),
        ("X-A: a\0b",), ("Host: evil.example",),
    ],
)  # fmt: skip
def test_what_is_spelt_wrongly_is_refused_with_the_headers_of_every_answer(
    root: str, lines: tuple[str, ...]
) -> None:
    told = said(root, head(root, "POST", "/studio/api/books", *lines) + b"{}x")
    assert told.startswith(b"HTTP/1.1 400")
    assert b"frame-ancestors 'none'" in told
    assert b"nosniff" in told


@pytest.mark.parametrize(
    "host",
    ["evil.example", "[::1", "[::1]@evil.example", "localhost:@evil.example", "localhost:80:80", 'localhost:"', "localhost.evil.example", "", "127.0.0.1:999999"],
)  # fmt: skip
def test_a_host_that_is_not_ours_to_the_letter_is_refused(root: str, host: str) -> None:
    for path in ("/opds/", "/studio/api/code.svg", "/studio/api/books"):
        assert said(root, head(root, "GET", path, host=host or " ")).startswith(b"HTTP/1.1 421")


@pytest.mark.parametrize("host", ["127.0.0.1", "LOCALHOST:80", "[::1]:8080", "localhost"])
def test_the_names_of_this_machine_are_its_own(root: str, host: str) -> None:
    assert said(root, head(root, "GET", "/opds/", host=host)).startswith(b"HTTP/1.1 200")


def test_a_body_in_crumbs_is_refused_and_keeps_nobody_waiting(root: str) -> None:
    crumbs = head(root, "POST", "/studio/api/books", "X-Builder: 1", "Transfer-Encoding: chunked")
    crumbs += b"1\r\n \r\n" * (FREE_CHUNKS * 20)
    begun = time.process_time()
    for _ in range(10):
        assert said(root, crumbs).startswith(b"HTTP/1.1 400")
    # Reading them all takes seconds for each.
    assert time.process_time() - begun < 8


def test_a_body_in_chunks_as_clients_send_them_is_read(root: str) -> None:
    few = head(root, "POST", "/studio/api/books", "X-Builder: 1", "Transfer-Encoding: chunked")
    few += b"1\r\n \r\n" * (FREE_CHUNKS - 10) + b"2;a=b\r\n{}\r\n0\r\n\r\n"
    assert said(root, few).startswith(b"HTTP/1.1 201")
    large = head(root, "POST", "/studio/api/books", "X-Builder: 1", "Transfer-Encoding: chunked")
    large += (b"200\r\n" + b" " * 512 + b"\r\n") * (FREE_CHUNKS * 3) + b"2\r\n{}\r\n0\r\n\r\n"
    assert said(root, large).startswith(b"HTTP/1.1 201")


def test_rubbish_behind_what_is_being_answered_is_no_fault_of_the_server(
    root: str, caplog: pytest.LogCaptureFixture
) -> None:
    rubbish = head(root, "POST", "/nothing", "Transfer-Encoding: chunked")
    with opened(root, rubbish) as client:
        assert status(client) == 404
        time.sleep(0.1)
        client.sendall(b"zz\r\n" * 10)
        time.sleep(0.3)
    assert not [one for one in caplog.records if one.exc_info]


def test_noise_is_not_told_to_whoever_started_the_server(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with served(tmp_path) as root:
        said(root, b"\x16\x03\x01\x02\r\n\r\n")
        said(root, head(root, "GET", "/", "Upgrade: websocket", "Connection: Upgrade"))
    assert "nvalid" not in capfd.readouterr().err
