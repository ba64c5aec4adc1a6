"""A small web shop. Everything that differs between machines comes from the environment."""

import os
from pathlib import Path

import django

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("SHOP_DATA", BASE_DIR / "data"))

SECRET_KEY = "an example, never served to anyone"
INSTALLED_APPS = ["django_celery_results", "shop", "reports"]
# Several workers write at once: a transaction that reads first and locks later fails at once instead of waiting.
SQLITE_OPTIONS = {"timeout": 30}
if django.VERSION >= (5, 1):
    SQLITE_OPTIONS |= {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL"}
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "shop.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"

# Payments, mail, webhooks and the warehouse are all behind this one stand-in (outside_service.py).
OUTSIDE_SERVICE_URL = os.environ.get("OUTSIDE_SERVICE_URL", "http://127.0.0.1:8900")
OUTSIDE_SERVICE_TIMEOUT = 2
EMAIL_BACKEND = "shop.mail.HttpEmailBackend"
DEFAULT_FROM_EMAIL = "shop@example.com"

CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "redis://127.0.0.1:6379/0")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

# What Celeriac reads: rows with names, args and tracebacks, and events of each step.
CELERY_RESULT_BACKEND = "django-db"
CELERY_RESULT_EXTENDED = True
CELERY_TASK_TRACK_STARTED = True
CELERY_TASK_SEND_SENT_EVENT = True
CELERY_WORKER_SEND_TASK_EVENTS = True

CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "shop.tasks.send_*": {"queue": "mail"},
    "reports.tasks.*": {"queue": "reports"},
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 60
