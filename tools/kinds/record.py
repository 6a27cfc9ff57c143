"""What ``make kinds MEASURE=1`` measured last of warnings on classes, ``measured.yaml``: shown in ``docs/truth.md``."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import yaml

from jixiao.strict_yaml import load_strict
from tools.kinds.warnings import Figures

RECORD = Path(__file__).with_name("measured.yaml")
_HEAD = "# make kinds MEASURE=1 写的，请勿手改：照印的行、报、对，放错的处、报。\n"


@dataclass(frozen=True, slots=True)
class Warned:
    """Figures under limits that were ``chosen`` without the rows they were measured on, and under those that are ``used``."""

    on: date
    chosen: Figures
    used: Figures


def recorded(file: Path = RECORD) -> Warned | None:
    """What was measured last; None where nothing was."""
    if not file.is_file():
        return None
    data = load_strict(file.read_text(encoding="utf-8"), file.name)
    return Warned(data["measured"], Figures(**data["chosen"]), Figures(**data["used"]))


def record(chosen: Figures, used: Figures, on: date, file: Path = RECORD) -> None:
    """Write what was measured. Where figures are as before, so is their day."""
    before = recorded(file)
    day = before.on if before is not None and (before.chosen, before.used) == (chosen, used) else on
    data = {"measured": day, "chosen": asdict(chosen), "used": asdict(used)}
    file.write_text(_HEAD + yaml.safe_dump(data, sort_keys=False, default_flow_style=None), encoding="utf-8")
