"""Hand-made lists of words by dimension, and texts to learn vectors from, out of the folders of real data."""

import collections
import gzip
import hashlib
import json

from figure import data_folder

ENTITY_DIMENSIONS = {"HCCX": "product", "HPPX": "brand", "XH": "model"}
LEAST_COUNT = {"HCCX": 3, "HPPX": 2, "XH": 2}  # titles of the training part that a word is marked in
LEAST_RESTAURANTS = 2


def rows_of(folder, name):
    with gzip.open(data_folder(folder) / name, "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n") for line in lines]


def records_of(folder, name):
    return [json.loads(line) for line in rows_of(folder, name)]


def titles():
    return [row.split("\t") for row in rows_of("ecom_title_ner", "train.tsv.gz")[1:]]


def places():
    dishes = collections.Counter(dish for each in records_of("crosswoz", "restaurant.jsonl.gz")
                                 for dish in each["推荐菜"] or [])
    return {
        "facility": {name for each in records_of("crosswoz", "hotel.jsonl.gz") for name in each["酒店设施"] or []},
        "dish": {dish for dish, count in dishes.items() if count >= LEAST_RESTAURANTS},
        "sight": {each["名称"] for each in records_of("crosswoz", "attraction.jsonl.gz")},
    }


def goods():
    counts = {entity: collections.Counter() for entity in ENTITY_DIMENSIONS}
    for _, _, spans in titles():
        for span in json.loads(spans):
            if span["type"] in counts:
                counts[span["type"]][span["text"]] += 1
    return {ENTITY_DIMENSIONS[entity]: {word for word, count in each.items() if count >= LEAST_COUNT[entity]}
            for entity, each in counts.items()}


def half_of(word):
    """0 is for choosing settings, 1 for measuring."""
    return hashlib.sha1(word.encode()).digest()[0] % 2


def lists(half):
    """{industry: {dimension: words}}, without words of two dimensions of an industry."""
    made = {}
    for industry, dimensions in (("places", places()), ("goods", goods())):
        met = collections.Counter(word.strip().lower() for words in dimensions.values() for word in words)
        made[industry] = {name: sorted(word for word in words if word.strip() and met[word.strip().lower()] == 1
                                       and half_of(word) == half)
                          for name, words in dimensions.items()}
    return made


def own_texts():
    """Of the places and goods themselves: what people ask and answer, and titles."""
    turns = [message["content"] if "content" in message else message["text"]
             for dialogue in records_of("crosswoz", "dialogues_val.jsonl.gz") for message in dialogue["messages"]]
    return turns + [title for _, title, _ in titles()]


def general_texts():
    reviews = [row.split("\t")[3] for row in rows_of("zh_reviews", "reviews.tsv.gz")[1:]]
    queries = [row.split("\t")[2] for row in rows_of("ecom_queries", "queries.tsv.gz")[1:]]
    return reviews + queries + [title for _, title, _ in titles()]
