"""What the book's documents may reach: its own files and small `data:` URLs, nothing else."""

from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from PIL import ImageFile
from weasyprint.urls import URLFetcher, URLFetcherResponse

from builder.core.book import Asset

# WeasyPrint makes Pillow accept half a picture in the whole process; a book with half a picture
# is to be refused, whether or not a PDF was made before.
ImageFile.LOAD_TRUNCATED_IMAGES = False

SCHEME = "book:/"
MAX_DATA_URL_CHARS = 200_000  # a small picture in a style sheet; larger ones are files


class Refusal(ValueError):  # noqa: N818  (it is what happens, not a fault)
    """The book asked for something that is not one of its files."""


class BookFetcher(URLFetcher):
    """Serves the book's own files as `book:/NAME` and small `data:` URLs, and nothing else.

    `refused` holds every other URL that was asked for, in order. For those, none of the
    handlers for http, ftp or file that WeasyPrint brings is ever reached.
    """

    def __init__(self, resources: Iterable[Asset]) -> None:
        URLFetcher.__init__(self, allowed_protocols=("data",), allow_redirects=False)
        self._resources = {SCHEME + asset.name: asset for asset in resources}
        self.refused: dict[str, None] = {}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The answer for one URL. Raises Refusal, which WeasyPrint turns into a warning."""
        asset = self._resources.get(unquote(url))
        if asset is not None:
            return URLFetcherResponse(url, asset.content, {"Content-Type": asset.media_type})
        if url[:5].lower() == "data:" and len(url) <= MAX_DATA_URL_CHARS:
            answer: URLFetcherResponse = URLFetcher.fetch(self, url, headers)
            return answer
        self.refused.setdefault(url)
        raise Refusal(url)
