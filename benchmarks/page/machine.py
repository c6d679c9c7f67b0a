"""On what it was measured: processor, memory, system, Python."""

import os
import platform
from pathlib import Path

GIGABYTE = 1e9


def machine() -> str:
    """Example: AMD EPYC 9R14, 2 cores, 25 GB; Linux 6.18, Python 3.11.7."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIGABYTE
    release = ".".join(platform.release().split(".")[:2])
    system = f"{platform.system()} {release}, Python {platform.python_version()}"
    return f"{_processor()}, {cores} cores, {memory:.0f} GB; {system}"


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text(encoding="utf-8", errors="replace").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()
