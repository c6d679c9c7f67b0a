"""`python -m tests.judges`: which judges this machine has, and why not the others."""

import sys

from tests.judges.finding import JUDGES, missing


def main() -> int:
    """Print one line a judge; 1 when any is missing."""
    reasons = {judge: missing(judge) for judge in JUDGES}
    sys.stdout.writelines(
        f"{judge:10} {'MISSING: ' + reason if reason else 'ready'}\n"
        for judge, reason in reasons.items()
    )
    return int(any(reasons.values()))


if __name__ == "__main__":
    sys.exit(main())
