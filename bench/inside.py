"""What `bench.run` asks for inside Django, with the database its environment names: prints JSON."""

import json
import logging
import sys
from pathlib import Path

import django


def main(what: str, *arguments: str) -> None:
    django.setup()
    logging.disable(logging.INFO)
    from django.core.management import call_command
    from django.db import connection

    from bench import bare, figures, films, imports, papers, queries, school, search, weights
    from courses.models import CoursePage

    if what == "prepare":
        call_command("migrate", verbosity=0)
        call_command("prepare_school")
        with connection.cursor() as cursor:
            cursor.execute(bare.CREATE)
    elif what == "learners":
        school.write_tokens(Path(arguments[0]), int(arguments[1]))
    elif what == "content":
        call_command("load_demo")
        course = CoursePage.objects.live().order_by("path").first()
        print("JSON", json.dumps(course.get_url() if course else "/"))
    elif what == "counts":
        print("JSON", json.dumps(queries.count()))
    elif what == "papers":
        print("JSON", json.dumps(papers.measure()))
    elif what == "imports":
        print("JSON", json.dumps(imports.measure()))
    elif what == "figures":
        print("JSON", json.dumps(figures.measure(int(arguments[0]))))
    elif what == "search":
        print("JSON", json.dumps(search.in_test_database(int(arguments[0]))))
    elif what == "film":
        print("JSON", json.dumps(films.publish()))
    elif what == "conversion":
        print("JSON", json.dumps(films.convert()))
    elif what == "weights":
        print("JSON", json.dumps(weights.weigh()))


if __name__ == "__main__":
    main(*sys.argv[1:])
