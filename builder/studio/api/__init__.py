"""What the page asks the server for, as JSON: one module a topic, each with its routes."""

from pathlib import Path

from starlette.routing import BaseRoute

from builder.studio.access import Door
from builder.studio.api import choices, results
from builder.studio.api.answering import Reception
from builder.studio.api.books import Books
from builder.studio.api.delivery import Delivery
from builder.studio.api.work import Work
from builder.studio.desk import Desks
from builder.studio.jobs import Jobs

__all__ = ["api_routes"]


def api_routes(desks: Desks, jobs: Jobs, door: Door, *, shelf: Path) -> list[BaseRoute]:
    """All routes of the studio, below its own address."""
    reception = Reception(desks, door)
    return [
        *Books(desks, jobs).routes(reception),
        *choices.routes(reception),
        *Work(jobs).routes(reception),
        *results.routes(reception),
        *Delivery(shelf).routes(reception),
    ]
