"""Certificate and key of https, looked at before the server starts: what is wrong with them, in words."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

_CERTIFICATE = b"-----BEGIN CERTIFICATE-----"
_KEY = b"-----BEGIN PRIVATE KEY-----"
_ANY_KEY = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----")
_PEM = re.compile(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)
_SEQUENCE, _UTC_TIME, _GENERALIZED_TIME, _VERSION = 0x30, 0x17, 0x18, 0xA0
SOON = timedelta(days=30)
"""So long before its end an operator is told"""


class WrongPairError(ValueError):
    """What is wrong with certificate or key, in words."""


@dataclass(frozen=True)
class Pair:
    """A certificate (PEM, with those between) and its key (PEM, PKCS#8 without a password)."""

    cert: Path
    key: Path


def pair_of(cert: str, key: str, *, now: datetime | None = None) -> Pair | None:
    """The pair that settings name, None where they name none; it has to last beyond ``now`` (the present). Raises WrongPairError where it does not serve."""
    if not cert and not key:
        return None
    if not cert or not key:
        raise WrongPairError("证书和私钥要一起写：--cert 和 --key，或 JIXIAO_CERT 和 JIXIAO_KEY")
    pair = Pair(Path(cert).resolve(), Path(key).resolve())
    texts = {path: _read(path) for path in (pair.cert, pair.key)}
    if _CERTIFICATE not in texts[pair.cert] and _CERTIFICATE in texts[pair.key]:
        raise WrongPairError(f"证书和私钥写反了：{pair.key} 是证书，{pair.cert} 是私钥。对调一下")
    if _CERTIFICATE not in texts[pair.cert]:
        raise WrongPairError(f"{pair.cert} 不是 PEM 格式的证书（要有 BEGIN CERTIFICATE）")
    if not _ANY_KEY.search(texts[pair.key]):
        raise WrongPairError(f"{pair.key} 不是 PEM 格式的私钥（要有 BEGIN PRIVATE KEY）")
    if _KEY not in texts[pair.key]:
        raise WrongPairError(
            f"私钥要是不带密码的 PKCS#8 格式：openssl pkcs8 -topk8 -nocrypt -in {pair.key} -out 新文件，再用新文件"
        )
    _fits(pair)
    end = ends(pair.cert)
    if end <= (now or datetime.now(UTC)):
        raise WrongPairError(f"证书 {end.astimezone():%Y-%m-%d} 已经到期：{pair.cert}。请换新的")
    return pair


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise WrongPairError(f"没有文件 {path}") from None
    except OSError as error:
        raise WrongPairError(f"读不了 {path}（{error.strerror}）。文件要让运行服务的账号能读") from error


def _fits(pair: Pair) -> None:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(pair.cert, pair.key)
    except ssl.SSLError as error:
        if "KEY_VALUES_MISMATCH" in str(error):
            raise WrongPairError(f"私钥和证书不是一对：{pair.cert}、{pair.key}。请找出与这张证书一起的私钥") from error
        raise WrongPairError(f"证书或私钥读不出，可能坏了：{pair.cert}、{pair.key}") from error


def ends(cert: Path) -> datetime:
    """The moment the first certificate of a file ends. Raises WrongPairError for what is no certificate."""
    found = _PEM.search(cert.read_text(encoding="ascii", errors="replace"))
    try:
        if found is None:
            raise ValueError("no certificate")
        whole = _inside(ssl.PEM_cert_to_DER_cert(found[0]), _SEQUENCE)
        parts = _parts(_inside(whole, _SEQUENCE))
        if parts[0][0] == _VERSION:
            parts = parts[1:]
        _, _, _, validity, *_ = parts  # serial number, algorithm, issuer, validity
        (_, (kind, until)) = _parts(validity[1])
        text = until.decode("ascii")
        form = {_UTC_TIME: "%y%m%d%H%M%SZ", _GENERALIZED_TIME: "%Y%m%d%H%M%SZ"}[kind]
        return datetime.strptime(text, form).replace(tzinfo=UTC)
    except (ValueError, KeyError, IndexError, ssl.SSLError) as error:
        raise WrongPairError(f"证书读不出，可能坏了：{cert}") from error


def _parts(content: bytes) -> list[tuple[int, bytes]]:
    """The elements of a DER sequence (X.690): tag and content of each."""
    found = []
    at = 0
    while at < len(content):
        tag, size, at = content[at], content[at + 1], at + 2
        if size & 0x80:
            more = size & 0x7F
            size, at = int.from_bytes(content[at : at + more]), at + more
        found.append((tag, content[at : at + size]))
        at += size
    return found


def _inside(content: bytes, tag: int) -> bytes:
    kind, inner = _parts(content)[0]
    if kind != tag:
        raise ValueError("not what was expected")
    return inner
