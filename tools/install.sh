#!/bin/sh
# install.sh PYTHON FILE…: install what the files lock into the environment of PYTHON; one line says what to do where it fails.
python=$1
shift
for file; do
    echo "正在安装 $file 里的组件 …"
    "$python" -m pip install -qq --require-hashes --requirement "$file" && continue
    echo "没有装上。请检查网络；在内网，先告诉 pip 本单位的镜像：$python -m pip config set global.index-url 镜像地址"
    exit 1
done
