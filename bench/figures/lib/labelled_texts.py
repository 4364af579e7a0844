"""Real labelled texts in the form that taggers read (docs/formats.md, "Labelled texts"), and what needs no training
to be found in them: a dictionary of the labelled words, longest match first."""

import collections
import gzip
import json
import subprocess


def read_rows(path):
    """The rows of a .tsv.gz without quoting, its head left out."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        next(lines)
        for line in lines:
            yield line.rstrip("\n").split("\t")


def title_texts(path):
    for _, text, spans in read_rows(path):
        yield {"text": text, "spans": [{"begin": span["b"], "end": span["e"], "type": span["type"]}
                                       for span in json.loads(spans)]}


def review_texts(path):
    """Aspects that are not written are no spans, and their opinions are in no pair."""
    for _, text, triplets in read_rows(path):
        spans, pairs = [], []

        def place(at, words, kind):
            if at < 0:
                return None
            span = {"begin": at, "end": at + len(words), "type": kind}
            if span not in spans:
                spans.append(span)
            return spans.index(span)

        for each in json.loads(triplets):
            aspect = place(each["aspect_at"], each["aspect"], "aspect")
            opinion = place(each["opinion_at"], each["opinion"], "opinion")
            if aspect is not None and opinion is not None:
                pairs.append([aspect, opinion, each["polarity"]])
        yield {"text": text, "spans": spans, "pairs": pairs}


def write_texts(path, texts):
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(json.dumps(text, ensure_ascii=False) + "\n" for text in texts)
    return path


def run_tagger(program, model, train_path, seed, settings, tests):
    """What bench/taggers says of one training."""
    return _answer_of(program, [model, str(train_path), str(seed), *settings], tests)


def run_unlabelled(program, texts_path, tests):
    """What bench/taggers/unlabelled.cpp finds with what it learnt from texts alone."""
    return _answer_of(program, [str(texts_path)], tests)


def _answer_of(program, arguments, tests):
    """The threads of every library are held to one."""
    arguments = [str(program), *arguments, *(f"test:{name}={path}" for name, path in tests.items())]
    threads = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
    answer = subprocess.run(["env", *(f"{name}={value}" for name, value in threads.items()), *arguments],
                            capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise RuntimeError(answer.stderr.strip() or f"{program.name} ended with {answer.returncode}")
    return json.loads(answer.stdout)


class Dictionary:
    """The words that labelled spans have, each with the type it mostly has; of one type, where types may overlap.
    Words that are labelled in less than `least_share` of the places where they stand are left out."""

    def __init__(self, texts, kind=None, least_share=0.0):
        seen = collections.defaultdict(collections.Counter)
        for text in texts:
            for span in text["spans"]:
                if kind in (None, span["type"]):
                    seen[text["text"][span["begin"]:span["end"]]][span["type"]] += 1
        self.longest = max(map(len, seen), default=0)
        stands = self._places(seen, texts) if least_share > 0 else collections.Counter()
        self.types = {word: counts.most_common(1)[0][0] for word, counts in seen.items()
                      if counts.total() >= least_share * stands[word]}

    def _places(self, words, texts):
        stands = collections.Counter()
        for text in (each["text"] for each in texts):
            for begin in range(len(text)):
                ends = range(begin + 1, min(len(text), begin + self.longest) + 1)
                stands.update(word for word in (text[begin:end] for end in ends) if word in words)
        return stands

    def spans(self, text):
        begin = 0
        while begin < len(text):
            for end in range(min(len(text), begin + self.longest), begin, -1):
                kind = self.types.get(text[begin:end])
                if kind is not None:
                    yield begin, end, kind
                    begin = end - 1
                    break
            begin += 1


def nearest_pairs(firsts, seconds):
    """Each of the second spans with the first that is nearest to it."""
    def gap(a, b):
        return max(b[0] - a[1], a[0] - b[1], 0)
    return {(min(firsts, key=lambda first: gap(first, second)), second) for second in seconds if firsts}


def f1(found, labelled):
    """Of sets of exact answers, one pair of sets a text."""
    right = sum(len(a & b) for a, b in zip(found, labelled))
    return 2 * right / max(1, sum(map(len, found)) + sum(map(len, labelled)))


def labelled_spans(text, kind=None):
    return {(span["begin"], span["end"], span["type"]) for span in text["spans"] if kind in (None, span["type"])}


def labelled_pairs(text):
    def place(index):
        span = text["spans"][index]
        return span["begin"], span["end"], span["type"]
    return {(place(first), place(second)) for first, second, _ in text["pairs"]}
