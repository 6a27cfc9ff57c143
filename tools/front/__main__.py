"""``make assets`` and ``make check-front``."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from tools.front.classes import unknown_classes
from tools.front.node import ROOT, NoNodeError, environment
from tools.front.packages import VENDOR, NpmError, copy_served, install, lock


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.front", description=__doc__)
    parser.add_argument("what", choices=["assets", "check", "lock"])
    parser.add_argument("files", nargs="*", type=Path, help="with check: only these, else all that is served")
    parser.add_argument(
        "--upgrade", action="store_true", help="with lock: the newest versions that package.json allows"
    )
    options = parser.parse_args()
    try:
        variables = environment(Path(sys.prefix) / "node")
        if options.what == "lock":
            lock(variables, upgrade=options.upgrade)
            return 0
        install(variables, checks=options.what == "check")
        if options.what == "assets":
            copy_served()
            return 0
    except (NoNodeError, NpmError) as problem:
        print(problem, file=sys.stderr)
        return 1
    node = shutil.which("node", path=variables["PATH"]) or "node"
    command = [node, ROOT / "tools" / "front" / "check.js", *options.files]
    failed = subprocess.run(command, env=variables, check=False).returncode
    unknown = [] if options.files else list(unknown_classes(VENDOR.parents[1]))
    print(*unknown, sep="\n", end="\n" if unknown else "")
    return failed or int(bool(unknown))


if __name__ == "__main__":
    sys.exit(main())
