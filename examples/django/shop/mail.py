from django.core.mail.backends.base import BaseEmailBackend

from .outside import post


class HttpEmailBackend(BaseEmailBackend):
    """Hands mail to a provider over HTTP, as most shops do."""

    def send_messages(self, email_messages):
        for message in email_messages:
            post("/mail", {"to": message.to, "subject": message.subject, "body": message.body})
        return len(email_messages)
