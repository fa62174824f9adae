
import django.db.models.deletion
import learners.accounts.protected
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_create_consent'),
        ('study', '0003_add_completed_seconds'),
    ]

    operations = [
        migrations.CreateModel(
            name='Interests',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='interests', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('age_stages', models.JSONField(default=list, verbose_name="child's age")),
                ('circumstances', learners.accounts.protected.EncryptedTextField(blank=True, verbose_name='special circumstances')),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'interests',
                'verbose_name_plural': 'interests',
            },
        ),
    ]
