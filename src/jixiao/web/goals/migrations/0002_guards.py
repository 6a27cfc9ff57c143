"""Triggers that keep approved versions: see ``jixiao.web.goals.guards``.

Whatever makes the table anew (SQLite does, for most changes of a model) has to set them again afterwards.
"""

from django.db import migrations

from jixiao.web.audit import guards
from jixiao.web.goals.guards import FIXED


class Migration(migrations.Migration):
    dependencies = [("goals", "0001_initial")]
    operations = [guards.in_migration(FIXED)]
