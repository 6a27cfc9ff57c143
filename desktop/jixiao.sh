#!/bin/sh
# 双击：在浏览器里打开单人版，收文件、看问题、下载审核意见。
# 把要审核的文件夹（或几个文件）拖给它：结果写在旁边的“…-审核结果”文件夹，审核报告自动打开。
#   desktop/jixiao.sh [文件夹]
#   desktop/jixiao.sh --launcher    在桌面上放一个图标，以后把文件夹拖到图标上
set -u
self=$(readlink -f "$0")
here=$(dirname "$self")

# 从文件管理器里运行时没有窗口：先开一个
if [ ! -t 1 ] && [ ! -t 2 ] && [ -z "${JIXIAO_WINDOW:-}" ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    for terminal in x-terminal-emulator xterm; do
        if command -v "$terminal" >/dev/null 2>&1; then
            JIXIAO_WINDOW=1
            export JIXIAO_WINDOW
            exec "$terminal" -e "$self" "$@"
        fi
    done
fi

# 出了问题就留住窗口，让人看得到上面的话
leave() {
    if [ "$1" -ne 0 ] && [ "$1" -ne 3 ] && [ -t 0 ]; then
        printf '\n按回车键关闭这个窗口。'
        read -r _
    fi
    exit "$1"
}

if [ "${1:-}" = --launcher ]; then
    desktop=$(xdg-user-dir DESKTOP 2>/dev/null) || desktop=$HOME/Desktop
    if [ ! -d "$desktop" ]; then
        printf '没有找到桌面文件夹（%s），图标没有做成。请在图形桌面里登录后再运行一次；也可以直接运行：\n  %s 文件夹\n' "$desktop" "$0" >&2
        leave 2
    fi
    icon=$desktop/绩效审核.desktop
    case $self in
    *[\"\$\`\\%]*)
        printf '本软件所在的路径里有特殊符号，做不了图标：%s\n' "$self" >&2
        leave 2
        ;;
    esac
    printf '[Desktop Entry]\nType=Application\nName=绩效审核\nComment=双击打开；也可以把要审核的文件夹拖到这里\nTerminal=true\nExec="%s" %%F\n' "$self" >"$icon" &&
        chmod +x "$icon" || leave 2
    printf '已在桌面放了“绩效审核”图标，双击它打开单人版，或者把要审核的文件夹拖到图标上。第一次可能要右键点它，选“允许启动”。\n'
    leave 0
fi

if [ $# -eq 0 ]; then
    set -- desk
else
    set -- review --beside --open "$@"
fi

for program in "$here/../.venv/bin/jixiao" "$(command -v jixiao)" "$HOME/.local/bin/jixiao"; do
    if [ -x "$program" ]; then
        "$program" "$@"
        leave $?
    fi
done
if python3 -c 'import jixiao' 2>/dev/null; then
    python3 -m jixiao "$@"
    leave $?
fi
printf '这台电脑上还没有装好绩效。请在本软件的文件夹里运行一次 make setup，或按 README.zh-CN.md 的办法安装。\n' >&2
leave 2
