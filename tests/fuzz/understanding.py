"""One fuzzed file through the whole reading line, with a clock."""

import contextlib
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from builder.core.errors import BuilderError
from builder.core.traversal import project
from builder.pipeline import BuildOptions, Understood, settle, understand

SECONDS = 10


class TookTooLong(BaseException):
    """Not an Exception, so that nothing on the way can swallow it."""


@contextlib.contextmanager
def clock(seconds: float = SECONDS) -> Iterator[None]:
    """Raise TookTooLong in here after `seconds` of this process's own time."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise TookTooLong(f"more than {seconds} s")

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def is_understood(content: bytes, name: str) -> bool:
    """Whether the bytes are a book; its ledger then restores the decoded text, exactly.

    False when builder refuses them with an error of its own. Any other exception, a hang or an
    untrue ledger fails the test.
    """
    with tempfile.TemporaryDirectory() as folder, clock():
        path = Path(folder, name)
        path.write_bytes(content)
        try:
            refusal: BuilderError | None = None
            source, config = settle(path, BuildOptions(environment={}))
            understood = understand(source, config)
        except BuilderError as error:
            refusal = error
    if refusal is not None:
        assert refusal.message, "an error without a sentence"
        return False
    keeps_every_character(understood)
    return True


def keeps_every_character(understood: Understood) -> None:
    """Fail unless the ledger restores the decoded text, and every finding has a sentence."""
    text = project(understood.book)
    assert understood.ledger.restore(text) == understood.manuscript.decoded
    assert understood.ledger.replay(understood.manuscript.decoded) == text
    for diagnostic in understood.diagnostics:
        assert str(diagnostic)
