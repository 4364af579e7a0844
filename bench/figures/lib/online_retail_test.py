import gzip
import pathlib
import tempfile
import unittest

from online_retail import invoices_of, mean_over_seeds, month_ends, spread_over_seeds, time_ms, write_purchases

HEAD = "invoice,stock_code,description,quantity,invoice_date,unit_price_gbp,customer_id,country\n"


def purchases_of(rows):
    with tempfile.TemporaryDirectory() as folder:
        log, out = pathlib.Path(folder) / "log.csv.gz", pathlib.Path(folder) / "purchases.tsv"
        log.write_bytes(gzip.compress((HEAD + "".join(rows)).encode()))
        write_purchases(invoices_of(log), out)
        return out.read_text(encoding="utf-8").splitlines()


class OnlineRetailTest(unittest.TestCase):
    def test_purchases_are_the_goods_of_invoices_in_the_order_of_time(self):
        lines = purchases_of(["2,22423,stand,1,2011-08-02 10:00:00,12.75,,France\n",
                              "1,85123A,light,6,2011-08-01 09:00:00,2.55,17850,Norway\n",
                              "1,POST,postage,1,2011-08-01 09:00:00,18.00,17850,Norway\n",
                              "1,71053,lantern,-6,2011-08-01 09:00:00,3.39,17850,Norway\n",
                              "1,84406 B,hanger,8,2011-08-01 09:00:00,0.29,17850,Norway\n"])
        self.assertEqual(lines, [f"{time_ms('2011-08-01 09:00')}\t17850\t85123A:255 84406_B:29",
                                 f"{time_ms('2011-08-02 10:00')}\t-\t22423:1275"])

    def test_a_month_ends_where_the_next_begins(self):
        self.assertEqual(month_ends("2011-08")[1], month_ends("2011-09")[0])
        self.assertEqual(month_ends("2010-12"), (time_ms("2010-12-01"), time_ms("2011-01-01")))

    def test_seeds_are_pooled(self):
        results = [{"hr10": 0.5}, {"hr10": 0.75}]
        self.assertEqual(mean_over_seeds(results, "hr10"), 0.625)
        self.assertEqual(spread_over_seeds(results, "hr10"), "0.500 … 0.750")


if __name__ == "__main__":
    unittest.main()
