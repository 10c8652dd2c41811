"""The figures: what this machine takes for what a library asks, beside a floor measured in the same run."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuxiang.config.settings")
django.setup()
