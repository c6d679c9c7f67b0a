"""Who may look: this machine, or the local network with a password."""

import base64
import binascii
import hashlib
import secrets
import socket
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

# Letters and digits that nobody takes for one another when they are typed off a screen.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
_PASSWORD_LENGTH = 10
# Wrong passwords from one address: so many in so long, and then it has to wait.
_PATIENCE = 10
_WAIT_S = 300.0
_MOST_ADDRESSES = 10_000
Kept = TypeVar("Kept")


class Door:
    """Lets in who knows the password; with "" everybody."""

    def __init__(self, password: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._expected = _digest(password) if password else b""
        self._clock = clock
        self._wrong: OrderedDict[str, list[float]] = OrderedDict()
        self._known: OrderedDict[str, None] = OrderedDict()

    @property
    def is_open(self) -> bool:
        return not self._expected

    def lets_in(self, authorization: str, address: str, cookie: str = "") -> bool:
        """Whether an `Authorization` header of RFC 7617 has the password, whatever its name.

        Who has been let in with a cookie is known by it from then on, so that another's guesses
        from the same address (behind a proxy, or a page in his browser) do not shut him out.
        """
        if self.is_open:
            return True
        who = self._who(address, cookie)
        if self._has_tired(who):
            return False
        given = _password_in(authorization)
        if given is not None and secrets.compare_digest(_digest(given), self._expected):
            self._wrong.pop(who, None)
            if cookie:
                _keep(self._known, cookie, None)
            return True
        if given is not None:
            self._remember(who)
        return False

    def is_tired_of(self, address: str, cookie: str = "") -> bool:
        """Whether too many wrong passwords came from there lately."""
        return self._has_tired(self._who(address, cookie))

    def _who(self, address: str, cookie: str) -> str:
        return f"cookie {cookie}" if cookie in self._known else address

    def _has_tired(self, who: str) -> bool:
        recent = [at for at in self._wrong.get(who, ()) if self._clock() - at < _WAIT_S]
        return len(recent) >= _PATIENCE

    def _remember(self, who: str) -> None:
        times = self._wrong.get(who, [])
        times.append(self._clock())
        del times[:-_PATIENCE]
        _keep(self._wrong, who, times)


def _keep(kept: OrderedDict[str, Kept], key: str, value: Kept) -> None:
    """Put it last; what was touched longest ago gives way."""
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > _MOST_ADDRESSES:
        kept.popitem(last=False)


def new_password() -> str:
    """A password that can be typed on a reader: ten letters and digits, 49 bits."""
    return "".join(secrets.choice(_READABLE) for _ in range(_PASSWORD_LENGTH))


def own_addresses() -> tuple[str, ...]:
    """The addresses under which the local network may know this machine; the likeliest first."""
    found: dict[str, None] = {}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: connecting a datagram socket only asks which way it would go.
            probe.connect(("192.0.2.1", 9))
            found[str(probe.getsockname()[0])] = None
        except OSError:
            pass
    try:
        _, _, addresses = socket.gethostbyname_ex(socket.gethostname())
    except OSError:
        addresses = []
    for address in addresses:
        found[address] = None
    return tuple(one for one in found if not one.startswith(("127.", "0.")))


def _password_in(authorization: str) -> str | None:
    scheme, _, told = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name_and_password = base64.b64decode(told.strip(), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return None
    return name_and_password.partition(":")[2]


def _digest(password: str) -> bytes:
    return hashlib.sha256(password.encode("utf-8", "replace")).digest()
