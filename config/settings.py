"""Every setting of the school, read from the environment (or var/env) by typed readers.

Nothing set: the embedded school (SQLite, files on disk, console SMS). Outgrown parts are
chosen by DATABASE_URL, REDIS_URL, ELASTICSEARCH_URL, MEDIA_S3_* alone; a malformed value stops
the start with the variable's name.
"""

from pathlib import Path
from typing import Any

import django_stubs_ext
from botocore.config import Config
from environs import Env
from marshmallow.validate import OneOf

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(str(BASE_DIR / "var" / "env"), recurse=False)

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
SECRET_KEY = env.str("SECRET_KEY")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

# Fernet keys, newest first: the first encrypts, all decrypt.
FIELD_KEYS: list[str] = env.list("FIELD_KEYS")
FIELD_HASH_KEY = env.str("FIELD_HASH_KEY")

INSTALLED_APPS = [
    "learners.accounts",
    "learners.schools",
    "learners.study",
    "learners.assignments",
    "learners.stories",
    "demo",
    "search",
    "courses",
    "cms",
    "media",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.api.v2",
    "wagtail.embeds",
    "wagtail.sites",
    "learners.accounts.admin_config.PeopleAdminConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtailmedia",
    "modelcluster",
    "taggit",
    "rest_framework",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "csp",
]

MIDDLEWARE = [
    "cms.page_cache.PageCacheMiddleware",
    "learners.study.heartbeat.HeartbeatMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.nul.NulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "learners.accounts.language.PersonalLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "cms.gate.AdminGroundMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# -- database ---------------------------------------------------------------------------
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'school.sqlite3'}")
}
database = DATABASES["default"]
if database["ENGINE"] == "django.db.backends.sqlite3":
    database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    database["TEST"] = {"NAME": env.str("TEST_DATABASE", default=str(VAR_DIR / "test.sqlite3"))}
else:
    # Persistent connections and prepared statements: without them a heartbeat costs 2-4 times.
    database["CONN_MAX_AGE"] = None
    # Compiling a statement takes longer than any of ours runs: a search of 100 000 took seconds.
    database["OPTIONS"] = {
        "server_side_binding": True,
        "prepare_threshold": 2,
        "options": "-c jit=off",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- cache, sessions, tasks -------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES: dict[str, dict[str, Any]] = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
else:
    # On file, not in one process: the worker must be able to purge what the web serves.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(VAR_DIR / "cache"),
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    }
# Public pages held whole by each web process; no entries turns it off.
PAGE_CACHE_ENTRIES = env.int("PAGE_CACHE_ENTRIES", default=2000)
PAGE_CACHE_BYTES = env.int("PAGE_CACHE_BYTES", default=64 * 1024 * 1024)
SESSION_COOKIE_AGE = 90 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
# Recordings are converted by a worker of their own: `media` (Procfile: encoder).
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "media"]}}
# Where the search cluster answers; empty: the database searches. SEARCH_INDEX is its alias.
ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", default="")
SEARCH_INDEX = "resources"

