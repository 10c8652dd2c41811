from django.urls import path

from shuxiang.web.components import views

urlpatterns = [path("", views.gallery, name="components.gallery")]
