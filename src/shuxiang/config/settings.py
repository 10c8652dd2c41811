"""The one settings file: what differs between machines comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from shuxiang.config.database_url import database
from shuxiang.config.home import home, secret_key


def _words(name: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


PACKAGE = Path(__file__).parent.parent
HOME = home()
TLS = os.environ.get("SHUXIANG_TLS") == "1"
DEBUG = os.environ.get("SHUXIANG_DEBUG") == "1"
SECRET_KEY = secret_key(HOME)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *_words("SHUXIANG_HOSTS")]
CSRF_TRUSTED_ORIGINS = _words("SHUXIANG_ORIGINS")

ROOMS = [
    "shuxiang.platform.database",
    "shuxiang.platform.schools",
    "shuxiang.platform.accounts",
    "shuxiang.platform.audit",
    "shuxiang.platform.numbers",
    "shuxiang.platform.jobs",
    "shuxiang.platform.backup",
    "shuxiang.readers",
    "shuxiang.catalogue",
    "shuxiang.timetable",
    "shuxiang.circulation",
    "shuxiang.student_librarians",
    "shuxiang.programmes",
    "shuxiang.interop.excel",
    "shuxiang.paper",
    "shuxiang.clockwork",
    "shuxiang.demo",
    "shuxiang.web.components",
    "shuxiang.web.front",
    "shuxiang.web.desk",
    "shuxiang.web.mine",
    "shuxiang.web.opac",
    "shuxiang.web.kiosk",
    "shuxiang.web.office",
    "shuxiang.web.office.people",
    "shuxiang.web.office.times",
    "shuxiang.web.office.today",
    "shuxiang.web.office.late",
    "shuxiang.web.office.borrowing",
    "shuxiang.web.office.entrances",
    "shuxiang.web.office.stock",
    "shuxiang.web.office.loading",
    "shuxiang.web.office.printing",
    "shuxiang.web.office.safety",
    "shuxiang.web.office.kiosks",
    "shuxiang.web.office.helpers",
    "shuxiang.web.office.opening",
    "shuxiang.web.office.orientation",
    "shuxiang.web.office.pairs",
]
INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shuxiang.web.front.middleware.ContentPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "shuxiang.platform.schools.middleware.SchoolScope",
    "shuxiang.web.desk.middleware.LockedDesk",
    "shuxiang.web.front.middleware.SetUpFirst",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "shuxiang.config.urls"
WSGI_APPLICATION = "shuxiang.config.wsgi.application"

DATABASES: dict[str, dict[str, Any]] = {"default": database(os.environ.get("DATABASE_URL"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shuxiang.web.office.nav.rooms",
            ],
        },
    }
]
COTTON_DIR = "cotton"
COTTON_SNAKE_CASED_NAMES = False

# Who is there
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "shuxiang.platform.accounts.backends.AccountBackend",
    "shuxiang.platform.accounts.backends.StandingByBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "shuxiang.platform.accounts.passwords.PinHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "shuxiang.platform.accounts.passwords.LongEnough"},
    {"NAME": "shuxiang.platform.accounts.passwords.UnlikeTheName"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "shuxiang.platform.accounts.passwords.NotOnlyDigits"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
SESSION_ENGINE = "shuxiang.platform.accounts.sessions"  # counters and sessions outlive a restart
SESSION_COOKIE_AGE = 12 * 60 * 60
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# A whole school shares one address: only a name tried from one place is locked, and for a while.
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # the audit keeps who signed in
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "shuxiang.web.front.errors.locked_out"
CSRF_FAILURE_VIEW = "shuxiang.web.front.errors.stale_form"

# Which function does, or after a crash goes on with, which kind of long work
JOB_HANDLERS: dict[str, str] = {
    "excel.preview": "shuxiang.interop.excel.running.prepare",
    "excel.import": "shuxiang.interop.excel.running.take_in",
    "excel.take_back": "shuxiang.interop.excel.taking_back.take_back",
    "student_librarians.roster": "shuxiang.student_librarians.actions.rostering.solve_roster",
    "timetable.solve": "shuxiang.timetable.actions.solving.solve_rotation",
}

# Words and clocks
LANGUAGE_CODE = "zh-hans"
FORMAT_MODULE_PATH = "shuxiang.config.formats"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "config" / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE / "staticfiles"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
MEDIA_ROOT = HOME / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000

# What a browser may do
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if TLS else None  # only heard over TLS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = TLS
if os.environ.get("SHUXIANG_BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# `check --deploy` on a school's LAN without TLS: what it says, and why it is so decided.
DECIDED_WITHOUT_TLS = {
    "security.W004": "HSTS needs TLS, which a LAN without a certificate has not",
    "security.W008": "a redirect to https would lead nowhere",
    "security.W012": "a Secure session cookie would make signing in impossible",
    "security.W016": "a Secure CSRF cookie would make every form fail",
}
SILENCED_SYSTEM_CHECKS = [] if TLS else list(DECIDED_WITHOUT_TLS)

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
