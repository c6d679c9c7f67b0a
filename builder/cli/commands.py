"""All commands, in the order in which help shows them.

They take their help from the catalogue while this is loaded: whoever loads it has chosen the
language before.
"""

from builder.cli import (
    converting,
    covering,
    delivering,
    imposing,
    lettering,
    looking,
    making,
    previewing,
    shelving,
    theming,
)
from builder.cli.app import app
from builder.cli.manners import Command
from builder.core.catalogue import say

__all__ = ["app"]

app.command(cls=Command, help=say("help.build"))(making.build)
app.command(cls=Command, help=say("help.new"))(making.new)
app.command(cls=Command, help=say("help.inspect"))(looking.inspect)
app.command(cls=Command, help=say("help.cover"))(covering.cover)
app.command(cls=Command, help=say("help.preview"), short_help=say("help.preview.short"))(
    previewing.preview
)
app.command(cls=Command, help=say("help.impose"), short_help=say("help.impose.short"))(
    imposing.impose
)
app.command(cls=Command, help=say("help.fonts"), short_help=say("help.fonts.short"))(
    lettering.fonts
)
app.command(cls=Command, help=say("help.themes"), short_help=say("help.themes.short"))(
    theming.themes
)
app.command(cls=Command, help=say("help.why"))(looking.why)
app.command(cls=Command, help=say("help.convert"), short_help=say("help.convert.short"))(
    converting.convert
)
app.command(cls=Command, help=say("help.check"), short_help=say("help.check.short"))(looking.check)
app.command(cls=Command, help=say("help.devices"))(delivering.devices)
app.command(cls=Command, help=say("help.send"))(delivering.send)
app.command(cls=Command, help=say("help.serve"))(delivering.serve)
app.add_typer(shelving.shelf)
