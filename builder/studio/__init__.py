"""What runs in the browser and on readers over the local network: the shelf's catalogue.

Needs the extra `ebook-builder[studio]`. Sole importer of starlette, uvicorn and segno.
"""

from builder.settings import state_folder
from builder.studio.server import Serving, kept_secret, prepare, run

__all__ = ["Serving", "kept_secret", "prepare", "run", "state_folder"]
