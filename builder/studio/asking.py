"""Who asks: in which language, and how to be asked for the password."""

from collections.abc import Mapping

from starlette.requests import Request

from builder.core.catalogue import language_for, use_language

_MOST = 200
# What makes a browser or a reader ask for the password (RFC 7617).
QUESTION: Mapping[str, str] = {"www-authenticate": 'Basic realm="ebook-builder", charset="UTF-8"'}


def speak_to(request: Request) -> None:
    """Speak the language that the browser likes best, of those that are spoken here."""
    use_language(language_for(_languages(request)) or "en")


def _languages(request: Request) -> list[str]:
    """The languages of a browser, the best liked first (RFC 9110, Accept-Language)."""
    weighed = []
    for part in request.headers.get("accept-language", "")[:_MOST].split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), tag))
        except ValueError:
            continue
    return [tag for _, tag in sorted(weighed, key=lambda pair: pair[0])]
