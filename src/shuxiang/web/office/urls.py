"""The addresses of the back room: each of its parts brings its own."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

PARTS = ("today", "people", "times", "stock", "loading", "safety")


def _there(part: str) -> bool:
    package = f"{__package__}.{part}"
    return find_spec(package) is not None and find_spec(f"{package}.urls") is not None


urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"{__package__}.{part}.urls")) for part in PARTS if _there(part)
]
