"""The catalogue over HTTP, as readers ask for it and as three of them understand it."""

import base64
import http.client
import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from lxml import etree

from tests.judges.opds import Client, read_feed, search_address
from tests.studio.shelves import package, put_book, served

ATOM = "{http://www.w3.org/2005/Atom}"
CLIENTS: tuple[Client, ...] = ("r2", "nypl", "foliate")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty books by three authors, six of them a series; one also as PDF and kepub."""
    root = tmp_path_factory.mktemp("shelf")
    for number in range(60):
        series = ("水上", 6 - number) if number < 6 else ("", 0)
        opf = package(f"渡口{number:02}", ["佚名", "青篙社", "Li Po"][number % 3], *series)
        put_book(root / f"b{number}", f"b{number}.epub", opf)
    (root / "b0" / "b0.pdf").write_bytes(b"%PDF-1.7\n")
    (root / "b0" / "b0.kepub.epub").write_bytes((root / "b0" / "b0.epub").read_bytes())
    return root


@pytest.fixture(scope="module")
def address(shelf: Path) -> Iterator[str]:
    with served(shelf) as address:
        yield address


class Answer:
    def __init__(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.status, self.headers, self.content = status, headers, content


def ask(address: str, method: str = "GET", **headers: str) -> Answer:
    """One request, exactly as given: nothing is followed, nothing unpacked."""
    parts = urlsplit(address)
    assert parts.hostname
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers={"Accept-Encoding": "identity", **named})
    answer = connection.getresponse()
    content = answer.read()
    told = {name.lower(): value for name, value in answer.getheaders()}
    connection.close()
    return Answer(answer.status, told, content)


@pytest.mark.judge
@pytest.mark.parametrize("client", CLIENTS)
def test_three_readers_find_their_way_from_the_root_to_a_file(client: Client, address: str) -> None:
    root = read_feed(client, ask(f"{address}opds/").content)
    titles = [title for title, _ in root.ways]
    assert titles == ["New", "All books", "Authors", "Series"]
    authors = read_feed(client, ask(dict(root.ways)["Authors"].href).content)
    assert {title for title, _ in authors.ways} == {"佚名", "青篙社", "Li Po"}
    mine = read_feed(client, ask(dict(authors.ways)["佚名"].href).content)
    assert mine.title == "佚名"
    first = mine.books[0]
    assert (first.title, first.authors) == ("渡口00", ("佚名",))
    kinds = [link.type for link in first.links]
    assert kinds == ["application/epub+zip", "application/kepub+zip", "application/pdf"]
    file = ask(first.links[0].href)
    assert file.content.startswith(b"PK")
    assert urlsplit(first.links[0].href).path.endswith(".epub")
    pictures = [ask(image.href) for image in first.images]
    assert pictures
    assert all(picture.content.startswith(b"\xff\xd8") for picture in pictures)


@pytest.mark.judge
@pytest.mark.parametrize("client", CLIENTS)
def test_three_readers_turn_the_pages_and_reach_every_book_once(
    client: Client, address: str
) -> None:
    page = read_feed(client, ask(f"{address}opds/all").content)
    assert len(page.books) == 50
    assert page.first("previous") is None
    onward = page.first("next")
    assert onward
    rest = read_feed(client, ask(onward.href).content)
    assert len(rest.books) == 10
    assert rest.first("next") is None
    assert rest.first("previous")
    titles = [book.title for book in (*page.books, *rest.books)]
    assert titles == sorted(f"渡口{number:02}" for number in range(60))


@pytest.mark.judge
def test_readium_reads_version_2_as_well(address: str) -> None:
    root = read_feed("r2", ask(f"{address}opds/", Accept="application/opds+json").content)
    assert [title for title, _ in root.ways] == ["New", "All books", "Authors", "Series"]
    search = root.first("search")
    assert search
    assert search.is_template
    books = read_feed("r2", ask(dict(root.ways)["All books"].href).content)
    assert books.total == 60
    assert books.books[0].title == "渡口00"
    assert ask(books.books[0].links[0].href).content.startswith(b"PK")
    found = read_feed("r2", ask(search.href.replace("{?q}", "?q=" + quote("渡口07"))).content)
    assert [book.title for book in found.books] == ["渡口07"]


@pytest.mark.judge
def test_a_reader_searches_by_the_description_and_by_the_template(address: str) -> None:
    described = ask(f"{address}opds/search.xml")
    assert described.headers["content-type"] == "application/opensearchdescription+xml"
    where = search_address(described.content, "青篙 渡口04")
    found = read_feed("nypl", ask(where).content)
    assert [book.title for book in found.books] == ["渡口04"]
    root = etree.fromstring(ask(f"{address}opds/").content)
    templates = [
        link.get("href")
        for link in root.iter(f"{ATOM}link")
        if link.get("rel") == "search" and "{searchTerms}" in str(link.get("href"))
    ]
    assert len(templates) == 1
    answer = ask(str(templates[0]).replace("{searchTerms}", quote("Li Po 渡口02")))
    assert "渡口02" in answer.content.decode()


def test_what_koreader_wants(address: str) -> None:
    """HEAD before GET, no redirect with or without a slash, identity, a percent-encoded name."""
    for path in ("opds", "opds/", "opds/all"):
        head, got = ask(address + path, "HEAD"), ask(address + path)
        assert (head.status, got.status) == (200, 200)
        assert head.headers["content-length"] == str(len(got.content))
        assert head.content == b""
        assert "content-encoding" not in got.headers
    links = etree.fromstring(ask(f"{address}opds/all").content).iter(f"{ATOM}link")
    href = next(str(link.get("href")) for link in links if "/book/" in str(link.get("href")))
    head = ask(href, "HEAD")
    assert head.headers["content-type"] == "application/epub+zip"
    name = quote("渡口00 - 佚名.epub", safe="")
    assert f'filename="{name}"' in head.headers["content-disposition"]
    assert ask(href, Range="bytes=0-1").content == b"PK"


def test_every_entry_has_what_atom_asks_for(address: str) -> None:
    for path in ("opds/", "opds/all", "opds/authors", "opds/series", "opds/search?q=zzz"):
        feed = etree.fromstring(ask(address + path).content)
        for element in (feed, *feed.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert element.findtext(f"{ATOM}{name}"), (path, name)
        rels = {str(link.get("rel")) for link in feed.findall(f"{ATOM}link")}
        assert {"self", "start", "search"} <= rels
        assert ("up" in rels) is (path != "opds/")


def test_a_series_stands_in_its_own_order(address: str) -> None:
    groups = etree.fromstring(ask(f"{address}opds/series").content)
    link = next(link for link in groups.iter(f"{ATOM}link") if "/series/" in str(link.get("href")))
    books = etree.fromstring(ask(str(link.get("href"))).content)
    titles = [entry.findtext(f"{ATOM}title") for entry in books.iter(f"{ATOM}entry")]
    assert titles == [f"渡口{number:02}" for number in (5, 4, 3, 2, 1, 0)]


@pytest.mark.parametrize(
    "path",
    [
        "opds/nothing", "opds/all?page=3", "opds/all?page=0", "opds/all?page=x",
        "opds/authors/0000", "opds/book/0000/a.epub", "opds/book/../../../etc/passwd",
        "opds/book/0000/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "cover/0000.jpg", "cover/x", "no",
        "static/../access.py",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(path: str, address: str) -> None:
    assert ask(address + path).status == 404


def test_only_get_and_head_are_answered(address: str) -> None:
    for method in ("POST", "PUT", "DELETE"):
        assert ask(f"{address}opds/", method).status == 405


def test_a_strange_host_is_refused_and_a_proxy_s_word_is_not_taken(address: str) -> None:
    assert ask(f"{address}opds/", Host="evil.example").status == 421
    forwarded = ask(f"{address}opds/", X_Forwarded_Host="evil.example", X_Forwarded_Proto="https")
    assert b"evil.example" not in forwarded.content
    assert b"https://127" not in forwarded.content


def test_every_answer_is_guarded(address: str) -> None:
    for path in ("", "opds/", "opds/nothing", "static/shelf.css"):
        headers = ask(address + path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "server" not in headers


def test_a_password_is_asked_for_everywhere_but_for_covers(shelf: Path) -> None:
    def basic(password: str) -> str:
        return "Basic " + base64.b64encode(f"me:{password}".encode()).decode()

    with served(shelf, password="渡口 123") as address:
        refused = ask(f"{address}opds/")
        assert refused.status == 401
        assert refused.headers["www-authenticate"].startswith('Basic realm="')
        web = ask(f"{address}opds/v2/")
        assert web.headers["content-type"] == "application/opds-authentication+json"
        assert json.loads(web.content)["authentication"][0]["type"].endswith("/basic")
        assert ask(address).status == 401
        right = basic("渡口 123")
        feed = ask(f"{address}opds/all", Authorization=right)
        assert feed.status == 200
        links = list(etree.fromstring(feed.content).iter(f"{ATOM}link"))
        cover = next(str(one.get("href")) for one in links if "/cover/" in str(one.get("href")))
        book = next(str(one.get("href")) for one in links if "/book/" in str(one.get("href")))
        assert ask(cover).status == 200
        assert ask(book).status == 401
        for authorization in ("Basic", "Basic ???", "Bearer x", basic(""), basic("渡口 124")):
            assert ask(f"{address}opds/", Authorization=authorization).status == 401
        for _ in range(12):
            last = ask(f"{address}opds/", Authorization=basic("guess"))
        assert last.status == 429
        assert "retry-after" in last.headers


def test_the_shelf_follows_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.studio.stock._FRESH_S", 0.0)
    book = put_book(tmp_path / "a", "a.epub", package("先来", "佚名"))
    with served(tmp_path) as address:
        assert "先来" in ask(f"{address}opds/all").content.decode()
        put_book(tmp_path / "b", "b.epub", package("后到", "佚名"))
        assert "后到" in ask(f"{address}opds/recent").content.decode()
        book.unlink()
        assert "先来" not in ask(f"{address}opds/all").content.decode()


def test_a_link_out_of_the_shelf_is_not_served(tmp_path: Path) -> None:
    outside = put_book(tmp_path / "outside", "secret.epub", package("密", "佚名"))
    root = tmp_path / "shelf"
    root.mkdir()
    (root / "link.epub").symlink_to(outside)
    (root / "folder").symlink_to(outside.parent)
    with served(root) as address:
        assert "密" not in ask(f"{address}opds/all").content.decode()


def test_broken_books_stand_under_their_names(tmp_path: Path) -> None:
    (tmp_path / "坏了.epub").write_bytes(b"no zip")
    bomb = '<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + package("&b;", "&b;")
    put_book(tmp_path, "实体.epub", bomb)
    put_book(tmp_path, "控制.epub", package("好&#x9;书", "佚名"))
    (tmp_path / "只有.pdf").write_bytes(b"%PDF")
    with served(tmp_path) as address:
        text = ask(f"{address}opds/all").content.decode()
        for name in ("坏了", "实体", "只有"):
            assert f"<title>{name}</title>" in text
        etree.fromstring(text.encode())


def test_the_page_is_in_the_browser_s_language(address: str) -> None:
    assert (
        '<html lang="zh-Hans">' in ask(address, Accept_Language="zh-CN,en;q=0.5").content.decode()
    )
    page = ask(f"{address}?q=" + quote("渡口03"), Accept_Language="de,en;q=0.8").content.decode()
    assert '<html lang="en">' in page
    assert page.count("<h2") == 1
    assert quote("渡口03 - 佚名.epub", safe="") in page


def test_words_of_a_search_are_no_markup(address: str) -> None:
    page = ask(f"{address}?q=" + quote('"><script>alert(1)</script>')).content.decode()
    assert "<script>" not in page
    feed = ask(f"{address}opds/search?q=" + quote("<b>&")).content
    etree.fromstring(feed)


def test_a_flood_of_connections_is_answered_or_told_to_come_back(address: str) -> None:
    parts = urlsplit(address)
    idle = [socket.create_connection((parts.hostname, parts.port)) for _ in range(150)]
    try:
        start = time.monotonic()
        assert ask(f"{address}opds/").status in {200, 503}
        assert time.monotonic() - start < 10
    finally:
        for one in idle:
            one.close()
