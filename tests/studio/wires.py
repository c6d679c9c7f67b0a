"""Requests as an attacker spells them: bytes on a connection, and what comes back."""

import socket
import time
from urllib.parse import urlsplit


def opened(address: str, content: bytes = b"") -> socket.socket:
    """A connection to a server on which `content` has been sent."""
    parts = urlsplit(address)
    client = socket.create_connection((parts.hostname, parts.port), timeout=20)
    client.sendall(content)
    return client


def head(address: str, method: str = "GET", path: str = "/", *lines: str, host: str = "") -> bytes:
    """The head of a request; `lines` are headers."""
    named = [f"Host: {host or urlsplit(address).netloc}", *lines]
    return "\r\n".join([f"{method} {path} HTTP/1.1", *named, "", ""]).encode("latin-1")


def status(client: socket.socket) -> int:
    """The status of the next answer; 0 when the server hangs up without one."""
    try:
        line = client.recv(65_536).partition(b"\r\n")[0]
    except ConnectionError:
        return 0
    return int(line.split()[1]) if line.startswith(b"HTTP/") else 0


def said(address: str, content: bytes) -> bytes:
    """All that a server says to `content` until it hangs up, or says nothing for a while."""
    with opened(address, content) as client:
        client.settimeout(1.0)
        told = b""
        try:
            while piece := client.recv(65_536):
                told += piece
        except (TimeoutError, ConnectionError):
            pass
        return told


def is_held(client: socket.socket, *, within_s: float) -> bool:
    """Whether a server keeps a connection for so long."""
    client.settimeout(0.05)
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        try:
            if not client.recv(65_536):
                return False
        except TimeoutError:
            continue
        except ConnectionError:
            return False
    return True
