"""The addresses of « À la Une » in the admin."""

from django.urls import path

from themes.highlights import views

app_name = "highlights"

urlpatterns = [
    path("", views.index, name="index"),
    path("ajouter/<slug:slug>/", views.feature, name="feature"),
    path("<int:pk>/", views.edit, name="edit"),
    path("<int:pk>/monter/", views.move, {"places": -1}, name="up"),
    path("<int:pk>/descendre/", views.move, {"places": 1}, name="down"),
    path("<int:pk>/retirer/", views.unfeature, name="unfeature"),
]
