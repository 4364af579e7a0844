"""UCI Online Retail as figures read it: the goods of each invoice."""

import csv
import datetime
import gzip
import statistics

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


def month_ends(month):
    """The first moments of "2011-09" and of the month after it, in ms."""
    first = datetime.date.fromisoformat(month + "-01")
    after = (first + datetime.timedelta(days=32)).replace(day=1)
    return time_ms(str(first)), time_ms(str(after))


def write_purchases(invoices, path):
    """As bench/baskets/purchase_file.h says, in the order of time."""
    ordered = sorted((ms, invoice, customer, items) for invoice, (ms, customer, items) in invoices.items())
    with open(path, "w", encoding="utf-8") as out:
        for ms, _, customer, items in ordered:
            lines = " ".join(f"{item}:{cents}" for item, cents in items)
            out.write(f"{ms}\t{customer or '-'}\t{lines}\n")


def mean_over_seeds(results, metric):
    return statistics.fmean(each[metric] for each in results)


def spread_over_seeds(results, metric):
    return f"{min(each[metric] for each in results):.3f} … {max(each[metric] for each in results):.3f}"
