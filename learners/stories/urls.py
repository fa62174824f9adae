from django.urls import path

from learners.stories import file_views, views

app_name = "stories"
urlpatterns = [
    path("", views.stories, name="stories"),
    path("new/", views.new, name="new"),
    path("<uuid:pk>/", views.story, name="story"),
    path("<uuid:pk>/write/", views.write, name="write"),
    path("<uuid:pk>/send/", views.send, name="send"),
    path("<uuid:pk>/take-back/", views.take_back, name="take_back"),
    path("<uuid:pk>/suggestion/", views.take_suggestion, name="take_suggestion"),
    path("<uuid:pk>/discard/", views.discard, name="discard"),
    path("<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:pk>/pictures/", file_views.pictures, name="pictures"),
    path("<uuid:pk>/photos/", file_views.add_photos, name="add_photos"),
    path("<uuid:pk>/photos/<uuid:photo>/", file_views.photo, name="photo"),
    path("<uuid:pk>/photos/<uuid:photo>/words/", file_views.describe, name="describe"),
    path("<uuid:pk>/photos/<uuid:photo>/remove/", file_views.remove_photo, name="remove_photo"),
    path("<uuid:pk>/film/", file_views.film, name="film"),
    path("<uuid:pk>/film/add/", file_views.add_film, name="add_film"),
    path("<uuid:pk>/film/remove/", file_views.remove_film, name="remove_film"),
]
