"""What the page asks the server for, as JSON: one module a topic, each with its routes."""

from starlette.routing import BaseRoute

from builder.studio.access import Door
from builder.studio.api import choices, results
from builder.studio.api.answering import Reception
from builder.studio.api.books import Books
from builder.studio.api.covers import Covering
from builder.studio.api.delivery import Delivery, Ways
from builder.studio.api.work import Work
from builder.studio.desk import Desks
from builder.studio.jobs import Jobs

__all__ = ["Ways", "api_routes"]


def api_routes(desks: Desks, jobs: Jobs, door: Door, ways: Ways) -> list[BaseRoute]:
    """All routes of the studio, below its own address."""
    reception = Reception(desks, door)
    return [
        *Books(desks, jobs).routes(reception),
        *choices.routes(reception),
        *Covering().routes(reception),
        *Work(jobs).routes(reception),
        *results.routes(reception),
        *Delivery(ways).routes(reception),
    ]
