from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('study', '0007_add_course_days')]

    operations = [
        migrations.AddField(
            model_name='enrolment',
            name='device',
            field=models.CharField(
                blank=True, db_default='', default='', editable=False, max_length=32
            ),
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(
                condition=models.Q(('device', ''), _negated=True),
                fields=['device'],
                name='study_finished_on',
            ),
        ),
    ]
