import random
import time
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from django.core.management.base import BaseCommand

from reports.tasks import build_daily_report, build_export
from shop.tasks import (
    deliver_webhook,
    place_order,
    refund_payment,
    send_newsletter,
    send_receipt,
)

NAMES = ["ada", "grace", "alan", "edsger", "barbara", "donald", "zoë", "josé"]
SKUS = ["TEA-GREEN-100", "TEA-BLACK-250", "MUG-BLUE", "POT-CAST-IRON", "FILTER-200"]
SHOPS = ["https://partner.example/hooks/orders", "https://erp.example/in", "https://crm.example/events"]
REASONS = ["damaged", "late", "wrong size", "customer's wish"]


class Command(BaseCommand):
    help = "Sends the shop's tasks at a steady rate, the same ones for the same seed."

    def add_arguments(self, parser):
        parser.add_argument("--rate", type=float, default=3.0, help="calls a second (default 3)")
        parser.add_argument("--burst", type=int, default=0, help="calls to send at once first")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--once", action="store_true", help="end after the burst")

    def handle(self, *, rate, burst, seed, once, **options):
        self.random = random.Random(seed)
        self.orders = count(10_000 + seed)
        for _ in range(burst):
            self.send()
        self.stdout.write(f"sent {burst} calls at once")
        while not once:
            self.send()
            time.sleep(self.random.uniform(0.5, 1.5) / rate)

    def send(self):
        calls = [self.order, self.webhook, self.receipt, self.refund, self.export, self.newsletter, self.report]
        self.random.choices(calls, weights=[30, 35, 15, 6, 8, 3, 3])[0]()

    def order(self):
        skus = self.random.sample(SKUS, self.random.randint(1, 3))
        token = f"tok_{self.random.getrandbits(48):012x}"
        place_order(next(self.orders), self.email(), self.random.randint(490, 24_900), skus, token)

    def webhook(self):
        order_id = next(self.orders)
        payload = {"order": order_id, "sku": self.random.choice(SKUS), "quantity": 2, "gift": False}
        event = self.random.choice(["order.created", "order.paid", "order.shipped"])
        deliver_webhook.delay(self.random.choice(SHOPS), event, payload)

    def receipt(self):
        total = f"{self.random.randint(490, 24_900) / 100:.2f} EUR"
        locale = self.random.choice(["en", "de", "fr"])
        # Some are asked for later: Celery's workers hold these until their time.
        countdown = self.random.choice([None, None, None, 20])
        send_receipt.apply_async(
            (next(self.orders), self.email()), {"total": total, "locale": locale}, countdown=countdown
        )

    def refund(self):
        amount = Decimal(self.random.randint(490, 9_900)) / 100
        refund_payment.delay(next(self.orders), amount, reason=self.random.choice(REASONS))

    def export(self):
        since = date(2026, 1, 1) + timedelta(days=self.random.randint(0, 180))
        # One in ten asks with a date that no calendar has.
        text = since.isoformat() if self.random.random() < 0.9 else "2026-02-30"
        build_export.delay(f"C-{self.random.randint(100, 999)}", text, columns=["id", "total", "placed_at"])

    def newsletter(self):
        recipients = [f"{self.random.choice(NAMES)}.{number}@example.com" for number in range(80)]
        send_newsletter.delay("Spring teas", recipients)

    def report(self):
        day = date(2026, 1, 1) + timedelta(days=self.random.randint(0, 180))
        build_daily_report(day.isoformat())

    def email(self):
        return f"{self.random.choice(NAMES)}@example.com"
