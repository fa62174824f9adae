"""PostgreSQL keeps what is new to a GIN index in a list that every search reads from end to
end. Texts are searched far more often than written: they go into the index at once.
"""

from django.db import migrations

INDEXES = ("search_text_head", "search_text_body")


def _set(schema_editor, state):
    if schema_editor.connection.vendor == "postgresql":
        for index in INDEXES:
            schema_editor.execute(f"ALTER INDEX {index} SET (fastupdate = {state})")


def write_at_once(apps, schema_editor):
    _set(schema_editor, "off")
    if schema_editor.connection.vendor == "postgresql":
        for index in INDEXES:
            schema_editor.execute(f"SELECT gin_clean_pending_list('{index}')")


def write_later(apps, schema_editor):
    _set(schema_editor, "on")


class Migration(migrations.Migration):
    dependencies = [("search", "0007_index_ranked")]
    operations = [migrations.RunPython(write_at_once, write_later)]
