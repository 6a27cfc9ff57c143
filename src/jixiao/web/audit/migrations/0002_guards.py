"""Triggers that keep the audit log: see ``jixiao.web.audit.guards``."""

from django.db import migrations

from jixiao.web.audit import guards


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [guards.in_migration(guards.LOG)]
