"""UCI Online Retail as figures read it: the goods of each invoice."""

import csv
import datetime
import gzip

NOT_GOODS = {"POST", "DOT", "M", "C2", "D", "S", "B", "BANK CHARGES", "AMAZONFEE", "PADS", "CRUK"}


def time_ms(text):
    return round(datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.timezone.utc).timestamp() * 1000)


def invoices_of(path):
    """{invoice: (ms, customer or "", [(item, cents)])} of goods that were bought."""
    invoices = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            price = float(row["unit_price_gbp"])
            if float(row["quantity"]) <= 0 or price <= 0 or row["stock_code"] in NOT_GOODS:
                continue
            first = (time_ms(row["invoice_date"]), row["customer_id"], [])
            item = row["stock_code"].replace(" ", "_")
            invoices.setdefault(row["invoice"], first)[2].append((item, round(price * 100)))
    return invoices
