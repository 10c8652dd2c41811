"""The addresses of the back room: each of its parts brings its own."""

from django.urls import include, path

PARTS = (
    "today",
    "late",
    "borrowing",
    "entrances",
    "people",
    "times",
    "stock",
    "loading",
    "printing",
    "safety",
    "kiosks",
    "helpers",
    "opening",
    "orientation",
    "pairs",
)

urlpatterns = [path("", include(f"{__package__}.{part}.urls")) for part in PARTS]
