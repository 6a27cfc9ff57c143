"""Pages that show every part of the front end with people and figures that are made up, to be looked at."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.settings")
django.setup()
