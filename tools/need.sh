#!/bin/sh
# need.sh PACKAGE TEST [optional]: make sure a Debian package is there, by what TEST says.
# As root it is installed; else one line names it. With "optional" the work goes on without it.
package=$1 test=$2 optional=$3
sh -c "$test" >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "正在安装系统软件包 $package …"
    { apt-get install -y -q "$package" || { apt-get update -q && apt-get install -y -q "$package"; }; } >/dev/null 2>&1
    sh -c "$test" >/dev/null 2>&1 && exit 0
    echo "系统软件包 $package 装不上。"
else
    echo "缺少系统软件包 $package，请先运行：sudo apt-get install $package"
fi
[ -n "$optional" ] && exit 0
exit 1
