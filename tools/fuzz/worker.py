"""One process that mutates and reads files of one target, guided by coverage where atheris is installed.

It keeps the file at hand on disk, so that one that kills or hangs the process is known, and prints a line of JSON
every hundred files and at every failure.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import traceback
from hashlib import sha256
from pathlib import Path
from random import Random

REPORT_EVERY = 100
_LARGEST = 200_000
"""Bytes of a mutated file"""
_FRESH = 0.3
"""How often guidance is set aside for a whole file: it favours small ones, which are refused early"""
_MEMORY = 900 * 1024 * 1024
"""As the worker processes of the command line have"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target")
    parser.add_argument("--runs", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True, help="where the file at hand and failing files go")
    parser.add_argument("--guided", action="store_true")
    options = parser.parse_args()
    _bound_memory()
    sys.modules["rapidocr"] = None  # type: ignore[assignment] # recognition takes seconds a page and is not ours
    if options.guided:
        import atheris

        with atheris.instrument_imports(include=["jixiao"]):
            pass
    from tools.fuzz.check import TARGETS
    from tools.fuzz.seeds import seeds

    target = TARGETS[options.target]
    inputs = seeds()[target.name]
    run = _Run(target, options.folder, options.runs)
    if not options.guided:
        for n in range(options.runs):
            random = Random(f"{options.seed} {n}")
            data = random.choice(inputs)
            for _ in range(random.choice((1, 1, 2, 3))):
                data = target.mutate(data, random)[:_LARGEST]
            run(data)
        return

    shortest = min(map(len, inputs))

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        random = Random(seed)
        if len(data) < shortest // 2 or random.random() < _FRESH:
            data = random.choice(inputs)
        return target.mutate(data, random)[:most]

    corpus = tempfile.mkdtemp(dir=options.folder)
    for n, data in enumerate(inputs):
        Path(corpus, str(n)).write_bytes(data)
    arguments = [
        f"-runs={options.runs}",
        f"-seed={options.seed}",
        f"-max_len={_LARGEST}",
        "-verbosity=0",
        "-timeout=60",
        "-reduce_inputs=0",
    ]
    atheris.Setup([sys.argv[0], *arguments, corpus], run, custom_mutator=mutate)
    atheris.Fuzz()


class _Run:
    """Reads one file after the other, and counts."""

    def __init__(self, target: object, folder: Path, runs: int) -> None:
        self._target, self._folder, self._runs = target, folder, runs
        self._at_hand = os.open(folder / "at-hand", os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        self._done = self._read = 0

    def __call__(self, data: bytes) -> None:
        from tools.fuzz.check import check

        os.ftruncate(self._at_hand, len(data))
        os.pwrite(self._at_hand, data, 0)
        try:
            self._read += check(self._target, data)  # type: ignore[arg-type]
        except Exception as error:
            self._fail(data, error)
        self._done += 1
        if self._done % REPORT_EVERY == 0 or self._done == self._runs:
            print(json.dumps({"done": self._done, "read": self._read}), flush=True)

    def _fail(self, data: bytes, error: Exception) -> None:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "/jixiao/" in f.filename]
        where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "check"
        file = self._folder.parent / f"{self._folder.name}-{sha256(data).hexdigest()[:12]}"
        file.write_bytes(data)
        what = f"{type(error).__name__} at {where}: {str(error)[:200]}"
        print(json.dumps({"failure": what, "key": f"{type(error).__name__} {where}", "file": str(file)}), flush=True)


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has none
        return
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, resource.getrlimit(resource.RLIMIT_DATA)[1]))


if __name__ == "__main__":
    main()
