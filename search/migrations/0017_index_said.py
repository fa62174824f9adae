"""How parents say it stands in the index, in a column on SQLite and with weight D on PostgreSQL,
where the titles of lessons make room for it and join the body."""

from django.db import migrations

COLUMNS = "rowid, title, tags, summary, lessons, body"
SQLITE = [
    "CREATE VIRTUAL TABLE search_text_said"
    " USING fts5(title, tags, summary, lessons, body, said, tokenize='unicode61')",
    f"INSERT INTO search_text_said ({COLUMNS}, said) SELECT {COLUMNS}, '' FROM search_text",
    "DROP TABLE search_text",
    "ALTER TABLE search_text_said RENAME TO search_text",
]
BACK = [
    "CREATE VIRTUAL TABLE search_text_unsaid"
    " USING fts5(title, tags, summary, lessons, body, tokenize='unicode61')",
    f"INSERT INTO search_text_unsaid ({COLUMNS}) SELECT {COLUMNS} FROM search_text",
    "DROP TABLE search_text",
    "ALTER TABLE search_text_unsaid RENAME TO search_text",
]
POSTGRESQL = [
    "UPDATE search_text SET body = body || ts_filter(head, '{d}'),"
    " head = ts_filter(head, '{a,b,c}') WHERE ts_filter(head, '{d}') <> ''::tsvector",
]
POSTGRESQL_BACK = ["UPDATE search_text SET head = ts_filter(head, '{a,b,c}')"]


def add(apps, schema_editor):
    ours = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if ours else SQLITE:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    ours = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL_BACK if ours else BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0016_add_said")]

    operations = [migrations.RunPython(add, remove)]
