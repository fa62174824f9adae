from django.urls import include, path, re_path
from wagtail.urls import serve_pattern
from wagtail.urls import urlpatterns as wagtail_patterns

from cms import views
from cms.api import router
from cms.feeds import ResourceFeed

urlpatterns = [
    path("api/v2/", router.urls),
    path("feeds/", ResourceFeed(), name="feed"),
    path("feeds/<slug:kind>/", ResourceFeed(), name="feed"),
    path("share/<id:page_id>.png", views.share_card, name="share_card"),
    path("robots.txt", views.robots, name="robots"),
    re_path(serve_pattern, views.serve, name="wagtail_serve"),
    # Passwords of private pages; Wagtail's own serving address comes too late to be reached.
    path("", include(wagtail_patterns)),
]
