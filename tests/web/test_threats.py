"""A test for every threat of docs/threats.md, by its number; the page and this file name each other."""

from __future__ import annotations

import ast
import io
import logging
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from openpyxl import load_workbook

from jixiao.services.chain import canonical
from jixiao.web.accounts.roles import Role
from jixiao.web.accounts.services.people import edit_person
from jixiao.web.accounts.tokens import make_token
from jixiao.web.audit.models import AuditEntry
from jixiao.web.files.answers import attachment
from jixiao.web.files.store import path_of
from jixiao.web.goals import selectors
from jixiao.web.intake import receiving
from jixiao.web.intake.receiving import receive, shown_name
from jixiao.web.kernel.acts import Refused
from jixiao.writers.registry import writer_named
from web.make import PASSWORD, YEAR, Office
from web.matrix.examples import EXAMPLES
from web.matrix.test_matrix import patterns, tried, views
from web.matrix.world import world
from web.samples import plan_of

_ROOT = Path(__file__).parents[2]
_WEB = _ROOT / "src" / "jixiao" / "web"
_MARK = "<i id=x onerror=alert(1)>&"


def test_every_threat_has_a_test_and_every_test_a_threat() -> None:
    page = (_ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| (T\d\d) ", page, re.MULTILINE)
    here = re.findall(r"^def test_(t\d\d)_", Path(__file__).read_text(encoding="utf-8"), re.MULTILINE)
    assert told == sorted(set(told))
    assert sorted({one.upper() for one in here}) == told


def test_t01_nothing_inline_runs(county: Office, client: Client) -> None:
    client.force_login(county.people[Role.CLERK])
    policy = client.get(f"/{YEAR}/sheets/").headers["Content-Security-Policy"]
    rules = dict(one.strip().split(" ", 1) for one in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert "unsafe" not in policy
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*importmap)[^>]*>|<style|\sstyle=\"|\son[a-z]+=\"|javascript:", re.IGNORECASE
    )
    wrong = [
        f"{file.relative_to(_WEB)}: {found.group()}"
        for file in sorted(_WEB.rglob("*.html"))
        if (found := inline.search(file.read_text(encoding="utf-8")))
    ]
    assert wrong == []


def test_t02_a_form_of_another_site_is_refused(county: Office) -> None:
    exempt = [one.name for one in patterns() if getattr(one.callback, "csrf_exempt", False)]
    assert exempt == [], "only the interface is, which asks by itself"
    client = Client(enforce_csrf_checks=True)
    client.force_login(county.people[Role.CLERK])
    assert client.post("/logout").status_code == 403
    body = {"title": "x", "scopes": ["*"]}
    assert client.post("/api/v1/acts/token.make", body, content_type="application/json").status_code == 403


def test_t03_uploads_have_limits(county: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MOST_UPLOAD_BYTES", 1000)
    with pytest.raises(Refused, match="没有收") as refused:
        receive([SimpleUploadedFile("a.txt", b"x" * 1001)])
    assert refused.value.status == 413
    with pytest.raises(Refused, match="一次最多收"):
        receive([SimpleUploadedFile(f"{n}.txt", b"x") for n in range(receiving.MOST_FILES + 1)])


def test_t04_what_was_uploaded_never_becomes_a_page_of_ours() -> None:
    answer = attachment(io.BytesIO(b"<script>alert(1)</script>"), "a.html", "html")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\x.docx", "/etc/passwd", "C:\\x.docx", "a/../../b", "\0", ""]
)
def test_t05_names_lead_nowhere(name: str) -> None:
    shown = shown_name(name)
    assert shown
    assert not shown.startswith("/")
    assert not {"..", ""} & set(shown.split("/"))
    assert not any(ord(sign) < 32 or sign in "\\:" for sign in shown)
    with pytest.raises(ValueError, match="SHA-256"):
        path_of(name)


def test_t06_an_archive_that_swells_is_left_unopened(county: Office) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("bomb.txt", b"0" * (64 * 1024 * 1024))
        archive.writestr("../../escaped.txt", "绩效")
    received = receive([SimpleUploadedFile("a.zip", held.getvalue())])
    assert all(one.kept is None for one in received if "bomb" in one.name)
    assert all(".." not in one.name.split("/") for one in received)
    assert any(one.met and one.remedy for one in received), "told, with what to do"


