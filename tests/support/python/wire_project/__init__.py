"""A plain Celery app whose messages are recorded as fixtures; see tests/fixtures/README.md."""
