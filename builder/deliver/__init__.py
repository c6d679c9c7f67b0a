"""Finished books onto devices: by cable, by mail, over the local network.

Nothing here makes a book; what comes in is a file or a list of files. Must not import any stage.
"""

from builder.deliver.copying import Copied, copy_to
from builder.deliver.kobo import Listed, back_up, list_series
from builder.deliver.mail import Letter, letters, mail
from builder.deliver.names import device_name
from builder.deliver.readers import Reader, ReaderKind, find_readers, reader_at

__all__ = [
    "Copied",
    "Letter",
    "Listed",
    "Reader",
    "ReaderKind",
    "back_up",
    "copy_to",
    "device_name",
    "find_readers",
    "letters",
    "list_series",
    "mail",
    "reader_at",
]
