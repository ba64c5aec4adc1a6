"""What the shop does outside of requests."""

from celery import chain, shared_task
from django.core.mail import send_mail

from .outside import ServiceUnavailable, post

# Twice more within some seconds; an outage that lasts longer leaves a failed task.
RETRIES = {
    "autoretry_for": (ServiceUnavailable,),
    "retry_backoff": 1,
    "retry_backoff_max": 5,
    "max_retries": 2,
}


@shared_task(**RETRIES)
def charge_card(order_id, amount_cents, *, currency="EUR", card_token):
    answer = post("/payments", {"order": order_id, "amount": amount_cents, "currency": currency})
    return {"order_id": order_id, "payment": answer["id"]}


@shared_task(**RETRIES)
def refund_payment(order_id, amount, reason):
    """`amount` is a Decimal, which Celery carries as a typed value."""
    answer = post("/payments/refunds", {"order": order_id, "amount": str(amount), "reason": reason})
    return {"order_id": order_id, "refund": answer["id"]}


@shared_task(**RETRIES)
def reserve_stock(payment, skus, warehouse="HAM-1"):
    post("/warehouse/reservations", {"skus": skus, "warehouse": warehouse})
    return payment["order_id"]


@shared_task(**RETRIES)
def send_receipt(order_id, email, *, total, locale="en"):
    send_mail(f"Your order {order_id}", f"Thank you! You paid {total}.", None, [email])
    return email


@shared_task(**RETRIES)
def send_newsletter(campaign, recipients):
    """Takes long lists: their repr is cut, so a failed one can't be rebuilt from the result table."""
    send_mail(campaign, "What is new this week", None, recipients)
    return len(recipients)


@shared_task(soft_time_limit=20, time_limit=30, **RETRIES)
def deliver_webhook(url, event, payload):
    answer = post("/webhooks", {"url": url, "event": event, "payload": payload})
    return {"url": url, "status": answer["status"]}


def place_order(order_id, email, cents, skus, card_token):
    """One chain an order: charge, reserve, then the receipt."""
    return chain(
        charge_card.s(order_id, cents, card_token=card_token),
        reserve_stock.s(skus),
        send_receipt.s(email, total=f"{cents / 100:.2f} EUR"),
    ).delay()
