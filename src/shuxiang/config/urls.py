"""Which counter answers at which address."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from shuxiang.config.health import healthz

COUNTERS = {
    "": "shuxiang.web.front.urls",
    "desk/": "shuxiang.web.desk.urls",
    "office/": "shuxiang.web.office.urls",
    "components/": "shuxiang.web.components.urls",
}


def _there(module: str) -> bool:
    return find_spec(module.rpartition(".")[0]) is not None and find_spec(module) is not None


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    *(path(where, include(urls)) for where, urls in COUNTERS.items() if _there(urls)),
]

handler400 = "shuxiang.web.front.errors.bad_request"
handler403 = "shuxiang.web.front.errors.forbidden"
handler404 = "shuxiang.web.front.errors.not_found"
handler500 = "shuxiang.web.front.errors.unforeseen"
