"""``make fuzz``: many mutated files through every reader, on every core; counts, and each failure with its file.

A failing file is kept; ``python -m tools.fuzz --replay TARGET FILE`` shows what it does.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from jixiao.readers.scan.engine import is_installed
from tools.fuzz.check import TARGETS, Target, check
from tools.fuzz.worker import REPORT_EVERY

_HANGS = 60.0
"""Seconds without a sign of life after which a worker is ended"""
_MOST_DEATHS = 20
_MOST_SHOWN = 20
_PIECE = 4000
"""Files one process reads: pieces keep all cores busy to the end"""


@dataclass
class _Tally:
    """What became of the files of one target."""

    done: int = 0
    read: int = 0
    seconds: float = 0.0
    failures: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def fail(self, key: str, what: str, file: str) -> None:
        first = self.failures.get(key)
        if first is None:
            self.failures[key] = (what, file, 1)
            return
        if file != first[1]:
            Path(file).unlink(missing_ok=True)  # one file of a kind is enough
        self.failures[key] = (*first[:2], first[2] + 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", choices=[[], *TARGETS], help="all where none is named")
    parser.add_argument("--runs", type=int, default=110_000, help="files in all")
    parser.add_argument("--seed", type=int, default=0, help="another gives other files; by the clock where it is 0")
    parser.add_argument("--folder", type=Path, default=Path("fuzz-failures"))
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--replay", nargs=2, metavar=("TARGET", "FILE"))
    options = parser.parse_args()
    if options.replay:
        target, file = options.replay
        print("read" if check(TARGETS[target], Path(file).read_bytes(), twice=True) else "refused")
        return 0
    guided = find_spec("atheris") is not None
    seed = options.seed or int(time.time())
    print(f"seed {seed}, {'guided by coverage (atheris)' if guided else 'not guided: atheris is not installed'}")
    start = time.monotonic()
    targets = [TARGETS[name] for name in options.targets or TARGETS]
    if not is_installed():
        for target in (t for t in targets if t.ocr):
            print(f"{target.name}: left out, the extra ocr is not installed (make ocr)")
        targets = [t for t in targets if not t.ocr]
    tallies = _run(targets, options, seed, guided=guided)
    return _report(tallies, time.monotonic() - start)


def _run(targets: list[Target], options: argparse.Namespace, seed: int, *, guided: bool) -> dict[str, _Tally]:
    options.folder.mkdir(parents=True, exist_ok=True)
    shares = sum(t.share for t in targets)
    tallies = {t.name: _Tally() for t in targets}
    with ThreadPoolExecutor(options.workers) as pool:
        jobs = []
        for target in targets:
            wanted = -(-options.runs * target.share // shares)
            pieces = -(-wanted // _PIECE)
            runs = -(-wanted // pieces // REPORT_EVERY) * REPORT_EVERY
            for n in range(pieces):
                # every other piece is not guided: guidance favours what it knows
                use = guided and n % 2 == 0
                folder = options.folder / f"{target.name}-{n}"
                jobs.append(pool.submit(_piece, target, runs, seed + n, folder, tallies[target.name], guided=use))
        for job in jobs:
            job.result()
    return tallies


def _piece(target: Target, runs: int, seed: int, folder: Path, tally: _Tally, *, guided: bool) -> None:
    """One piece of a target's files; a process that dies or hangs is replaced, its file kept."""
    start, left, deaths = time.monotonic(), runs, 0
    folder.mkdir(exist_ok=True)
    while left > 0 and deaths < _MOST_DEATHS:
        done, died = _process(target, left, seed + 1000 * deaths, folder, tally, guided=guided)
        left -= done if died else left
        if died:
            deaths, left = deaths + 1, left - 1
            file = folder.parent / f"{folder.name}-died-{deaths}"
            file.write_bytes((folder / "at-hand").read_bytes())
            with tally.lock:
                tally.fail(f"died {died}", f"the process {died}", str(file))
    with tally.lock:
        tally.seconds += time.monotonic() - start
    print(f"  {folder.name}: {runs} files in {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
    shutil.rmtree(folder)


def _process(target: Target, runs: int, seed: int, folder: Path, tally: _Tally, *, guided: bool) -> tuple[int, str]:
    """(files done, how the process died or nothing)."""
    command = [sys.executable, "-m", "tools.fuzz.worker", target.name, f"--runs={runs}", f"--seed={seed}"]
    command += [f"--folder={folder}", *(["--guided"] if guided else [])]
    done = 0
    with (
        (folder / "said").open("w", encoding="utf-8") as said_before,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said_before, encoding="utf-8") as process,
    ):
        hung = threading.Event()
        threading.Thread(target=_watch, args=(process, folder / "at-hand", hung), daemon=True).start()
        read = 0
        assert process.stdout is not None
        for line in process.stdout:
            if not line.startswith("{"):
                continue
            said = json.loads(line)
            with tally.lock:
                if "failure" in said:
                    tally.fail(said["key"], said["failure"], said["file"])
                else:
                    tally.done += said["done"] - done
                    tally.read += said["read"] - read
                    done, read = said["done"], said["read"]
    if hung.is_set():
        return done, f"did nothing for {_HANGS:.0f} s"
    if process.returncode == 0:
        return done, ""
    last = (folder / "said").read_text(encoding="utf-8", errors="replace").splitlines()[-1:]
    return done, f"ended with {process.returncode}: {''.join(last)[:200]}"


def _watch(process: subprocess.Popen[str], at_hand: Path, hung: threading.Event) -> None:
    started = time.time()
    while process.poll() is None:
        time.sleep(1)
        last = max(started, at_hand.stat().st_mtime if at_hand.exists() else 0)
        if time.time() - last > _HANGS:
            hung.set()
            process.kill()


def _report(tallies: dict[str, _Tally], seconds: float) -> int:
    print(f"{'reader':8}{'files':>9}{'read':>9}{'refused':>9}{'failed':>8}{'files/s':>9}")
    for name, t in tallies.items():
        failed = sum(times for _, _, times in t.failures.values())
        print(f"{name:8}{t.done:9}{t.read:9}{t.done - t.read - failed:9}{failed:8}{t.done / max(t.seconds, 0.1):9.0f}")
    total = sum(t.done for t in tallies.values())
    failures = [(name, failure) for name, t in tallies.items() for failure in t.failures.values()]
    print(f"{total} files in {seconds:.0f} s, {total / seconds:.0f} a second; {len(failures)} kinds of failure")
    for name, (what, file, times) in failures[:_MOST_SHOWN]:
        print(f"  {name}: {what} ({times} times)\n    python -m tools.fuzz --replay {name} {file}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
