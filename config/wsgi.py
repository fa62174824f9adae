import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.turns import in_turn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

school = get_wsgi_application()
application = in_turn(school, settings.WEB_THREADS) if settings.WEB_STREAMS else school
