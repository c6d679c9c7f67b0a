"""The shelf that is served, kept as the folder is: surveyed anew when somebody looks."""

import hashlib
import threading
import time
from collections.abc import Callable
from pathlib import Path

from builder.deliver.holdings import Copy, Fold, Holding, Shelf, folded, known_in, survey

# Nobody waits for a survey that began less than so long ago.
_FRESH_S = 2.0
# A survey that takes longer is made beside.
_QUICK_S = 0.02


class Stock:
    """The shelf at `root`. `secret` keeps ids and the addresses of covers from being guessed."""

    def __init__(
        self,
        root: Path,
        secret: bytes,
        *,
        fold: Fold = folded,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.root = root
        self._secret = secret
        self._fold = fold
        self._clock = clock
        self._lock = threading.Lock()
        self._looked = float("-inf")
        self._took = float("inf")
        self._shelf = Shelf()
        self._covers: dict[str, Holding] = {}

    def shelf(self) -> Shelf:
        """The shelf as it is now, or was a moment ago.

        Only the first survey of a large shelf is waited for; later ones are made beside, and
        whoever comes meanwhile gets the shelf from before.
        """
        if self._clock() - self._looked < _FRESH_S:
            return self._shelf
        if _QUICK_S < self._took < float("inf"):
            threading.Thread(target=self._look_once, daemon=True).start()
        else:
            self._look_once()
        return self._shelf

    def cover_token(self, holding: Holding) -> str:
        """What addresses the holding's cover: open to all, known to those who have seen a feed."""
        word = f"cover {holding.id}".encode()
        return hashlib.blake2b(word, key=self._secret[:64], digest_size=16).hexdigest()

    def with_cover(self, token: str) -> Holding | None:
        """The holding whose cover a token addresses."""
        self.shelf()
        return self._covers.get(token)

    def file(
        self, holding_id: str, name: str, name_of: Callable[[Holding, Copy], str]
    ) -> Copy | None:
        """The file of a holding that is called `name`; None when there is none inside the shelf."""
        holding = self.shelf().by_id.get(holding_id)
        if holding is None:
            return None
        copies = {name_of(holding, copy): copy for copy in holding.copies}
        # A name that has been changed since keeps its ending, which tells the copies apart.
        copy = copies.get(name) or next(
            (one for one in reversed(holding.copies) if name.lower().endswith(one.ending)), None
        )
        return copy if copy and self._is_inside(copy.path) else None

    def _is_inside(self, path: Path) -> bool:
        try:
            return path.resolve(strict=True).is_relative_to(self.root.resolve())
        except OSError:
            return False

    def _look_once(self) -> None:
        """Survey the shelf, unless another does; who comes first of all waits for that."""
        if not self._lock.acquire(blocking=self._took == float("inf")):
            return
        try:
            if self._clock() - self._looked >= _FRESH_S:
                self._look()
        finally:
            self._lock.release()

    def _look(self) -> None:
        begun = self._clock()
        shelf = survey(self.root, secret=self._secret, known=known_in(self._shelf), fold=self._fold)
        self._covers = {self.cover_token(one): one for one in shelf.holdings if one.about.cover}
        self._shelf = shelf
        self._looked = self._clock()
        self._took = self._looked - begun
