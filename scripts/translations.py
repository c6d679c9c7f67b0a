"""Write the Traditional Chinese sentences from the Simplified ones, with builder's own conversion.

`python scripts/translations.py` writes them, `--check` fails when one is out of date.
"""

import json
import sys
from pathlib import Path

from builder.convert import convert_text
from builder.core.language import TARGETS

CATALOGUE = Path(__file__).resolve().parents[1] / "builder" / "core" / "catalogue"
TARGET = TARGETS["zh-Hant-TW-x-phrases"]
# What Taiwan says, where the dictionaries know no better, or know too much.
HABITS = {
    "程式碼": "代碼", "賬": "帳", "許可權": "權限", "文本": "文字",
    "一列": "一欄", "各列": "各欄", "六列": "六欄", "列名": "欄名", ":列": ":欄", "許可證": "授權",
    "文字檔案": "文字檔",
}  # fmt: skip


def traditional(sentences: dict[str, str]) -> dict[str, str]:
    """The sentences of one room; what stands in braces is left as it is."""
    return {key: _converted(sentence) for key, sentence in sentences.items()}


def rooms() -> dict[Path, str]:
    """What each file must hold."""
    written = {}
    for room in sorted((CATALOGUE / "zh-Hans").glob("*.json")):
        sentences = traditional(json.loads(room.read_text("utf-8")))
        text = json.dumps(sentences, ensure_ascii=False, indent=2) + "\n"
        written[CATALOGUE / "zh-Hant" / room.name] = text
    return written


def _converted(sentence: str) -> str:
    text = convert_text(sentence, TARGET).text
    for found, meant in HABITS.items():
        text = text.replace(found, meant)
    return text


def main() -> int:
    stale = []
    for path, text in rooms().items():
        if "--check" in sys.argv:
            if not path.is_file() or path.read_text("utf-8") != text:
                stale.append(path.name)
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
    if stale:
        print(f"out of date: {', '.join(stale)}; run python scripts/translations.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
