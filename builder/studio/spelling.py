"""How a request may be spelt: in one way only, and so that reading it costs little.

What two readers would take for different requests is refused (RFC 9112, 6.1 and 6.3): a proxy
before this server may be the other reader.
"""

from collections.abc import Sequence

import h11

Headers = Sequence[tuple[bytes, bytes]]

# Browsers and readers send some twenty, in two kilobytes.
MOST_HEADERS = 100
MOST_HEADER_BYTES = 32_768
# Chunks of a body that may be as small as they like, and the least that the later ones hold when
# taken together: each costs as much to read as a kilobyte.
FREE_CHUNKS = 1_000
LEAST_CHUNK_BYTES = 128


class ThriftyConnection(h11.Connection):
    """HTTP/1.1 as h11 reads it, but for bodies in so many small chunks that reading them takes the
    time of everyone: a quarter of a megabyte of those is a second and a half.
    """

    _chunks = 0
    _bytes = 0

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        event = super().next_event()
        if isinstance(event, h11.Request):
            self._chunks = self._bytes = 0
        elif isinstance(event, h11.Data):
            self._chunks += 1
            self._bytes += len(event.data)
            late = self._chunks - FREE_CHUNKS
            if late > 0 and self._bytes < late * LEAST_CHUNK_BYTES:
                raise h11.RemoteProtocolError("too many small chunks")
        return event


def refusal(headers: Headers, version: str) -> int:
    """The status with which a request is refused for how it is spelt; 0 for one that is well."""
    size = sum(len(name) + len(value) for name, value in headers)
    if len(headers) > MOST_HEADERS or size > MOST_HEADER_BYTES:
        return 431
    names = {name for name, _ in headers}
    if b"transfer-encoding" in names and (b"content-length" in names or version == "1.0"):
        return 400
    return 0
