// Long because: it is one JSON document, whose schemas refer to each other by name.
// The bodies of the API as JSON Schema 2020-12. Member names here are wire names: chosen once, never renamed. The
// tests hold the server's real answers against the members listed here.
#include "server/openapi.h"

namespace inkling::server {

namespace {

constexpr std::string_view kSchemas = R"json({
"Problem": {
  "type": "object",
  "description": "RFC 9457",
  "required": ["type", "title", "status", "detail", "instance"],
  "properties": {
    "type": {"type": "string", "description": "urn:inkling:problem:..."},
    "title": {"type": "string"},
    "status": {"type": "integer"},
    "detail": {"type": "string", "description": "What is wrong, where, and what would be right"},
    "instance": {"type": "string", "description": "The request's target"},
    "line": {"type": "integer", "minimum": 1, "description": "Of the body, where it is known"}
  }
},
"Event": {
  "type": "object",
  "description": "One event; each type has members of its own, and unknown ones are kept",
  "required": ["type", "id", "ts_ms"],
  "properties": {
    "type": {"enum": ["item", "shopper", "link", "promotion", "campaign", "impression", "action", "gestures"]},
    "id": {"type": "string", "minLength": 1, "maxLength": 128, "description": "Idempotency key"},
    "ts_ms": {"type": "integer", "description": "Milliseconds since 1970 UTC"},
    "shopper": {"type": "string", "maxLength": 128, "description": "Not needed by item, promotion and campaign"},
    "session": {"type": "string", "maxLength": 128}
  }
},
"Events": {
  "oneOf": [{"$ref": "#/components/schemas/Event"},
            {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/Event"}}]
},
"EventReceipt": {
  "type": "object",
  "required": ["accepted", "duplicates", "last_sequence"],
  "properties": {
    "accepted": {"type": "integer"},
    "duplicates": {"type": "integer", "description": "Ids that were known already: dropped"},
    "last_sequence": {"type": "integer", "description": "Journal sequence of the newest accepted event"}
  }
},
"Intent": {
  "type": "object",
  "required": ["model", "version", "target", "horizon_ms", "probability"],
  "properties": {
    "model": {"type": "string"},
    "version": {"type": "string"},
    "target": {"type": "string"},
    "horizon_ms": {"type": "integer"},
    "probability": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
    "unavailable": {"type": "string", "description": "Why there is no probability"}
  }
},
"ActionCounts": {
  "type": "object",
  "required": ["total", "active_days", "last_ms", "decayed"],
  "properties": {
    "total": {"type": "integer"},
    "active_days": {"type": "integer"},
    "last_ms": {"type": ["integer", "null"]},
    "decayed": {"type": "object", "description": "Half-life to count as of now_ms",
                "additionalProperties": {"type": "number"}}
  }
},
"Shopper": {
  "type": "object",
  "required": ["shopper", "now_ms", "first_ms", "newest_ms", "event_count", "active_days", "session", "spent_cents",
               "records", "intent", "actions", "cart", "recent", "profile", "coupons", "repurchases", "interests"],
  "properties": {
    "shopper": {"type": "string"},
    "now_ms": {"type": "integer"},
    "first_ms": {"type": ["integer", "null"]},
    "newest_ms": {"type": "integer"},
    "event_count": {"type": "integer"},
    "active_days": {"type": "integer"},
    "session": {"type": "string"},
    "spent_cents": {"type": "integer"},
    "records": {"type": "object", "additionalProperties": {"type": "integer"}},
    "intent": {"type": "array", "items": {"$ref": "#/components/schemas/Intent"}},
    "actions": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/ActionCounts"}},
    "cart": {"type": "array", "items": {"type": "object"}},
    "recent": {"type": "array", "items": {"type": "object"}, "description": "Newest first"},
    "profile": {"type": "object", "additionalProperties": {"type": "string"}},
    "coupons": {"type": "array", "items": {"type": "object"}},
    "repurchases": {"type": "array", "items": {"type": "object"}},
    "interests": {"type": "array", "items": {"type": "object"}}
  }
},
"Money": {
  "type": "object",
  "required": ["cents"],
  "properties": {"cents": {"type": "integer"}, "currency": {"type": "string"}}
},
"Item": {
  "type": "object",
  "description": "The members of the newest item event; those at their default are left out, but on_sale",
  "required": ["item", "on_sale"],
  "properties": {
    "item": {"type": "string"},
    "kind": {"enum": ["goods", "sku", "post", "shop", "service", "tag", "task"], "default": "goods"},
    "parent": {"type": "string"},
    "market": {"type": "string"},
    "location": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
    "category": {"type": "array", "items": {"type": "string"}, "description": "Path, top first"},
    "price": {"$ref": "#/components/schemas/Money"},
    "tags": {"type": "array", "items": {"type": "string"}},
    "attributes": {"type": "object", "additionalProperties": {"type": "string"}},
    "title": {"type": "string"},
    "text": {"type": "string"},
    "pictures": {"type": "array", "items": {"type": "string"}},
    "on_sale": {"type": "boolean"},
    "stock": {"type": "integer", "description": "Pieces; left out when nobody said"}
  }
},
"Items": {
  "type": "object",
  "required": ["items"],
  "properties": {"items": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}}}
},
"CartLine": {
  "type": "object",
  "required": ["item", "quantity", "ticked"],
  "properties": {
    "item": {"type": "string"},
    "quantity": {"type": "integer", "minimum": 1},
    "ticked": {"type": "boolean"},
    "price": {"$ref": "#/components/schemas/Money"}
  }
},
"Cart": {
  "type": "object",
  "required": ["shopper", "lines", "ticked_cents", "currency", "offers"],
  "properties": {
    "shopper": {"type": "string"},
    "lines": {"type": "array", "items": {"$ref": "#/components/schemas/CartLine"}, "description": "Oldest first"},
    "ticked_cents": {"type": "integer", "description": "Of the ticked lines in `currency`"},
    "currency": {"type": "string", "description": "Of the first line with a price; empty: the marketplace's own"},
    "offers": {"oneOf": [
      {"$ref": "#/components/schemas/Quote"},
      {"type": "object", "required": ["refused"], "additionalProperties": false,
       "properties": {"refused": {"type": "string", "description": "Why the ticked lines cannot be quoted"}}}
    ]}
  }
},
"Tier": {
  "type": "object",
  "description": "With one of save_cents and save_basis_points",
  "required": ["spend_cents"],
  "minProperties": 2,
  "maxProperties": 2,
  "additionalProperties": false,
  "properties": {
    "spend_cents": {"type": "integer", "minimum": 1, "maximum": 9007199254740992},
    "save_cents": {"type": "integer", "minimum": 1, "description": "At most spend_cents"},
    "save_basis_points": {"type": "integer", "minimum": 1, "maximum": 10000, "description": "1250 is 12.5 %"}
  }
},
"Selection": {
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "items": {"type": "array", "minItems": 1, "maxItems": 1000, "items": {"type": "string"},
              "description": "Only in exclude"},
    "shops": {"type": "array", "minItems": 1, "maxItems": 1000, "items": {"type": "string"}},
    "categories": {"type": "array", "minItems": 1, "maxItems": 1000, "description": "Paths, top first",
                   "items": {"type": "array", "minItems": 1, "maxItems": 16, "items": {"type": "string"}}}
  }
},
"PromotionDefinition": {
  "type": "object",
  "description": "With one of tiers and every",
  "additionalProperties": false,
  "properties": {
    "title": {"type": "string", "maxLength": 200},
    "currency": {"type": "string", "description": "Left out: the marketplace's own, prices without a code"},
    "starts_ms": {"type": "integer", "minimum": 0, "description": "From then on"},
    "ends_ms": {"type": "integer", "description": "Until before then"},
    "tiers": {"type": "array", "minItems": 1, "maxItems": 20, "items": {"$ref": "#/components/schemas/Tier"},
              "description": "Ascending; the highest that is reached counts"},
    "every": {"$ref": "#/components/schemas/Tier", "description": "One step that repeats, with save_cents"},
    "cap_cents": {"type": "integer", "minimum": 1, "description": "Of every, or of percentages: the most it saves"},
    "scope": {"$ref": "#/components/schemas/Selection"},
    "exclude": {"$ref": "#/components/schemas/Selection"},
    "group": {"type": "string", "minLength": 1, "maxLength": 128, "description": "Of one group at most one counts"},
    "alone": {"type": "boolean", "description": "Counts only when no other one does"}
  }
},
"Promotion": {
  "type": "object",
  "required": ["promotion", "in_force"],
  "properties": {
    "promotion": {"type": "string"},
    "in_force": {"type": "boolean"},
    "reason": {"type": "string", "description": "Why it is not in force"},
    "definition": {"$ref": "#/components/schemas/PromotionDefinition"}
  }
},
"Promotions": {
  "type": "object",
  "required": ["snapshot", "promotions"],
  "properties": {
    "snapshot": {"type": "string", "description": "The world snapshot: w and a journal sequence"},
    "promotions": {"type": "array", "items": {"$ref": "#/components/schemas/Promotion"}}
  }
},
"PromotionReceipt": {
  "type": "object",
  "required": ["promotion", "last_sequence"],
  "properties": {
    "promotion": {"type": "string"},
    "definition": {"$ref": "#/components/schemas/PromotionDefinition"},
    "last_sequence": {"type": "integer", "description": "Its journal sequence: snapshots from there on have it"}
  }
},
"QuoteRequest": {
  "type": "object",
  "required": ["lines"],
  "additionalProperties": false,
  "properties": {"lines": {"type": "array", "minItems": 1, "maxItems": 200, "items": {
    "type": "object",
    "required": ["item"],
    "additionalProperties": false,
    "properties": {
      "item": {"type": "string", "minLength": 1, "maxLength": 128},
      "quantity": {"type": "integer", "minimum": 1, "maximum": 1000000, "default": 1},
      "ticked": {"type": "boolean", "default": true},
      "price": {"$ref": "#/components/schemas/Money", "description": "Of one piece, as the shopper was shown it"}
    }
  }}}
},
"Banner": {
  "type": "object",
  "required": ["kind", "saved_cents", "gap_cents", "more_cents", "text"],
  "properties": {
    "kind": {"enum": ["nothing", "saved", "more", "saved_and_more"]},
    "saved_cents": {"type": "integer"},
    "gap_cents": {"type": "integer"},
    "more_cents": {"type": "integer", "description": "What the best total gains at least when the gap is filled"},
    "text": {"type": "object", "required": ["en", "zh"],
             "properties": {"en": {"type": "string"}, "zh": {"type": "string"}}},
    "promotion": {"type": "string", "description": "Whose gap it is"}
  }
},
"Quote": {
  "type": "object",
  "required": ["currency", "ticked_cents", "saved_cents", "payable_cents", "now_ms", "promotions", "lines", "banner",
               "left_out"],
  "properties": {
    "currency": {"type": "string"},
    "ticked_cents": {"type": "integer"},
    "saved_cents": {"type": "integer", "description": "The best that the promotions allow together"},
    "payable_cents": {"type": "integer"},
    "now_ms": {"type": "integer", "description": "The moment that decides which promotions are on"},
    "promotions": {"type": "array", "items": {
      "type": "object",
      "required": ["promotion", "applied", "eligible_cents", "step", "saved_now_cents", "banner"],
      "properties": {
        "promotion": {"type": "string"},
        "title": {"type": "string"},
        "applied": {"type": "boolean", "description": "One of those that make saved_cents"},
        "eligible_cents": {"type": "integer", "description": "Of the ticked lines that it counts"},
        "step": {"type": "integer", "description": "Which tier, or how many times; 0: none yet"},
        "saved_now_cents": {"type": "integer"},
        "threshold_cents": {"type": "integer", "description": "The next step; left out where there is none"},
        "gap_cents": {"type": "integer"},
        "saved_then_cents": {"type": "integer"},
        "more_cents": {"type": "integer"},
        "ends_ms": {"type": "integer"},
        "banner": {"$ref": "#/components/schemas/Banner"}
      }
    }},
    "lines": {"type": "array", "items": {
      "type": "object",
      "required": ["item", "quantity", "amount_cents", "saved_cents", "pay_cents", "promotions"],
      "properties": {
        "item": {"type": "string"},
        "quantity": {"type": "integer"},
        "amount_cents": {"type": "integer"},
        "saved_cents": {"type": "integer", "description": "The line's share"},
        "pay_cents": {"type": "integer"},
        "promotions": {"type": "array", "items": {
          "type": "object",
          "required": ["promotion", "saved_cents"],
          "properties": {"promotion": {"type": "string"}, "saved_cents": {"type": "integer"}}
        }}
      }
    }},
    "banner": {"$ref": "#/components/schemas/Banner"},
    "left_out": {"type": "array", "description": "Ticked lines that cannot be bought", "items": {
      "type": "object",
      "required": ["item", "reason"],
      "properties": {"item": {"type": "string"}, "reason": {"type": "string"}}
    }},
    "repriced": {"type": "array", "description": "Prices that are not those shown; of POST /v1/quote", "items": {
      "type": "object",
      "required": ["item", "shown", "price"],
      "properties": {
        "item": {"type": "string"},
        "shown": {"$ref": "#/components/schemas/Money"},
        "price": {"$ref": "#/components/schemas/Money"}
      }
    }}
  }
},
"CartChange": {
  "type": "object",
  "description": "The item and one of the others",
  "required": ["item"],
  "minProperties": 2,
  "maxProperties": 2,
  "additionalProperties": false,
  "properties": {
    "item": {"type": "string", "minLength": 1, "maxLength": 128},
    "add": {"type": "integer", "minimum": 1, "maximum": 1000000, "description": "So many pieces more"},
    "remove": {"const": true, "description": "The whole line"},
    "ticked": {"type": "boolean"},
    "quantity": {"type": "integer", "minimum": 0, "maximum": 1000000, "description": "So many pieces; 0 removes"}
  }
},
"CartPatch": {
  "type": "object",
  "required": ["id", "changes"],
  "additionalProperties": false,
  "properties": {
    "id": {"type": "string", "minLength": 1, "maxLength": 120, "description": "The same id changes the cart once"},
    "session": {"type": "string", "maxLength": 128},
    "changes": {"type": "array", "minItems": 1, "maxItems": 200, "items": {"$ref": "#/components/schemas/CartChange"}}
  }
},
"DeviceHint": {
  "type": "object",
  "description": "What the model on the shopper's device answers",
  "required": ["model", "version", "session", "target", "probability", "gestures"],
  "additionalProperties": false,
  "properties": {
    "model": {"type": "string"},
    "version": {"type": "string", "description": "Live or canary, or the hint is not taken"},
    "session": {"type": "string", "description": "The request's, or the hint is not taken"},
    "target": {"type": "string"},
    "probability": {"type": "number", "minimum": 0, "maximum": 1},
    "gestures": {"type": "integer", "minimum": 0, "description": "Swipes and taps that the device saw in the session"}
  }
},
"Decision": {
  "type": "object",
  "required": ["offer", "what", "target", "probability", "band", "reason", "score_from"],
  "properties": {
    "offer": {"type": "boolean"},
    "what": {"type": ["string", "null"]},
    "target": {"type": ["string", "null"]},
    "probability": {"type": ["number", "null"]},
    "band": {"type": ["object", "null"]},
    "reason": {"type": "string"},
    "score_from": {"enum": ["server", "device", null], "description": "Whose probability decided"},
    "hint": {"type": "string", "description": "A code why the hint was not taken; left out when it was"}
  }
},
"SceneRequest": {
  "type": "object",
  "required": ["shopper"],
  "additionalProperties": false,
  "properties": {
    "shopper": {"type": "string", "minLength": 1, "maxLength": 128},
    "session": {"type": "string", "maxLength": 128},
    "size": {"type": "integer", "minimum": 1, "maximum": 200, "default": 10},
    "cursor": {"type": "string", "maxLength": 4001, "description": "Of the answer before, unchanged"},
    "query": {"type": "string"},
    "cart": {"type": "array", "maxItems": 200, "items": {
      "type": "object",
      "required": ["item"],
      "properties": {
        "item": {"type": "string"},
        "quantity": {"type": "integer", "default": 1},
        "ticked": {"type": "boolean", "default": true},
        "price": {"$ref": "#/components/schemas/Money"}
      }}},
    "context": {"type": "object", "description": "Numbers, truth values and texts that the scene's stages ask for, as category, market, pick or item"},
    "hint": {"$ref": "#/components/schemas/DeviceHint"},
    "trace": {"type": "boolean", "default": false}
  }
},
"SceneAnswer": {
  "type": "object",
  "required": ["request_id", "scene", "items", "decision", "degraded"],
  "properties": {
    "request_id": {"type": "string"},
    "scene": {"type": "string"},
    "items": {"type": "array", "items": {"$ref": "#/components/schemas/SceneItem"}, "description": "Best first"},
    "decision": {"oneOf": [{"$ref": "#/components/schemas/Decision"}, {"type": "null"}]},
    "cursor": {"type": ["string", "null"], "description": "Asks for the next page; null on the last one"},
    "models": {"type": "object", "additionalProperties": {"type": "string"}},
    "arms": {"type": "object", "additionalProperties": {"type": "string"}},
    "timings": {"type": "array", "items": {"type": "object"}},
    "total_us": {"type": "integer"},
    "degraded": {"type": ["object", "null"], "description": "Which stage did not answer, and what answered instead"},
    "snapshot": {"type": ["string", "null"], "description": "The world snapshot that the items come from"},
    "check": {"$ref": "#/components/schemas/LiveCheck"},
    "trace": {"type": "array", "items": {"type": "object"}, "description": "When asked for"}
  }
},
"LiveCheck": {
  "type": "object",
  "description": "What the last look at the answer found; of scenes that check live",
  "required": ["source", "snapshot", "dropped", "repriced", "offer_gone"],
  "properties": {
    "source": {"enum": ["catalogue", "checker"]},
    "snapshot": {"type": "string", "description": "The world snapshot that was looked at"},
    "dropped": {"type": "array", "items": {
      "type": "object",
      "required": ["item", "reason"],
      "properties": {
        "item": {"type": "string"},
        "reason": {"enum": ["off_sale", "sold_out", "no_price", "falls_short", "too_dear"]}
      }
    }},
    "repriced": {"type": "array", "description": "And kept", "items": {
      "type": "object",
      "required": ["item", "from_cents", "to_cents"],
      "properties": {
        "item": {"type": "string"},
        "from_cents": {"type": ["integer", "null"]},
        "to_cents": {"type": ["integer", "null"]}
      }
    }},
    "offer_gone": {"enum": ["ended", "withdrawn", "no_step", null], "description": "Why there is no offer any more"}
  }
},
"SceneItem": {
  "type": "object",
  "required": ["item", "score", "recalls", "reasons", "display"],
  "properties": {
    "item": {"type": "string"},
    "score": {"type": "number"},
    "recalls": {"type": "array", "items": {
      "type": "object",
      "required": ["recall", "score"],
      "properties": {"recall": {"type": "string"}, "score": {"type": "number"}}
    }},
    "reasons": {"type": "array", "items": {"type": "string"}, "description": "Codes, as similar_to:item-7"},
    "display": {"type": "object", "additionalProperties": {"type": "string"}},
    "with": {"type": "string", "description": "The item that is meant together with it: both complete the basket"}
  }
},
"TagKey": {
  "type": "object",
  "description": "Names a node in every later graph too",
  "required": ["kind", "name"],
  "properties": {
    "kind": {"enum": ["tag", "category", "need", "dimension", "scene"]},
    "name": {"type": "string"},
    "industry": {"type": "string", "description": "The category that it is of; left out: a general one"}
  }
},
"Tag": {
  "type": "object",
  "required": ["kind", "name", "accepted", "count", "counts"],
  "properties": {
    "kind": {"enum": ["tag", "category", "need", "dimension", "scene"]},
    "name": {"type": "string"},
    "industry": {"type": "string"},
    "polarity": {"enum": [-1, 0, 1], "description": "Left out when it is not known"},
    "accepted": {"type": "boolean", "description": "By an editor"},
    "count": {"type": "integer", "description": "How often it was seen, over all sources"},
    "counts": {"type": "object", "description": "By source: title, body, review, query",
               "additionalProperties": {"type": "integer"}}
  }
},
"Tags": {
  "type": "object",
  "required": ["version", "edit_lines", "total", "tags"],
  "properties": {
    "version": {"type": "string", "description": "Of the live graph"},
    "edit_lines": {"type": "integer", "description": "Lines of the file of edits that it has"},
    "total": {"type": "integer", "description": "How many there are without the limit"},
    "tags": {"type": "array", "items": {"$ref": "#/components/schemas/Tag"}, "description": "Most seen first"}
  }
},
"TagEdge": {
  "type": "object",
  "required": ["type", "direction", "other", "weight", "evidence", "sentence"],
  "properties": {
    "type": {"enum": ["in_category", "in_dimension", "similar", "need_of", "served_by", "merges", "hyponym",
                      "shown_in"]},
    "direction": {"enum": ["out", "in"], "description": "in: it leads here; out for those that go both ways"},
    "other": {"$ref": "#/components/schemas/Tag"},
    "weight": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
    "evidence": {"type": "array", "items": {
      "type": "object",
      "required": ["signal", "value"],
      "properties": {"signal": {"type": "string"}, "value": {"type": "number"}}
    }},
    "sentence": {"type": "string"}
  }
},
"TagPage": {
  "type": "object",
  "required": ["version", "edit_lines", "tag"],
  "properties": {
    "version": {"type": "string"},
    "edit_lines": {"type": "integer"},
    "tag": {
      "allOf": [{"$ref": "#/components/schemas/Tag"}],
      "type": "object",
      "required": ["variants", "examples", "edges", "edge_counts"],
      "properties": {
        "variants": {"type": "array", "items": {"type": "string"}, "description": "Surfaces in normal form"},
        "examples": {"type": "array", "items": {"type": "string"}},
        "edges": {"type": "array", "items": {"$ref": "#/components/schemas/TagEdge"},
                  "description": "By type, then heaviest first"},
        "edge_counts": {"type": "array", "items": {
          "type": "object",
          "required": ["type", "direction", "count"],
          "properties": {"type": {"type": "string"}, "direction": {"enum": ["out", "in"]},
                         "count": {"type": "integer", "description": "Without the limit"}}
        }}
      }
    }
  }
},
"TagText": {
  "type": "object",
  "required": ["text"],
  "additionalProperties": false,
  "properties": {
    "text": {"type": "string"},
    "industry": {"type": "string", "description": "A category: its meanings come before general ones"}
  }
},
"TagMatches": {
  "type": "object",
  "required": ["version", "edit_lines", "matches"],
  "properties": {
    "version": {"type": "string"},
    "edit_lines": {"type": "integer"},
    "matches": {"type": "array", "items": {
      "type": "object",
      "required": ["begin", "end", "text", "tag"],
      "properties": {
        "begin": {"type": "integer", "description": "Bytes of the text as UTF-8, up to `end`"},
        "end": {"type": "integer"},
        "text": {"type": "string"},
        "tag": {"$ref": "#/components/schemas/TagKey"}
      }
    }}
  }
},
"TagEdit": {
  "type": "object",
  "required": ["edit", "who", "why"],
  "additionalProperties": false,
  "properties": {
    "edit": {"enum": ["accept", "ban", "rename", "merge", "split", "undo"]},
    "who": {"type": "string", "minLength": 1, "maxLength": 128},
    "why": {"type": "string", "minLength": 1, "maxLength": 1000},
    "kind": {"enum": ["tag", "category", "need", "dimension", "scene"], "default": "tag"},
    "name": {"type": "string", "description": "Of the node; every edit but undo needs it"},
    "industry": {"type": "string"},
    "to": {"type": "string", "description": "Of rename the new name, of merge what it becomes part of, of split whose the variant is instead"},
    "to_industry": {"type": "string", "description": "Of merge"},
    "variant": {"type": "string", "description": "Of split: what does not mean the node"},
    "line": {"type": "integer", "minimum": 1, "description": "Of undo: the number of the edit that holds no longer"}
  }
},
"TagEditReceipt": {
  "type": "object",
  "required": ["number", "applied"],
  "properties": {
    "number": {"type": "integer", "minimum": 1},
    "applied": {"type": "boolean", "description": "Whether the graph that answers has it; if not, it soon will"}
  }
},
"TagEdits": {
  "type": "object",
  "required": ["edits"],
  "properties": {"edits": {"type": "array", "description": "Newest first", "items": {
    "type": "object",
    "required": ["number", "edit", "at_ms", "who", "why"],
    "properties": {
      "number": {"type": "integer"},
      "edit": {"enum": ["accept", "ban", "rename", "merge", "split", "undo"]},
      "at_ms": {"type": "integer"},
      "who": {"type": "string"},
      "why": {"type": "string"},
      "kind": {"type": "string"},
      "name": {"type": "string"},
      "industry": {"type": "string"},
      "to": {"type": "string"},
      "to_industry": {"type": "string"},
      "variant": {"type": "string"},
      "undoes": {"type": "integer"},
      "undone_by": {"type": "integer"},
      "unfit": {"type": "string", "description": "Why the live graph has no place for it"}
    }
  }}}
},
"Models": {
  "type": "object",
  "required": ["models"],
  "properties": {"models": {"type": "array", "items": {
    "type": "object",
    "required": ["model", "version", "arithmetic", "targets"],
    "properties": {
      "model": {"type": "string"},
      "version": {"type": "string"},
      "arithmetic": {"type": "string", "description": "float, or the paths of reduced precision"},
      "orders": {"enum": ["candidates"], "description": "of a model that predicts nothing, but puts these in order"},
      "vectors": {"type": "integer", "minimum": 0, "description": "of item vectors: how many there are"},
      "targets": {"type": "array", "items": {
        "type": "object",
        "required": ["target", "horizon_ms"],
        "properties": {"target": {"type": "string"}, "horizon_ms": {"type": "integer"}}
      }}
    }}}}
},
"Health": {
  "type": "object",
  "required": ["status"],
  "properties": {"status": {"enum": ["live", "ready"]}}
},
"OpenApi": {
  "type": "object",
  "required": ["openapi", "info", "paths"]
}
})json";

}  // namespace

std::string_view openapi_schemas() {
  return kSchemas;
}

}  // namespace inkling::server
