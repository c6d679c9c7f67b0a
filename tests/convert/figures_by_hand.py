"""Figures small enough to reckon with by hand."""

from builder.convert.figures import FIRST_RECORD, UNIT, Candidates, Figures


def candidates(forms: str, *, hong_kong: str = "", margin: int = UNIT) -> Candidates:
    """Candidates whose forms are Taiwan's and the standard's too."""
    named = {"": forms, "TW": forms, "HK": hong_kong or forms}
    members = {form: number for form in named.values() for number, form in enumerate(form)}
    return Candidates(named, members, margin, 1.0)


# 里: 裡 or 里; 发: 發 or 髮.
LITTLE = Figures(
    candidates={"里": candidates("裡里", hong_kong="裏里"), "发": candidates("發髮")},
    words={
        "里": FIRST_RECORD,
        "发": FIRST_RECORD + 1,
        "心里": FIRST_RECORD + 2,
        "公里": FIRST_RECORD + 3,
        "发里": FIRST_RECORD + 4,
        "头发": FIRST_RECORD + 5,
        "心": 100,
        "公": 100,
        "公心": 120,
        "头": 100,
    },
    records=(
        ((100, (0,)), (130, (1,))),
        ((90, (0,)), (150, (1,))),
        ((80, (0,)),),
        ((80, (1,)),),
        ((300, (1, 0)),),
        ((85, (1,)),),
    ),
    weights={"里": ({"o里0": 3, "走里": 40},), "发": ({},)},
)
