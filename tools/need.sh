#!/bin/sh
# need.sh PYTHON: say what setting up is missing on this machine, and the one command that brings it. Installs nothing.
python=$1
if ! command -v "$python" >/dev/null; then
    echo "没有 $python。请先运行：sudo apt-get install python3 python3-venv"
elif ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "需要 Python 3.11 或更新的版本，现在的 $python 是 $("$python" --version 2>&1)。"
    echo "装好新版本以后指明用它，例如：make PYTHON=python3.11"
elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "没有建环境用的 python3-venv。请先运行：sudo apt-get install python3-venv"
else
    exit 0
fi
exit 1
