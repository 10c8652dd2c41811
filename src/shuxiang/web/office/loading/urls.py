"""The addresses of importing."""

from django.urls import path, register_converter

from shuxiang.interop.excel.fields import Kind
from shuxiang.web.office.loading import views


class KindInAddress:
    """What a list brings, as an address says it."""

    regex = "|".join(Kind)

    def to_python(self, value: str) -> Kind:
        return Kind(value)

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(KindInAddress, "list_of")

urlpatterns = [
    path("imports/", views.see_jobs, name="jobs.see_jobs"),
    path("imports/new/<list_of:kind>/", views.bring, name="loading.bring"),
    path("imports/new/<list_of:kind>/list.xlsx", views.empty_list, name="loading.empty_list"),
    path("imports/<int:pk>/", views.see, name="loading.see"),
    path("imports/<int:pk>/progress/", views.progress, name="loading.progress"),
    path("imports/<int:pk>/columns/", views.name_columns, name="loading.name_columns"),
    path("imports/<int:pk>/again/", views.look_again, name="loading.look_again"),
    path("imports/<int:pk>/confirm/", views.confirm, name="loading.confirm"),
    path("imports/<int:pk>/give-up/", views.give_up, name="loading.give_up"),
    path("imports/<int:pk>/take-back/", views.take_back, name="loading.take_back"),
    path("imports/<int:pk>/refused.xlsx", views.refused_rows, name="loading.refused_rows"),
]
