"""``make bundle``: all that a machine without network needs: wheels for this platform, the installer, units, the operator's page."""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ("install.sh", "jixiao.service", "nginx.conf")
PAGES = ("operate.md", "audit.md")
"""What who runs it reads: the operator's page and what it leads to"""
_NO_NETWORK = "组件没有取到。请检查网络；在内网，先告诉 pip 本单位的镜像：pip config set global.index-url 镜像地址"


def platform_words() -> str:
    """What ``install.sh`` compares: version of Python, system, machine."""
    return f"{sys.version_info.major}.{sys.version_info.minor} {sys.platform} {platform.machine()}"


def bundle(folder: Path, requirements: Path = ROOT / "requirements" / "web.txt") -> Path:
    """Fill the folder; gives the archive beside it. Raises CalledProcessError where pip or the build fails."""
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run(
        [*pip, "download", "--only-binary=:all:", "--require-hashes", "-r", str(requirements), "-d", str(wheels)],
        check=True,
    )
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)], cwd=ROOT, check=True)
    shutil.copyfile(requirements, folder / "requirements.txt")
    for name in DEPLOY:
        shutil.copyfile(ROOT / "deploy" / name, folder / name)
    (folder / "install.sh").chmod(0o755)
    for name in PAGES:
        shutil.copyfile(ROOT / "docs" / name, folder / name)
    (folder / "platform.txt").write_text(platform_words() + "\n", encoding="ascii")
    return Path(shutil.make_archive(str(folder), "gztar", folder.parent, folder.name))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    name = f"jixiao-offline-{platform_words().replace(' ', '-')}"
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist" / name)
    try:
        made = bundle(parser.parse_args().folder)
    except subprocess.CalledProcessError as error:
        print(_NO_NETWORK if "download" in error.cmd else f"没有做成：{error}", file=sys.stderr)
        return 1
    print(f"离线安装包：{made}（{made.stat().st_size / 1e6:.0f} MB）。拷到没有网络的电脑上解开，运行 sh install.sh")
    return 0


if __name__ == "__main__":
    sys.exit(main())
