"""Reports: many small sums, then one file."""

import csv
import time
import zlib
from datetime import date

from celery import chord, shared_task
from django.conf import settings

REGIONS = {"north": 1.3, "south": 1.1, "east": 0.9, "west": 1.0}


@shared_task(time_limit=45)
def sum_sales(region, day):
    """A region that was closed has no weight: a KeyError, like those that every real system has."""
    time.sleep(0.2)
    return {"region": region, "cents": int(zlib.crc32(f"{region}{day}".encode()) % 500_000 * REGIONS[region])}


@shared_task
def write_daily_report(sums, day):
    folder = settings.DATA_DIR / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / f"sales-{day}.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, ["region", "cents"])
        writer.writeheader()
        writer.writerows(sums)
    return {"day": day, "total_cents": sum(row["cents"] for row in sums)}


@shared_task(soft_time_limit=30, time_limit=40)
def build_export(customer_id, since, columns=("id", "total")):
    date.fromisoformat(since)
    time.sleep(0.4)
    return f"export-{customer_id}.csv"


def build_daily_report(day, regions=tuple(REGIONS)):
    """A chord: all sums at once, the file when the last is there."""
    return chord([sum_sales.s(region, day) for region in regions])(write_daily_report.s(day))