# -- people -----------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "study:learn"
# Where codes go: `console` prints them and shows them on the page, for trying the school out.
SMS_GATEWAY = env.str("SMS_GATEWAY", default="console", validate=OneOf(["console", "http"]))
SMS_HTTP_URL = env.str("SMS_HTTP_URL") if SMS_GATEWAY == "http" else ""
SMS_HTTP_KEY = env.str("SMS_HTTP_KEY") if SMS_GATEWAY == "http" else ""
# Who answers for personal data, named on the privacy page as the law asks.
OPERATOR_NAME = env.str("OPERATOR_NAME", default="本市家庭教育工作主管单位")
OPERATOR_CONTACT = env.str(
    "OPERATOR_CONTACT", default="请通过孩子所在的学校或幼儿园联系主办单位，15 个工作日内答复"
)
# Who keeps personal data: `export(user)` gives what a person may take away, `erase(user)`
# removes it when they close their account.
PERSONAL_DATA = [
    "learners.accounts.personal",
    "learners.schools.personal",
    "learners.study.personal",
    "learners.study.interests",
    "learners.assignments.personal",
    "learners.stories.personal",
]
# How many proxies of ours stand in front: their X-Forwarded-For tells the visitor's address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
ACCOUNT_ADAPTER = "learners.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # a password is typed on shared computers
ACCOUNT_LOGIN_TIMEOUT = 30 * 60
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 5 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 4
ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT = {"length": 6, "numeric": True, "dashed": False}
# The parents of a whole school may share one address at a parents' evening.
ACCOUNT_RATE_LIMITS = {
    "code_from_address": "300/10m/ip",
    "code_again": "1/60s/key",
    "code_to_phone": "5/h/key,10/d/key",
    "code_attempt": "5/30m/key",
    "login": "100/10m/ip",
    "login_failed": "60/10m/ip,5/5m/key",
    # Numbers of certificates that nobody has: typing mistakes, or somebody guessing.
    "certificate_miss": "20/10m/ip",
    # Wrong class codes from an address; names and digits by a person, and about one child.
    "join_code": "100/10m/ip",
    "join_guess": "6/h/key,20/d/key",
    "join_child": "12/d/key",
    "join_ask": "5/d/key",
    # Photos and videos that one family sends for its stories.
    "story_upload": "60/h/key",
    # Links of a course that an expert has our server try.
    "link_check": "12/h/key",
    # Results chosen that are counted for the editors; more are answered alike and left out.
    "search_click": "60/m/ip",
    # Transfer codes with a child's name, by who receives.
    "transfer": "60/h/key",
}

# -- language and time ------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# -- files ------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# Beside ours what deploy/build_frontend.py made from npm packages, when it could.
FRONTEND_DIR = BASE_DIR / "var" / "frontend"
STATICFILES_DIRS = [BASE_DIR / "static", *([FRONTEND_DIR] if FRONTEND_DIR.is_dir() else [])]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_UPLOAD_MAX_BYTES = env.int("MEDIA_UPLOAD_MAX_BYTES", default=2 * 1024**3)
# What one person may have in the library; 0: as much as fits.
MEDIA_QUOTA_BYTES = env.int("MEDIA_QUOTA_BYTES", default=100 * 1024**3)
# Who looks for viruses: clamd's socket (`/path` or `host:port`), or a command with {} for the file.
MEDIA_CLAMD = env.str("MEDIA_CLAMD", default="")
MEDIA_SCAN_COMMAND = env.str("MEDIA_SCAN_COMMAND", default="")
# Threads of a web process that work, and others that wait for slow readers of large files
# (Procfile; 0: nginx sends them).
WEB_STREAMS = env.int("WEB_STREAMS", default=0)
WEB_THREADS = env.int("WEB_THREADS", default=4)
# Where nginx finds MEDIA_ROOT as an `internal` location; empty: we send the files ourselves.
MEDIA_ACCEL_PREFIX = env.str("MEDIA_ACCEL_PREFIX", default="")
# Set: the library is in this bucket, and web processes need no common disk.
MEDIA_S3_BUCKET = env.str("MEDIA_S3_BUCKET", default="")
MEDIA_S3_ENDPOINT = env.str("MEDIA_S3_ENDPOINT", default="") or None
# Where browsers reach the same server; addresses are signed for this name.
MEDIA_S3_PUBLIC_ENDPOINT = env.str("MEDIA_S3_PUBLIC_ENDPOINT", default="") or MEDIA_S3_ENDPOINT
MEDIA_S3_REGION = env.str("MEDIA_S3_REGION", default="us-east-1")
MEDIA_S3_ACCESS_KEY = env.str("MEDIA_S3_ACCESS_KEY", default="")
MEDIA_S3_SECRET_KEY = env.str("MEDIA_S3_SECRET_KEY", default="")
MEDIA_S3_SIGNED_SECONDS = env.int("MEDIA_S3_SIGNED_SECONDS", default=6 * 3600)
MEDIA_S3_CDN = env.str("MEDIA_S3_CDN", default="")
_disk: dict[str, Any] = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
STORAGES: dict[str, dict[str, Any]] = {
    "default": _disk,
    "disk": _disk,
    "staticfiles": {"BACKEND": "config.static.StaticFilesStorage"},
}
if MEDIA_S3_BUCKET:
    _bucket = {
        "bucket_name": MEDIA_S3_BUCKET,
        "endpoint_url": MEDIA_S3_ENDPOINT,
        "region_name": MEDIA_S3_REGION,
        "access_key": MEDIA_S3_ACCESS_KEY,
        "secret_key": MEDIA_S3_SECRET_KEY,
        # A bucket that does not answer must not hold up a thread for minutes.
        "client_config": Config(
            s3={"addressing_style": "path"},
            signature_version="s3v4",
            connect_timeout=5,
            read_timeout=20,
            retries={"mode": "standard", "total_max_attempts": 3},
        ),
        "querystring_expire": MEDIA_S3_SIGNED_SECONDS,
        "file_overwrite": False,
    }
    STORAGES["default"] = STORAGES["bucket"] = {
        "BACKEND": "media.storage.LibraryStorage",
        "OPTIONS": _bucket,
    }
    STORAGES["signer"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {**_bucket, "endpoint_url": MEDIA_S3_PUBLIC_ENDPOINT},
    }
    # Wagtail would send people to the file itself, past its rules of who may see it.
    WAGTAILDOCS_SERVE_METHOD = "serve_view"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# -- Wagtail ----------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "家长学校"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "accounts:staff"
