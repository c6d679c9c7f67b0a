"""What WeasyPrint says while it works: its log, and refusals that it cannot do without."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from weasyprint.logger import LOGGER
from weasyprint.urls import URLFetchingError

from builder.press.host.fetching import Refusal
from builder.press.remarks import Remark


class Ear(logging.Handler):
    """Collects what WeasyPrint says in this thread; other threads have ears of their own."""

    def __init__(self, sheet: str) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[Remark] = []
        self._sheet = sheet
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            arguments = record.args if isinstance(record.args, tuple) else ()
            self.heard.append(Remark(str(record.msg), arguments, self._sheet))


@contextmanager
def listening(sheet: str) -> Iterator[Ear]:
    """Collect what is said in this thread; `sheet` is the style sheet that is being read."""
    ear = Ear(sheet)
    LOGGER.addHandler(ear)
    try:
        yield ear
    finally:
        LOGGER.removeHandler(ear)


@contextmanager
def refusals_raised() -> Iterator[None]:
    """Raise Refusal where WeasyPrint raises its own."""
    try:
        yield
    except URLFetchingError as problem:
        raise Refusal(str(problem).partition(": ")[2]) from problem