@pytest.mark.django_db
def test_t07_words_of_people_stay_words(db: None) -> None:
    """Names, titles, notes with signs of HTML, on every page that somebody can open."""
    made = world()
    for spot in made.spots.values():
        for thing in (spot.unit, spot.project, spot.person, *spot.things.values()):
            for name in ("name", "title", "file_name", "met", "message", "reason", "approval_document"):
                if isinstance(getattr(thing, name, None), str):
                    setattr(thing, name, _MARK)
            thing.save()
    wrong, seen = [], 0
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    for who in made.personas:
        if who.role not in (Role.PERFORMANCE_SECTION, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN):
            continue
        client = Client()
        client.force_login(who.user)
        for name, view in views().items():
            if view.signed_in and "GET" in getattr(view, "methods", ("GET",)):
                for one in EXAMPLES[name].ones(made):
                    answer = tried(client, name, "GET", one)
                    if not answer.streaming and answer.headers["Content-Type"].startswith("text/html"):
                        content = answer.content.decode()
                        seen += "&lt;i id=x" in content
                        if "<i id=x" in content:
                            wrong.append(f"{who} {name}")
    assert wrong == []
    assert seen > 20


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_t08_nobody_is_sent_elsewhere(county: Office, client: Client, to: str) -> None:
    form = {"username": "clerk", "password": PASSWORD, "next": to}
    answer = client.post(f"/login?next={to}", form)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


