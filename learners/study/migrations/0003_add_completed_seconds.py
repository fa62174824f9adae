from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce


def fill(apps, schema_editor):
    """What was completed before has the recording's length, an article the seconds read."""
    lesson = apps.get_model('courses', 'LessonPage').objects.filter(pk=OuterRef('lesson'))
    length = lesson.values(seconds=Cast('recording__duration', models.IntegerField()))
    completed = apps.get_model('study', 'Progress').objects.exclude(completed_at=None)
    completed.update(completed_seconds=Coalesce(Subquery(length), F('covered_seconds')))


class Migration(migrations.Migration):

    dependencies = [('study', '0002_add_certificates')]

    operations = [
        migrations.AddField(
            model_name='progress',
            name='completed_seconds',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
