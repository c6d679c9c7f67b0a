"""Runs inside calibre (`calibre-debug`): its book checks, a line of JSON a book on standard output."""

import json
import sys

from calibre.ebooks.oeb.polish.check.main import run_checks
from calibre.ebooks.oeb.polish.container import get_container

for path in sys.argv[1:]:
    found = [
        f"{type(error).__name__} {error.name}:{getattr(error, 'line', None) or 0} {error.msg}"
        for error in run_checks(get_container(path, tweak_mode=True))
    ]
    sys.stdout.write("judged " + json.dumps(found) + "\n")
