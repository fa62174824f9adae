"""PostgreSQL finds what stands in a title without reading the rest of what stands around it."""

from django.db import migrations

POSTGRESQL = [
    "ALTER TABLE search_text ADD COLUMN title tsvector"
    " GENERATED ALWAYS AS (ts_filter(head, '{a}')) STORED",
    "CREATE INDEX search_text_title ON search_text USING gin (title) WITH (fastupdate = off)",
]


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_text DROP COLUMN title")


class Migration(migrations.Migration):
    dependencies = [("search", "0013_add_ways_of_growing")]

    operations = [migrations.RunPython(add, remove)]