@override_settings(ALLOWED_HOSTS=["jixiao.example"])
def test_t09_other_names_of_the_server_are_refused(db: None, client: Client) -> None:
    logging.getLogger("django.security.DisallowedHost").setLevel(logging.CRITICAL)
    assert client.get("/login", headers={"host": "jixiao.example"}).status_code == 200
    answer = client.get("/login", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert b"evil.example" not in answer.content


def test_t10_the_session_is_a_new_one_after_signing_in(county: Office, client: Client) -> None:
    client.get("/login")
    session = client.session
    session["planted"] = "1"
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before or ""
    client.post("/login", {"username": "clerk", "password": PASSWORD})
    assert client.session.session_key != before


def test_t11_what_is_others_looks_like_what_is_not_there(county: Office, client: Client) -> None:
    """One by one; all objects by all roles: tests/web/matrix."""
    client.force_login(county.people[Role.CLERK])
    others, none = county.projects["河道疏浚"].pk, 999_999
    for address in ("/api/v1/projects/{}", "/history/projects.project/{}/"):
        there, nowhere = (client.get(address.format(key)) for key in (others, none))
        assert there.status_code == nowhere.status_code == 404
        assert there.content == nowhere.content


def test_t12_no_password_and_no_token_in_a_log(county: Office, caplog: pytest.LogCaptureFixture) -> None:
    token = make_token(county.actor(Role.CLERK), title="x", scopes=["*"]).value
    client = Client(raise_request_exception=False)
    with caplog.at_level(logging.DEBUG):
        for path in ("projects", "projects?x=1", "projects/0", "nowhere", "acts/token.make"):
            client.get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {token}"})
        client.post("/login", {"username": "clerk", "password": "a-secret-that-was-mistyped"})
        client.post("/login", {"username": "clerk", "password": PASSWORD})
    entries = list(AuditEntry.objects.unrestricted("test").values())
    kept = caplog.text + canonical([str(one) for one in entries]).decode()
    for secret in (token, "a-secret-that-was-mistyped", PASSWORD, county.people[Role.CLERK].password):
        assert secret not in kept


def test_t13_secrets_come_from_the_environment_only() -> None:
    source = (_WEB / "settings.py").read_text(encoding="utf-8")
    assert 'SECRET_KEY = os.environ.get("JIXIAO_SECRET_KEY", "")' in source
    literal = re.compile(r"(?i)\b(secret|password|token|key)\w*\s*=\s*[\"'][A-Za-z0-9+/_-]{16,}[\"']")
    found = [
        f"{file.name}: {hit.group()}"
        for file in sorted(_WEB.rglob("*.py"))
        if (hit := literal.search(file.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_t14_no_frame_of_another_site(county: Office, client: Client) -> None:
    for address in ("/login", "/api/v1/openapi.json"):
        answer = client.get(address)
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_t15_signing_in_takes_as_long_for_a_name_there_is_not(
    county: Office, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted, not timed: one hash is computed for a name there is, for one there is not, for one who has left."""
    left = county.people[Role.UNIT_HEAD]
    left.is_active = False
    left.save()
    hasher: Any = type(get_hasher())
    real, done = hasher.encode, []
    monkeypatch.setattr(hasher, "encode", lambda *given, **more: done.append(1) or real(*given, **more))
    counts = []
    for name in ("clerk", "nobody-of-this-name", left.username):
        done.clear()
        client.post("/login", {"username": name, "password": "wrong-password"})
        counts.append(len(done))
    assert len(set(counts)) == 1
    assert counts[0] >= 1


def test_t16_guessing_is_stopped_and_tells_nothing(county: Office, client: Client) -> None:
    words = [
        client.post("/login", {"username": name, "password": "x"}).content.decode().count("用户名或密码不对")
        for name in ("clerk", "nobody-of-this-name")
    ]
    assert words == [1, 1]
    for _ in range(5):
        client.post("/login", {"username": "clerk", "password": "wrong"})
    assert client.post("/login", {"username": "clerk", "password": PASSWORD}).status_code == 422


@pytest.mark.process
def test_t17_the_profile_for_encrypted_connections_is_clean(tmp_path: Path) -> None:
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("JIXIAO_", "DJANGO_"))},
        "DJANGO_SETTINGS_MODULE": "jixiao.web.settings",
        "JIXIAO_PROFILE": "tls",
        "JIXIAO_HOSTS": "jixiao.example",
        "JIXIAO_SECRET_KEY": "k7Zp2vQ9x4Lm8Rt1Wc6Yb3Nd5Hf0Gj7Ks2Aq9Eu4Io8Pz1Xv6Tn5Bm3",
        "JIXIAO_DATA": str(tmp_path),
        "DATABASE_URL": "",
    }
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "INFO"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_t18_nothing_in_the_workspace_calls_out() -> None:
    forbidden = {"urllib.request", "http.client", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "telnetlib"}
    found = []
    # asks the server it has just started on 127.0.0.1; names the errors of the mail server that the office set, if it set one
    own = {_WEB / "demo" / "check.py", _WEB / "workflow" / "tasks.py"}
    for file in sorted(set(_WEB.rglob("*.py")) - own):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            found += [f"{file.relative_to(_WEB)}: {name}" for name in names if name in forbidden]
    assert found == []


@pytest.mark.parametrize("begin", ["=", "+", "-", "@"])
def test_t19_text_in_a_workbook_is_no_formula(begin: str) -> None:
    plan = plan_of(1)
    (sheet,) = plan.goal_sheets
    words = f'{begin}HYPERLINK("http://evil.example")'
    named = replace(sheet, project=replace(sheet.project, name=words))
    book = load_workbook(io.BytesIO(writer_named("xlsx").write(replace(plan, goal_sheets=(named,)))))
    cells = [cell for tab in book for row in tab.iter_rows() for cell in row if cell.value and words in str(cell.value)]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(begin))


def test_t20_an_error_shows_nothing_of_the_inside(
    county: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("select secret from inside")

    monkeypatch.setattr(selectors, "sheets", broken)
    client = Client(raise_request_exception=False)
    client.force_login(county.people[Role.CLERK])
    with caplog.at_level(logging.CRITICAL):
        answer = client.get(f"/{YEAR}/sheets/")
    assert answer.status_code == 500
    assert b"inside" not in answer.content
    assert b"Traceback" not in answer.content
    assert settings.DEBUG is False


def test_t21_cookies_are_kept_from_scripts_and_other_sites(county: Office, client: Client) -> None:
    client.post("/login", {"username": "clerk", "password": PASSWORD})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert client.cookies["csrftoken"]["samesite"] == "Lax"


def test_t22_personal_data_in_the_log_is_masked(county: Office) -> None:
    edit_person(county.actor(Role.SECURITY_ADMIN), user=county.people[Role.CLERK].pk, phone="13812345678")
    entries = str(list(AuditEntry.objects.unrestricted("test").values_list("before", "after")))
    assert "13812345678" not in entries
    assert "138****78" in entries


def test_t23_pages_are_not_kept_by_proxies(county: Office, client: Client) -> None:
    client.force_login(county.people[Role.CLERK])
    for address in (f"/{YEAR}/sheets/", "/api/v1/projects"):
        assert client.get(address).headers["Cache-Control"] == "no-store"


def test_t24_a_program_writes_only_what_is_declared(county: Office) -> None:
    token = make_token(county.actor(Role.SECURITY_ADMIN), title="x", scopes=["*"]).value
    body = {"user": county.people[Role.CLERK].pk, "name": "x", "is_active": False, "password": "y"}
    headers = {"Authorization": f"Bearer {token}"}
    answer = Client().post("/api/v1/acts/person.edit", body, content_type="application/json", headers=headers)
    assert answer.status_code == 422
    county.people[Role.CLERK].refresh_from_db()
    assert county.people[Role.CLERK].is_active
