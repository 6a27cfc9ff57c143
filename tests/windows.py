"""A Windows of ours: what Windows lacks is taken from Python, and its Chinese code page is what text falls back to.

There is no Windows where the tests run. What is simulated: modules, functions and signals of Unix are gone, in all
processes; standard streams speak GBK (code page 936); whoever opens a file as text without saying how ends with an
error, as GBK would read or write it otherwise. What is not: paths with drives, files locked by other programs,
and ``sys.platform``, by which libraries (numpy) know that they may ask for ``os.uname``: that one stays.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

COMMAND = (sys.executable, "-c", "import sys; from jixiao.cli import main; sys.exit(main())")
_SITE = """
import os, signal, subprocess, sys

for module in ("resource", "fcntl", "pwd", "grp", "termios", "tty", "pty", "syslog", "curses", "readline"):
    sys.modules[module] = None
for name in (
    "fork", "forkpty", "killpg", "setsid", "setpgid", "getpgid", "getpgrp", "getsid", "nice", "getpriority",
    "getuid", "geteuid", "getgid", "getegid", "getgroups", "setuid", "setgid", "chown", "lchown", "chroot", "mkfifo",
    "mknod", "statvfs", "sysconf", "getloadavg", "sched_getaffinity", "wait", "wait3", "wait4", "ctermid", "ttyname",
    "posix_spawn", "posix_spawnp", "pread", "pwrite", "sync", "initgroups",
):
    vars(os).pop(name, None)
KNOWN = ("SIGABRT", "SIGFPE", "SIGILL", "SIGINT", "SIGSEGV", "SIGTERM", "SIG_DFL", "SIG_IGN")
for name in [name for name in vars(signal) if name.startswith(("SIG", "ITIMER")) and name not in KNOWN]:
    delattr(signal, name)
for name in ("alarm", "setitimer", "getitimer", "pause", "sigwait", "pthread_kill", "siginterrupt"):
    vars(signal).pop(name, None)
subprocess.Popen.kill = lambda process: process.send_signal(9)
"""


def environment(folder: Path) -> dict[str, str]:
    """What a process is started with to be there; ``folder`` takes the module that Python runs first."""
    (folder / "sitecustomize.py").write_text(_SITE, encoding="utf-8")
    return {
        **os.environ,
        "PYTHONPATH": str(folder),
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "gbk",
        "PYTHONWARNDEFAULTENCODING": "1",
        "PYTHONWARNINGS": "error::EncodingWarning",
    }


def run(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """A command there."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], env=environment(folder), capture_output=True, check=False, timeout=120
    )
