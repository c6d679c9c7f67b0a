"""Send-to-Kindle answers E999 to a link that leads to a whole page."""

from tests.check.books import chapter
from tests.check.rejected import said

PAGE = chapter().replace("<body>", '<body id="page">')


def test_a_link_to_a_body_is_refused() -> None:
    linked = PAGE.replace("</body>", '<p><a href="#page">上</a></p></body>')
    assert said("K131", "kindle", {"EPUB/c1.xhtml": linked}) == [
        ("EPUB/c1.xhtml", "error", "#page leads to the id of a whole page (body)"),
    ]
    assert said("K131", "kobo", {"EPUB/c1.xhtml": linked}) == []


def test_a_body_with_an_id_and_a_link_to_a_section_are_not() -> None:
    assert said("K131", "kindle", {"EPUB/c1.xhtml": PAGE}) == []
