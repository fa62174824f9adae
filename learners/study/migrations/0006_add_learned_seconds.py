from django.db import migrations, models
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce


def fill(apps, schema_editor):
    progress = apps.get_model('study', 'Progress').objects.exclude(completed_at=None)
    lessons = progress.filter(enrolment=OuterRef('pk')).order_by().values('enrolment')
    seconds = lessons.annotate(seconds=Sum('completed_seconds')).values('seconds')
    runs = apps.get_model('study', 'Enrolment').objects.exclude(started_at=None)
    runs.update(learned_seconds=Coalesce(Subquery(seconds), 0))


class Migration(migrations.Migration):

    dependencies = [('study', '0005_add_certificate_corrections')]

    operations = [
        migrations.AddField(
            model_name='enrolment',
            name='learned_seconds',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
