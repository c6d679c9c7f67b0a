"""Names of a room that are loaded when they are asked for, so that who wants one pays for one."""

from collections.abc import Callable, Iterable
from importlib import import_module


def late_names(room: str, **homes: Iterable[str]) -> Callable[[str], object]:
    """A `__getattr__` for a package: for each of its modules, the names that come from there.

    Example: `__getattr__ = late_names(__name__, finding=("Face", "faces_of"))`. Raises
    ValueError for a name that is a module's, too: who asks for it would get the module.
    Source: PEP 562.
    """
    home_of = {name: home for home, names in homes.items() for name in names}
    if twice := sorted(homes.keys() & home_of.keys()):
        raise ValueError(f"both modules and names in them: {', '.join(twice)}")

    def load(name: str) -> object:
        if name not in home_of:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        return getattr(import_module(f"{room}.{home_of[name]}"), name)

    return load
