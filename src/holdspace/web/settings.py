"""Settings of the web application. Each is read from the environment by `env.py`; see docs/settings.md."""

from __future__ import annotations

from pathlib import Path

from cryptography.fernet import Fernet
from django.core.management.utils import get_random_secret_key

from holdspace.web.database import database_settings
from holdspace.web.env import env_bool, env_int, env_list, env_secret, env_text
from holdspace.web.static_version import static_version

BASE = Path(__file__).resolve().parent
HOME = Path(env_text("HOME", default="var")).resolve()

DEBUG = False
SECRET_KEY = env_secret("SECRET_KEY", home=HOME, make=get_random_secret_key)
# One key a line: the first encrypts, all decrypt. To change the key, put a new one on top.
ENCRYPTION_KEYS = env_secret(
    "ENCRYPTION_KEYS", home=HOME, make=lambda: Fernet.generate_key().decode()
).split()
ALLOWED_HOSTS = env_list("HOSTS", default="localhost,127.0.0.1,[::1]")
DEMO = env_bool("DEMO", default=False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "holdspace.web.accounts",
    "holdspace.web.audit",
    "holdspace.web.care",
    "holdspace.web.plan",
    "holdspace.web.companion",
    "holdspace.web.helpline",
    "holdspace.web.client",
    "holdspace.web.law",
    "holdspace.web.workbench",
    "holdspace.web.demo",
]
MIDDLEWARE = [
    "holdspace.web.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "holdspace.web.middleware.StaticFilesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "holdspace.web.client.doors.ClientsStayOutMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "holdspace.web.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "holdspace.web.client.switched_off.companion",
            ]
        },
    }
]

DATABASES = {"default": database_settings(env_text("DATABASE_URL", default=""), home=HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "clients"
LOGOUT_REDIRECT_URL = "login"

_HTTPS = env_bool("HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_AGE = 60 * env_int("SESSION_MINUTES", default=720, at_least=1)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "holdspace.web.error_pages.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Uploads stay in memory: a temporary file would hold what people said unencrypted.
MAX_UPLOAD_BYTES = 50 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_UPLOAD_BYTES + 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
USE_TZ = True
TIME_ZONE = env_text("TIME_ZONE", default="UTC")

STATICFILES_DIRS = [BASE / "static"]
# The address carries a hash of all the files, so that a browser may keep them for ever.
STATIC_URL = f"/static/{static_version(BASE / 'static')}/"
WHITENOISE_USE_FINDERS = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"wordless": {"()": "holdspace.web.logs.WordlessFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "wordless"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django_tasks": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django_tasks_db": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "holdspace": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
