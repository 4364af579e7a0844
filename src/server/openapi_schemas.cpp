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
  "required": ["shopper", "lines", "ticked_cents", "currency"],
  "properties": {
    "shopper": {"type": "string"},
    "lines": {"type": "array", "items": {"$ref": "#/components/schemas/CartLine"}, "description": "Oldest first"},
    "ticked_cents": {"type": "integer", "description": "Of the ticked lines in `currency`"},
    "currency": {"type": "string", "description": "Of the first line with a price; empty: the marketplace's own"}
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
    "context": {"type": "object"},
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
    "trace": {"type": "array", "items": {"type": "object"}, "description": "When asked for"}
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
    "display": {"type": "object", "additionalProperties": {"type": "string"}}
  }
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
