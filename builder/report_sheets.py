"""What `impose` and `preview` report, for people and as plain data for programs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from builder.console import human_size
from builder.core.catalogue import say
from builder.report import Report, diagnostics_report

if TYPE_CHECKING:
    from builder.bindery import Bound
    from builder.proofs import Proof


def imposed_report(made: "Bound") -> Report:
    """Sheets that were made."""
    imposed, plan = made.imposed, made.imposed.plan
    return {
        "files": [
            {"part": file.part, "path": str(file.path), "bytes": file.size_bytes}
            for file in made.files
        ],
        "picture": str(made.picture or ""),
        "pages": plan.page_count,
        "blank_pages": plan.blank_count,
        "sheets": len(plan.sheets),
        "signatures": list(plan.signatures),
        "pages_a_side": plan.columns * plan.rows,
        "binding": plan.binding,
        "bound": plan.bound,
        "folds": 0 if plan.binding == "stack" else plan.folds,
        "sheet": {
            "name": imposed.sheet.name,
            "width_mm": imposed.sheet.width_mm,
            "height_mm": imposed.sheet.height_mm,
        },
        "scale": round(imposed.ground.scale, 4),
        "flip": imposed.flip,
        "diagnostics": diagnostics_report(made.diagnostics),
    }


def imposed_lines(made: "Bound") -> Iterator[str]:
    """Sheets that were made, how they look and what to do with them, step by step."""
    imposed, plan = made.imposed, made.imposed.plan
    for file in made.files:
        yield say("build.written", path=file.path, size=human_size(file.size_bytes))
    yield say(
        "impose.summary",
        pages=plan.page_count,
        blanks=say("impose.blanks", count=plan.blank_count) if plan.blank_count else "",
        sheets=len(plan.sheets),
        sheet=imposed.sheet.name,
        a_side=plan.columns * plan.rows,
        scale=f"{imposed.ground.scale:.1%}".replace(".0%", "%"),
        bound=say(f"impose.bound.{plan.bound}"),
    )
    yield from (f"  {line}" for line in made.sketch)
    for number, step in enumerate(_steps(made), 1):
        yield f"{number}. {step}"
    if made.picture:
        yield say("impose.picture", path=made.picture)


def _steps(made: "Bound") -> Iterator[str]:
    """What a person does, in order."""
    imposed, plan = made.imposed, made.imposed.plan
    if made.wishes.is_by_hand:
        fronts, backs = (file.path.name for file in made.files)
        yield say("impose.step.fronts", file=fronts)
        leads = say(f"impose.leads.{imposed.flip}")
        yield say(f"impose.step.pile.{made.wishes.pile}", leads=leads)
        yield say(f"impose.step.backs.{made.wishes.pile}", file=backs)
    else:
        yield say("impose.step.print", edge=say(f"impose.edge.{imposed.flip}"))
    if plan.binding == "stack":
        yield say("impose.step.cut", piles=plan.columns * plan.rows)
        yield say("impose.step.glue")
        return
    yield say(f"impose.step.fold.{plan.folds}", over=say(f"impose.over.{plan.bound}"))
    per_signature = plan.signatures[0]
    if len(plan.sheets) > 1 and per_signature > 1:
        key = "impose.step.nest" if len(plan.signatures) == 1 else "impose.step.nest.each"
        yield say(key, sheets=per_signature, last=plan.signatures[-1])
    if len(plan.signatures) > 1:
        yield say("impose.step.gather", count=len(plan.signatures))
    yield say(f"impose.step.bind.{plan.binding}")
    if plan.folds > 1:
        yield say("impose.step.open")


def proof_report(made: "Proof") -> Report:
    """A picture of pages that was made."""
    sheet = made.sheet
    return {
        "path": str(made.path),
        "bytes": len(sheet.png),
        "width": sheet.size[0],
        "height": sheet.size[1],
        "pages": list(sheet.pages),
        "page_count": sheet.page_count,
        "diagnostics": diagnostics_report(made.diagnostics),
    }


def proof_line(made: "Proof") -> str:
    """Where a picture is, and what it shows."""
    sheet = made.sheet
    return say(
        "preview.made",
        path=made.path,
        size=human_size(len(sheet.png)),
        pages=_ranges(sheet.pages),
        count=sheet.page_count,
    )


def _ranges(pages: tuple[int, ...]) -> str:
    """Numbers in order, written short: 1, 4–6, 9."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return say("preview.between").join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
