from django.urls import path

from media.delivery import deliver

urlpatterns = [path("<path:path>", deliver, name="media")]
