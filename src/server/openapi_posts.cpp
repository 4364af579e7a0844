// The schemas of /v1/templates and /v1/posts.
#include "server/openapi.h"

namespace inkling::server {

namespace {

constexpr std::string_view kSchemas = R"json({
"Names": {
  "type": "object",
  "required": ["en", "zh"],
  "properties": {"en": {"type": "string"}, "zh": {"type": "string"}}
},
"LivePrices": {
  "type": "object",
  "required": ["version", "posts"],
  "properties": {
    "version": {"type": "string"},
    "posts": {"type": "integer", "description": "That they were learnt from"}
  }
},
"Templates": {
  "type": "object",
  "required": ["templates"],
  "properties": {"templates": {"type": "array", "items": {
    "type": "object",
    "required": ["template", "name", "description", "fields"],
    "properties": {
      "template": {"type": "string"},
      "name": {"$ref": "#/components/schemas/Names"},
      "description": {"type": "string"},
      "fields": {"type": "integer", "description": "How many"},
      "prices": {"$ref": "#/components/schemas/LivePrices"}
    }
  }}}
},
"Template": {
  "type": "object",
  "required": ["template", "name", "description", "price", "fields"],
  "properties": {
    "template": {"type": "string"},
    "name": {"$ref": "#/components/schemas/Names"},
    "description": {"type": "string"},
    "price": {"type": ["string", "null"], "description": "The money field that estimates are about"},
    "fields": {"type": "array", "items": {
      "type": "object",
      "required": ["field", "name", "kind", "required"],
      "properties": {
        "field": {"type": "string"},
        "name": {"$ref": "#/components/schemas/Names"},
        "kind": {"enum": ["choice", "number", "money", "flag", "text"]},
        "required": {"type": "boolean"},
        "options": {"type": "array", "items": {
          "type": "object",
          "required": ["option", "name"],
          "properties": {"option": {"type": "string"}, "name": {"$ref": "#/components/schemas/Names"}}
        }},
        "unit": {"type": "string", "description": "Of a number; empty where it only counts"},
        "min": {"type": "number", "description": "Of a number, or cents"},
        "max": {"type": "number"}
      }
    }},
    "prices": {"$ref": "#/components/schemas/LivePrices"}
  }
},
"PostAttributes": {
  "type": "object",
  "description": "By field: an option's id or words, a number or a text with its unit, whole cents or a sum such as 6.5元, true or false, a text; null: not told",
  "additionalProperties": {"type": ["string", "number", "boolean", "null"]}
},
"PostToCheck": {
  "type": "object",
  "description": "One of them at least; attributes win",
  "additionalProperties": false,
  "minProperties": 1,
  "properties": {
    "text": {"type": "string", "minLength": 1, "description": "At most 64 KiB"},
    "attributes": {"$ref": "#/components/schemas/PostAttributes"}
  }
},
"FieldMistakes": {"type": "array", "items": {
  "type": "object",
  "required": ["field", "message"],
  "properties": {"field": {"type": "string"}, "message": {"type": "string"}}
}},
"CheckedPost": {
  "type": "object",
  "required": ["attributes", "evidence", "doubts", "mistakes"],
  "properties": {
    "attributes": {"$ref": "#/components/schemas/PostAttributes"},
    "evidence": {"type": "array", "description": "Where in the text they stand", "items": {
      "type": "object",
      "required": ["field", "begin", "end"],
      "properties": {
        "field": {"type": "string"},
        "begin": {"type": "integer", "description": "Bytes of the text as UTF-8, up to `end`"},
        "end": {"type": "integer"}
      }
    }},
    "doubts": {"type": "array", "items": {"type": "string"},
               "description": "Told twice in different ways, text and attributes apart, a text of another template"},
    "mistakes": {"$ref": "#/components/schemas/FieldMistakes"}
  }
},
"PostToEstimate": {
  "type": "object",
  "required": ["attributes"],
  "additionalProperties": false,
  "properties": {
    "attributes": {"$ref": "#/components/schemas/PostAttributes"},
    "quote_cents": {"type": "integer", "minimum": 1, "maximum": 100000000000}
  }
},
"JudgedQuote": {
  "type": "object",
  "required": ["cents", "verdict", "sentence"],
  "properties": {
    "cents": {"type": "integer"},
    "verdict": {"enum": ["usual", "low", "high", "far_below", "far_above"]},
    "sentence": {"type": "string"}
  }
},
"PriceEstimate": {
  "type": "object",
  "required": ["version", "posts", "low_cents", "middle_cents", "high_cents", "far_low_cents", "far_high_cents",
               "moves", "like_posts"],
  "properties": {
    "version": {"type": "string"},
    "posts": {"type": "integer"},
    "low_cents": {"type": "integer", "description": "Four of five prices lie from here to high_cents"},
    "middle_cents": {"type": "integer"},
    "high_cents": {"type": "integer"},
    "far_low_cents": {"type": "integer", "description": "98 of 100 lie from here to far_high_cents"},
    "far_high_cents": {"type": "integer"},
    "moves": {"type": "array", "description": "The strongest first", "items": {
      "type": "object",
      "required": ["field", "value", "factor"],
      "properties": {
        "field": {"type": "string"},
        "value": {"type": "string", "description": "Of a text a word of it; \"not told\" where a number is not"},
        "factor": {"type": "number", "description": "1.2: a fifth dearer than without"}
      }
    }},
    "like_posts": {"type": "array", "description": "The most like first", "items": {
      "type": "object",
      "required": ["item", "likeness", "price_cents"],
      "properties": {
        "item": {"type": "string"},
        "likeness": {"type": "number", "minimum": 0, "maximum": 1},
        "price_cents": {"type": "integer"}
      }
    }},
    "quote": {"$ref": "#/components/schemas/JudgedQuote"}
  }
},
"Post": {
  "type": "object",
  "required": ["template", "title", "attributes"],
  "additionalProperties": false,
  "properties": {
    "template": {"type": "string"},
    "title": {"type": "string", "minLength": 1, "maxLength": 1000},
    "text": {"type": "string", "minLength": 1, "description": "At most 64 KiB"},
    "shop": {"type": "string", "minLength": 1, "maxLength": 128},
    "market": {"type": "string", "maxLength": 128},
    "location": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2,
                 "description": "Latitude, longitude"},
    "category": {"type": "array", "items": {"type": "string"}, "maxItems": 100, "description": "Path, top first"},
    "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 100},
    "pictures": {"type": "array", "items": {"type": "string"}, "maxItems": 100},
    "attributes": {"$ref": "#/components/schemas/PostAttributes"}
  }
},
"PostReceipt": {
  "type": "object",
  "required": ["item", "sequence"],
  "properties": {
    "item": {"$ref": "#/components/schemas/Item"},
    "sequence": {"type": "integer", "description": "Of the journal"},
    "quote": {"$ref": "#/components/schemas/JudgedQuote"}
  }
},
"PostProblem": {
  "allOf": [{"$ref": "#/components/schemas/Problem"}],
  "type": "object",
  "properties": {"mistakes": {"$ref": "#/components/schemas/FieldMistakes"}}
}
})json";

}  // namespace

std::string_view openapi_post_schemas() {
  return kSchemas;
}

}  // namespace inkling::server
