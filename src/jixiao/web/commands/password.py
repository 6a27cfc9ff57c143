"""``jixiao password``: a first password anew for somebody, by who has the server: the way out where no security administrator gets in."""

from __future__ import annotations

import argparse

from jixiao.web.operation.folder import SECRET, add_folder, folder_of, is_key_given
from jixiao.web.operation.opening import opened


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("username", metavar="用户名", help="谁的密码")
    add_folder(parser)


def run(given: argparse.Namespace) -> int:
    """0 printed, 1 no such person or not possible, 2 no such folder."""
    folder = folder_of(given.folder)
    if not folder.is_dir():
        print(f"没有数据文件夹 {folder}。请写明在哪里：jixiao password 用户名 数据文件夹")
        return 2
    missing = opened(folder) if is_key_given(folder) else f"没有密钥 {folder / SECRET}，把抄存的那一份放回去"
    if missing:
        print(f"没有重置：{missing}")
        return 2
    from jixiao.web.accounts.models import User
    from jixiao.web.accounts.services import reset_password
    from jixiao.web.kernel.acts import Refused
    from jixiao.web.kernel.people import system

    person = User.objects.unrestricted("whose password it is").filter(username=given.username).first()
    if person is None:
        print(f"没有用户名“{given.username}”")
        return 1
    try:
        made = reset_password(system("服务器上重置密码"), user=person.pk)
    except Refused as refused:
        print(refused.message)
        return 1
    print(f"{made.user.name}（{made.user.username}）的首次密码：{made.password}")
    print("交给本人，登录后须改。已记入审计日志。")
    return 0
