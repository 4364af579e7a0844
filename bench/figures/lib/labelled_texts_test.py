import gzip
import json
import pathlib
import tempfile
import unittest

from labelled_texts import Dictionary, f1, labelled_pairs, labelled_spans, nearest_pairs, review_texts


class ReviewTexts(unittest.TestCase):
    def rows(self, triplets, text="味道好，贵"):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "rows.tsv.gz"
            with gzip.open(path, "wt", encoding="utf-8") as out:
                out.write("id\ttext\ttriplets\n1\t" + text + "\t" + json.dumps(triplets) + "\n")
            return list(review_texts(path))

    def test_an_aspect_that_is_not_written_is_no_span_and_in_no_pair(self):
        [text] = self.rows([
            {"aspect": "味道", "aspect_at": 0, "opinion": "好", "opinion_at": 2, "polarity": "positive"},
            {"aspect": "", "aspect_at": -1, "opinion": "贵", "opinion_at": 4, "polarity": "negative"}])
        self.assertEqual(labelled_spans(text), {(0, 2, "aspect"), (2, 3, "opinion"), (4, 5, "opinion")})
        self.assertEqual(labelled_pairs(text), {((0, 2, "aspect"), (2, 3, "opinion"))})

    def test_a_span_of_two_triplets_stands_once(self):
        [text] = self.rows([
            {"aspect": "味道", "aspect_at": 0, "opinion": "好", "opinion_at": 2, "polarity": "positive"},
            {"aspect": "味道", "aspect_at": 0, "opinion": "贵", "opinion_at": 4, "polarity": "negative"}])
        self.assertEqual(len(text["spans"]), 3)
        self.assertEqual(len(labelled_pairs(text)), 2)


class Words(unittest.TestCase):
    def test_the_longest_word_is_found_and_none_within_it(self):
        taught = [{"text": "双肩包包", "spans": [{"begin": 0, "end": 3, "type": "a"}, {"begin": 2, "end": 3, "type": "b"}]}]
        self.assertEqual(list(Dictionary(taught).spans("包双肩包")), [(0, 1, "b"), (1, 4, "a")])

    def test_a_word_that_is_seldom_labelled_is_left_out(self):
        taught = [{"text": "包包包", "spans": [{"begin": 0, "end": 1, "type": "a"}]},
                  {"text": "鞋", "spans": [{"begin": 0, "end": 1, "type": "a"}]}]
        self.assertEqual(Dictionary(taught, least_share=0.5).types, {"鞋": "a"})
        self.assertEqual(Dictionary(taught, least_share=0.3).types, {"包": "a", "鞋": "a"})
        self.assertEqual(Dictionary(taught, kind="b").types, {})

    def test_f1_counts_exact_answers(self):
        self.assertEqual(f1([{1, 2}, set()], [{1}, {3}]), 0.5)

    def test_each_second_span_goes_to_the_nearest_first(self):
        first, far = (0, 2), (20, 22)
        self.assertEqual(nearest_pairs([first, far], [(3, 4), (18, 19)]), {(first, (3, 4)), (far, (18, 19))})


if __name__ == "__main__":
    unittest.main()
