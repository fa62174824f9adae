from django.urls import path

from search import views

app_name = "search"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("api/search/", views.search_json, name="search_json"),
    path("api/search/suggest/", views.suggest, name="suggest"),
    path("api/search/clicked/", views.clicked, name="clicked"),
]
