"""Calls to services that are not ours, and that go down now and then."""

import json
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings


class ServiceUnavailable(Exception):
    """The other side did not answer, or answered that it can't; trying again later may work."""


def post(path, body):
    """Posts JSON to the outside service and returns its answer."""
    request = Request(
        settings.OUTSIDE_SERVICE_URL + path,
        data=json.dumps(body, default=str).encode(),
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    try:
        with urlopen(request, timeout=settings.OUTSIDE_SERVICE_TIMEOUT) as response:
            return json.load(response)
    except HTTPError as error:
        raise ServiceUnavailable(f"POST {path} answered {error.code} {error.reason}") from error
    except (URLError, TimeoutError, ConnectionError) as error:
        raise ServiceUnavailable(f"POST {path} failed: {error}") from error
