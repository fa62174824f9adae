"""The school's settings, with the bare addresses beside its own."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.bare"
