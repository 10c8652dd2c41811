"""Which counter answers at which address."""

from django.urls import include, path

from shuxiang.config.health import healthz

urlpatterns = [
    path("healthz", healthz),
    path("", include("shuxiang.web.front.urls")),
    path("catalogue/", include("shuxiang.web.opac.urls")),
    path("desk/", include("shuxiang.web.desk.urls")),
    path("me/", include("shuxiang.web.mine.urls")),
    path("kiosk/", include("shuxiang.web.kiosk.urls")),
    path("office/", include("shuxiang.web.office.urls")),
    path("gallery/", include("shuxiang.web.components.urls")),
]

handler400 = "shuxiang.web.front.errors.bad_request"
handler403 = "shuxiang.web.front.errors.forbidden"
handler404 = "shuxiang.web.front.errors.not_found"
handler500 = "shuxiang.web.front.errors.unforeseen"
