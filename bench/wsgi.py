import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
school = get_wsgi_application()

from bench.bare import application_beside  # noqa: E402 -- needs the apps

application = application_beside(school)
