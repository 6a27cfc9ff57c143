"""Settings of the workspace, all from the environment: what differs between two offices is nowhere else.

``JIXIAO_DATA``        folder of the database and of files (default: jixiao-data below the current folder)
``DATABASE_URL``       postgres://user:password@host:port/name; without it SQLite in the data folder
``JIXIAO_SECRET_KEY``  key of sessions and digests; ``jixiao serve`` makes one in the data folder (0600) where none is given
``JIXIAO_HOSTS``       names the server answers to, by commas (default: localhost)
``JIXIAO_PROFILE``     ``lan`` (http inside an office, said openly) or ``tls``
``JIXIAO_DESK``        1 for the desk of one person
``JIXIAO_NOW``         a moment the clock starts at, for the demo
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from jixiao.web.database import database

DATA = Path(os.environ.get("JIXIAO_DATA") or "jixiao-data").resolve()
SECRET_KEY = os.environ.get("JIXIAO_SECRET_KEY", "")
PROFILE = os.environ.get("JIXIAO_PROFILE", "lan")
DEBUG = False
DESK = os.environ.get("JIXIAO_DESK") == "1"
"""One person on their own computer; see ``jixiao.web.desk.single``"""
ALLOWED_HOSTS = [name for name in os.environ.get("JIXIAO_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if name]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "jixiao.web.audit",
    "jixiao.web.imports",
    "jixiao.web.organisations",
    "jixiao.web.accounts",
    "jixiao.web.files",
    "jixiao.web.jobs",
    "jixiao.web.operation",
    "jixiao.web.projects",
    "jixiao.web.goals",
    "jixiao.web.opinions",
    "jixiao.web.library",
    "jixiao.web.editor",
    "jixiao.web.intake",
    "jixiao.web.notices",
    "jixiao.web.appraisals",
    "jixiao.web.workflow",
    "jixiao.web.reviewing",
    "jixiao.web.desk",
    "jixiao.web.home",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "jixiao.web.site.middleware.Headers",
    "jixiao.web.site.static.Static",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "jixiao.web.desk.single.Single",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "jixiao.web.site.middleware.Who",
    "jixiao.web.site.middleware.Answers",
    "jixiao.web.api.middleware.Methods",
]
ROOT_URLCONF = "jixiao.web.urls"
WSGI_APPLICATION = "jixiao.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "jixiao.web.frame.frame",
            ],
            "libraries": {"money": "jixiao.web.site.money"},
            "string_if_invalid": "",
        },
    }
]

DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["jixiao.web.accounts.backend.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"jixiao.web.accounts.passwords.{name}"}
    for name in ("LongEnough", "NotCommon", "NotOnlyDigits", "NotOneself")
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = None

STATIC_URL = "/static/"
STATIC_ROOT = None  # served out of the package itself
STATICFILES_DIRS = [Path(__file__).parent / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "jixiao.web.site.static.Stamped"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "jixiao.web.site.errors.forged"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if PROFILE == "tls" else None
X_FRAME_OPTIONS = "DENY"
if PROFILE == "tls":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    # Other names below this one belong to other systems of the office, many of them http only: it is not ours to close them
    # (W005), nor to enter the name into browsers' lists, out of which it does not come again (W021).
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("JIXIAO_PROXY") else None

FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "jixiao.web.files.uploads.Unnamed",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 500
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
MOST_UPLOAD_BYTES = 200 * 1024 * 1024
"""Of one uploaded file"""

# E-mail (催办) goes to the terminal until a server is named.
EMAIL_HOST = os.environ.get("JIXIAO_MAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = int(os.environ.get("JIXIAO_MAIL_PORT") or 25)
EMAIL_HOST_USER = os.environ.get("JIXIAO_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("JIXIAO_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("JIXIAO_MAIL_TLS") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("JIXIAO_MAIL_FROM") or EMAIL_HOST_USER or "jixiao@localhost"


def _shift() -> timedelta:
    """How far the clock of the demo is from the real one; ``jixiao serve`` gives all its processes the same (JIXIAO_SHIFT)."""
    if os.environ.get("JIXIAO_SHIFT"):
        return timedelta(seconds=float(os.environ["JIXIAO_SHIFT"]))
    start = os.environ.get("JIXIAO_NOW")
    if not start:
        return timedelta()
    moment = datetime.fromisoformat(start)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(TIME_ZONE))
    return moment - datetime.now(ZoneInfo(TIME_ZONE))


CLOCK_SHIFT = _shift()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"words": {"()": "jixiao.web.site.terminal.Words"}},
    "filters": {"worth": {"()": "jixiao.web.site.terminal.Worth"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "words", "filters": ["worth"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
