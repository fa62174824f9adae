from django.urls import path

from media.delivery import deliver, may_send

urlpatterns = [
    path("may-send/<path:path>", may_send, name="media_may_send"),
    path("<path:path>", deliver, name="media"),
]
