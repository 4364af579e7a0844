"""python3 -m unittest discover -s bench/figures/lib -p '*_test.py'"""

import contextlib
import io
import json
import os
import tempfile
import unittest

import figure


def run(body, arguments=()):
    """The exit status and the printed lines of a figure whose checks `body` makes."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            with figure.Figure("made-up", "a made-up figure", list(arguments)) as made_up:
                body(made_up)
        except SystemExit as end:
            return end.code, out.getvalue().splitlines()
    raise AssertionError("a figure must end the program")


class FigureTest(unittest.TestCase):
    def test_ends_with_one_json_line_that_has_every_field(self):
        def body(made_up):
            made_up.seeds = [1, 2]
            made_up.at_least("auc", 0.75, 0.7)
            made_up.at_most("time", 3.5, 4, "ms")
            made_up.holds("same bytes", True)

        status, lines = run(body, ["--quick"])
        told = json.loads(lines[-1])
        self.assertEqual(status, 0)
        self.assertEqual(list(told), ["figure", "ok", "quick", "checks", "machine", "seeds"])
        self.assertEqual((told["figure"], told["ok"], told["quick"], told["seeds"]), ("made-up", True, True, [1, 2]))
        self.assertEqual(told["checks"][1],
                         {"name": "time", "value": 3.5, "unit": "ms", "bar": "<= 4", "pass": True})

    def test_fails_when_one_check_fails(self):
        def body(made_up):
            made_up.at_least("auc", 0.75, 0.7)
            made_up.at_most("time", 5, 4, "ms")

        status, lines = run(body)
        self.assertEqual(status, 1)
        self.assertFalse(json.loads(lines[-1])["ok"])
        self.assertTrue(any(line.endswith("FAILED") for line in lines))

    def test_fails_on_a_value_that_is_no_number_and_stays_json(self):
        status, lines = run(lambda made_up: made_up.at_least("auc", float("nan"), 0.7))
        self.assertEqual((status, json.loads(lines[-1], parse_constant=self.fail)["checks"][0]["value"]), (1, "nan"))

    def test_fails_when_nothing_was_checked(self):
        status, lines = run(lambda made_up: None)
        self.assertEqual((status, json.loads(lines[-1])["ok"]), (1, False))

    def test_tells_a_failure_in_the_json_line_too(self):
        def body(made_up):
            made_up.holds("fine so far", True)
            raise ValueError("the server went away")

        status, lines = run(body)
        last = json.loads(lines[-1])
        self.assertEqual((status, last["ok"]), (1, False))
        self.assertEqual(last["checks"][-1]["value"], "the server went away")

    def test_names_the_data_that_is_not_there(self):
        with tempfile.TemporaryDirectory() as folder:
            before = os.environ.get("INKLING_DATA")
            os.environ["INKLING_DATA"] = folder
            try:
                status, lines = run(lambda made_up: figure.data_folder("no-such-log"))
            finally:
                os.environ.pop("INKLING_DATA")
                if before is not None:
                    os.environ["INKLING_DATA"] = before
        self.assertEqual(status, 1)
        self.assertIn(f"there is no data at {folder}/no-such-log", json.loads(lines[-1])["checks"][0]["value"])

    def test_aligns_text_left_and_numbers_right(self):
        self.assertEqual(figure.table_text(("name", "auc"), [("ours", 0.75), ("decayed counts", 0.7)]),
                         "name            auc\n--------------  ----\nours            0.75\ndecayed counts   0.7")


if __name__ == "__main__":
    unittest.main()
