"""What goes wrong with files."""

from __future__ import annotations

import errno


class UnreadableFileError(Exception):
    """A file that cannot be read: ``met`` says what was found, ``remedy`` what the user can do; both Chinese."""

    def __init__(self, met: str, remedy: str) -> None:
        super().__init__(f"{met}。{remedy}")
        self.met = met
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[UnreadableFileError], tuple[str, str]]:
        return type(self), (self.met, self.remedy)  # errors come back from other processes


_WORDS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EEXIST: "同名文件已存在",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "正被别的程序占用",
    errno.ELOOP: "链接绕成了圈",
}


def system_words(error: OSError) -> str:
    """What the system met, in Chinese; its own words only where they are not known."""
    return _WORDS.get(error.errno or 0) or f"系统错误 {error.errno}"
