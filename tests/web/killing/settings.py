"""The workspace with this app in it."""

from __future__ import annotations

from jixiao.web.settings import *  # noqa: F403
from jixiao.web.settings import INSTALLED_APPS as _APPS

INSTALLED_APPS = [*_APPS, "web.killing"]
ROOT_URLCONF = "web.killing.urls"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
