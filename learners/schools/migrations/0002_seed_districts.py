import json
from pathlib import Path

from django.db import migrations

DISTRICTS = Path(__file__).with_name('districts.json')


def seed(apps, schema_editor):
    district = apps.get_model('schools', 'District')
    for row in json.loads(DISTRICTS.read_text(encoding='utf-8')):
        district.objects.get_or_create(code=row['code'], defaults={'name': row['name']})


def clear(apps, schema_editor):
    """Only those nothing hangs on: a district with a school is somebody's work."""
    codes = [row['code'] for row in json.loads(DISTRICTS.read_text(encoding='utf-8'))]
    apps.get_model('schools', 'District').objects.filter(code__in=codes, schools=None).delete()


class Migration(migrations.Migration):

    dependencies = [('schools', '0001_create_schools')]

    operations = [migrations.RunPython(seed, clear)]