# A course is published with its lessons when it is approved.
WAGTAIL_FINISH_WORKFLOW_ACTION = "courses.finishing.publish_approved"
WAGTAIL_PASSWORD_RESET_ENABLED = False  # there is no mail; the city sets a new one
WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.pictures.PictureForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "media.tags.DocumentForm"
WAGTAILMEDIA = {
    "MEDIA_MODEL": "media.Recording",
    "MEDIA_FORM_BASE": "media.forms.RecordingForm",
    # What may be chosen; media.probing.CONTAINERS says what may be in it.
    "VIDEO_EXTENSIONS": ["mp4", "m4v", "mov", "webm"],
    "AUDIO_EXTENSIONS": ["m4a", "weba", "mp3", "aac", "wav"],
}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILAPI_LIMIT_MAX = 100
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "zip", "mp3"]

# -- security ---------------------------------------------------------------------------
CSRF_FAILURE_VIEW = "learners.study.refusal.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
if SITE_URL.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
_self = "'self'"
# Where films and pictures come from when they are not on our own disk.
_outside = [
    origin
    for address in (MEDIA_S3_PUBLIC_ENDPOINT, MEDIA_S3_CDN)
    if MEDIA_S3_BUCKET and address and (origin := "/".join(address.split("/")[:3]))
]
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/admin/",),  # Wagtail's admin needs inline scripts
    "DIRECTIVES": {
        "default-src": [_self],
        "img-src": [_self, "data:", *_outside],
        "media-src": [_self, "blob:", *_outside],
        "connect-src": [_self, *_outside],
        # hls.js takes films apart beside the page.
        "worker-src": [_self, "blob:"],
        "object-src": ["'none'"],
        "base-uri": [_self],
        "form-action": [_self],
        "frame-ancestors": [_self],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    # A no to nginx is no trouble: the school sends that file itself (media/delivery.py).
    "filters": {
        "but_to_nginx": {
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda record: "/media/may-send/" not in record.getMessage(),
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "trouble": {"class": "logging.StreamHandler", "formatter": "plain", "level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # They list the letters they draw: those of a certificate are somebody's name.
        **{name: {"level": "ERROR"} for name in ("fontTools", "fpdf")},
        # Two lines a task would push the sign-in details of `make run` out of sight. The worker
        # sets the level of its own loggers, so it is the handler that keeps still.
        **{
            name: {"handlers": ["trouble"], "propagate": False}
            for name in ("django_tasks", "django_tasks_db")
        },
        "apscheduler": {"level": "WARNING"},
        "django.request": {"filters": ["but_to_nginx"]},
        # What families search for is in no log, not even as a request to the cluster.
        **{name: {"level": "WARNING"} for name in ("elastic_transport", "elasticsearch")},
    },
}
