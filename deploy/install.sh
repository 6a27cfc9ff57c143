#!/bin/sh
# 不用网络安装或升级绩效（含工作平台）：sh install.sh [安装位置]    不写为 /opt/jixiao
# 用别的 Python：PYTHON=python3.11 sh install.sh
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
place=${1:-/opt/jixiao}
python=${PYTHON:-python3}
wanted=$(cat "$here/platform.txt")

if ! command -v "$python" >/dev/null; then
    echo "没有 $python。请先装 Python（$wanted）：Debian、统信、麒麟上是 apt-get install python3 python3-venv" >&2
    exit 1
fi
have=$("$python" -c 'import platform, sys; print("%d.%d" % sys.version_info[:2], sys.platform, platform.machine())')
if [ "$have" != "$wanted" ]; then
    echo "这个安装包是给 $wanted 做的，这里的 $python 是 $have。" >&2
    echo "请在同样的系统上重新做一个（make bundle），或者指明合适的 Python：PYTHON=python3.11 sh install.sh" >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "没有建环境用的 python3-venv。请先装上：apt-get install python3-venv" >&2
    exit 1
fi

[ -x "$place/bin/python" ] || "$python" -m venv "$place"
pip() {
    "$place/bin/python" -m pip --isolated --disable-pip-version-check install --quiet --no-index "$@"
}
pip --find-links "$here/wheels" --require-hashes --requirement "$here/requirements.txt"
pip --no-deps --force-reinstall "$here"/wheels/jixiao-*.whl
"$place/bin/python" -m compileall -q "$place/lib" >/dev/null 2>&1 || true

echo "装好了：$("$place/bin/jixiao" --version)，在 $place/bin/jixiao"
echo "启动工作平台：$place/bin/jixiao serve 数据文件夹    怎么装成服务、备份、升级：$here/operate.md"
