"""axe sees a page that shuts people out, and is content with one that does not."""

import pytest

from tests.judges.axe import axe
from tests.judges.devtools import Browser
from tests.judges.finding import require

GOOD = (
    "<!DOCTYPE html><html lang=en><title>A</title><main><h1>A</h1>"
    "<label for=a>Name</label><input id=a></main>"
)
BAD = GOOD.replace("<label for=a>Name</label>", "").replace(" lang=en", "")


@pytest.mark.judge
def test_axe_tells_a_good_page_from_a_bad_one() -> None:
    require("axe")
    browser = Browser()
    with browser.page(f"data:text/html,{GOOD}") as page:
        assert axe(page) == []
    with browser.page(f"data:text/html,{BAD}") as page:
        found = " ".join(axe(page))
    browser.close()
    assert "label" in found
    assert "html-has-lang" in found
