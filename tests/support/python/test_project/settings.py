"""Settings of the test project; what a test varies comes from the environment (see test-project.ts)."""

import json
import os
from urllib.parse import unquote, urlsplit


def database(url):
    """Django's settings for a database URL of the same form as Celeriac's RESULTS_DATABASE_URL."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path),
            "OPTIONS": {"timeout": 30},
        }
    engines = {"postgresql": "postgresql", "mysql": "mysql"}
    if parts.scheme == "mysql":
        import pymysql

        # Django checks the version of mysqlclient, which PyMySQL stands in for.
        pymysql.version_info = (2, 2, 1, "final", 0)
        pymysql.install_as_MySQLdb()
    return {
        "ENGINE": "django.db.backends." + engines[parts.scheme],
        "HOST": parts.hostname,
        "PORT": parts.port,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "NAME": parts.path.lstrip("/"),
    }


SECRET_KEY = "only for tests"
INSTALLED_APPS = ["django_celery_results", "test_project"]
DATABASES = {"default": database(os.environ["TEST_DATABASE_URL"])}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = os.environ.get("TEST_TIME_ZONE", "Asia/Kathmandu")

CELERY_BROKER_URL = os.environ["CELERY_BROKER_URL"]
CELERY_BROKER_TRANSPORT_OPTIONS = json.loads(os.environ.get("TEST_BROKER_OPTIONS", "{}"))
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_RESULT_BACKEND = os.environ.get("TEST_RESULT_BACKEND", "django-db")
CELERY_RESULT_SERIALIZER = os.environ.get("TEST_RESULT_SERIALIZER", "json")
CELERY_RESULT_EXTENDED = os.environ.get("TEST_RESULT_EXTENDED", "1") == "1"
CELERY_TASK_PROTOCOL = int(os.environ.get("TEST_TASK_PROTOCOL", "2"))
CELERY_TASK_SERIALIZER = os.environ.get("TEST_TASK_SERIALIZER", "json")
CELERY_ACCEPT_CONTENT = os.environ.get("TEST_ACCEPT_CONTENT", "json,pickle").split(",")
CELERY_TASK_TRACK_STARTED = os.environ.get("TEST_TRACK_STARTED", "1") == "1"
CELERY_TASK_SEND_SENT_EVENT = True
CELERY_WORKER_SEND_TASK_EVENTS = os.environ.get("TEST_SEND_TASK_EVENTS", "1") == "1"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_POOL_RESTARTS = os.environ.get("TEST_POOL_RESTARTS") == "1"
CELERY_TIMEZONE = TIME_ZONE
