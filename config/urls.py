from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.decorators.cache import cache_control
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps import Sitemap
from wagtail.documents import urls as wagtaildocs_urls

from config import health

urlpatterns = [
    # Wagtail's own form would be a second door to the password, without our limits.
    path("admin/login/", RedirectView.as_view(pattern_name="accounts:staff", query_string=True)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("account/", include("learners.accounts.urls")),
    path("account/", include("learners.accounts.allauth_urls")),
    path("", include("learners.schools.urls")),
    path("", include("learners.assignments.urls")),
    path("statistics/assignments/", include("learners.assignments.statistics_urls")),
    path("learn/stories/", include("learners.stories.urls")),
    path("learn/", include("learners.study.urls")),
    path("certificates/", include("learners.study.certificates.urls")),
    path("statistics/", RedirectView.as_view(pattern_name="assignment_statistics:home")),
    path("statistics/", include("learners.study.figures.urls")),
    path("", include("search.urls")),
    path("media/", include("media.urls")),
    path("healthz", health.alive),
    path("readyz", health.ready),
    path(
        "sitemap.xml",
        cache_control(public=True, max_age=3600)(sitemap),
        {"sitemaps": {"pages": Sitemap}},
        name="sitemap",
    ),
    path("", include("cms.urls")),
]
