"""Who asks: in which language, and how to be asked for the password."""

from collections.abc import Mapping

from starlette.requests import Request

from builder.core.catalogue import language_for, use_language
from builder.studio.desk import is_token

_MOST = 200
COOKIE = "builder"
# What makes a browser or a reader ask for the password (RFC 7617).
QUESTION: Mapping[str, str] = {"www-authenticate": 'Basic realm="ebook-builder", charset="UTF-8"'}


def cookie_of(request: Request) -> str:
    """Who somebody is to the studio; "" for whom it does not know."""
    given = request.cookies.get(COOKIE, "")
    return given if is_token(given) else ""


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
