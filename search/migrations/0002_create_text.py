"""The table of segmented words: an FTS5 table on SQLite, tsvectors on PostgreSQL."""

from django.db import migrations

SQLITE = """
CREATE VIRTUAL TABLE search_text
USING fts5(title, tags, summary, lessons, body, tokenize='unicode61')
"""
POSTGRESQL = [
    """
    CREATE TABLE search_text (
        page_id bigint PRIMARY KEY, head tsvector NOT NULL, body tsvector NOT NULL
    )
    """,
    "CREATE INDEX search_text_head ON search_text USING gin (head)",
    "CREATE INDEX search_text_body ON search_text USING gin (body)",
]


def create(apps, schema_editor):
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else [SQLITE]
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_text")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_create_search")]
    operations = [migrations.RunPython(create, drop)]
