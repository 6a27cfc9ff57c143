#!/bin/sh
# Install the programs that reading old office files and some tests need: Debian's packages, which need an administrator.
set -e
missing=
for package in python3-venv chromium fonts-noto-cjk libreoffice-writer-nogui libreoffice-calc-nogui postgresql; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q ' installed$' || missing="$missing $package"
done
if [ -z "$missing" ]; then
    echo "系统软件包都已装好。"
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "这个系统不用 apt-get，请用它自己的办法装上：$missing（名字可能略有不同）。"
    exit 1
fi
root=
if [ "$(id -u)" != 0 ]; then root=sudo; fi
echo "正在安装系统软件包：$missing"
$root apt-get update -qq
# shellcheck disable=SC2086 # several names
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
