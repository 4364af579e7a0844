/* Inkling on the shopper's own device: one shopper, one model package, scores without a network. For native apps
 * (libinkling_edge.a; docs/howto/native-app.md) and, under the same names, for JavaScript (web/sdk/src/wasm.ts). Not
 * for servers, which keep many shoppers.
 *
 * Order. create, screen, then samples and events as they happen, score whenever asked. Gestures are found in samples
 * and folded into the shopper's state at once. Before a page event is sent to a server, take the gestures and send
 * them first: folding both in that order gives the server the same state as this device has. Do not give back as
 * events what was taken.
 *
 * Ownership. create copies what it needs. Texts returned belong to the handle and live until the next call with it.
 * Threads: one at a time a handle; create's own error text (NULL handle) is one for the program.
 * Cost: a sample is O(1) and allocates nothing; a gesture or event costs a recurrent step a record; a score attention
 * and MLP. Memory is bounded: `memory_bytes` of info, the weights as floats, and 4,096 gestures that wait to be
 * taken. Failure: a status and one sentence, never an exception or an exit; only exhausted memory ends the program.
 * The wasm build, of which a page loads every byte, has neither sentences nor JSON to read: inkling_edge_error and
 * inkling_edge_event are not in it, and a native build tells why it refuses the same package or event.
 */
#pragma once

#include <stdint.h> /* NOLINT: C reads this header */

#ifdef __cplusplus
extern "C" {
#endif

#define INKLING_EDGE_ABI 2

typedef struct inkling_edge inkling_edge;

typedef enum {
  INKLING_EDGE_OK = 0,
  INKLING_EDGE_INVALID = 1,     /* an argument or event is wrong; nothing changed */
  INKLING_EDGE_UNSUPPORTED = 2, /* package of another format, fold or feature version, or of a model not in here */
  INKLING_EDGE_CORRUPT = 3,     /* package bytes are damaged or cut */
  INKLING_EDGE_FULL = 4         /* a stated bound is reached; nothing changed */
} inkling_edge_status;

/* One pointer sample, 32 bytes. */
typedef struct {
  double at_ms;     /* wall clock, milliseconds since 1970 UTC, before the year 2200; it may jump */
  float x_px, y_px; /* CSS pixels; of a wheel the distance scrolled. Any value: what is far off says no place */
  int32_t id;       /* of the finger, mouse or pen */
  int16_t page, action, event, button; /* the application's own small tables */
  uint8_t phase;                       /* 0 move, 1 down, 2 up, 3 cancel, 4 page enter, 5 page leave, 6 wheel */
  uint8_t pointer;                     /* 0 touch, 1 mouse, 2 pen */
  uint8_t pad[2];
} inkling_edge_sample;

uint32_t inkling_edge_abi(void);

/* From the bytes of a device package (docs/formats.md, up to 64 MiB). *out is NULL after a failure. */
int32_t inkling_edge_create(const uint8_t* package, uint32_t bytes, inkling_edge** out);
void inkling_edge_free(inkling_edge* edge);

/* One sentence about the last call that failed with this handle; NULL handle: about create. "" when none did. Not in
 * wasm. */
const char* inkling_edge_error(const inkling_edge* edge);
/* JSON: {"abi","model","version","precision","targets":[{"name","horizon_ms"}],"memory_bytes"}; the last is what this
 * one shopper takes beside the weights. */
const char* inkling_edge_info(const inkling_edge* edge);
uint32_t inkling_edge_target_count(const inkling_edge* edge);

/* Of the area that positions are measured in, 1 to 32767 each; a gesture under way ends. */
int32_t inkling_edge_screen(inkling_edge* edge, float width_px, float height_px);
/* At most 1,024 a call. Refused as a whole when a time, phase or pointer is out of range (INVALID) or while 4,096
 * gestures wait to be taken (FULL). */
int32_t inkling_edge_samples(inkling_edge* edge, const inkling_edge_sample* samples, uint32_t count);
/* One event exactly as POST /v1/events takes it, at most 256 KiB. Item, promotion, campaign and impression events are
 * accepted and change nothing. Not in wasm. */
int32_t inkling_edge_event(inkling_edge* edge, const char* json, uint32_t bytes);
/* The same of an event that was packed (apps/edge/packed_event.h): actions, swipes and taps, and the bare fact of a
 * profile or link. Raw samples are no part of it: they go to inkling_edge_samples. */
int32_t inkling_edge_event_packed(inkling_edge* edge, const uint8_t* event, uint32_t bytes);

/* One probability a target into `probs`; `count` must be target_count. A time before the newest event's counts as
 * that. */
int32_t inkling_edge_score(inkling_edge* edge, double now_ms, float* probs, uint32_t count);
/* JSON: [{"view","rows","intra":[a weight for each of the view's last records, oldest
 * first],"inter":[{"view","weights": [how much the view's records looked at each record of that other view, on
 * average]}]}]. NULL after a failure. */
const char* inkling_edge_explain(inkling_edge* edge, double now_ms);

/* JSON: {"ts_ms","pointer","swipes":[[10 integers]],"taps":[[6 integers]]}, members of a `gestures` event, of
 * gestures found since the last take; at most 100 swipes and 50 taps. NULL: none left; call until then, for a change
 * of pointer starts another one. */
const char* inkling_edge_take_gestures(inkling_edge* edge);

/* Memory for callers from JavaScript, 8-byte aligned. */
uint8_t* inkling_edge_alloc(uint32_t bytes);
void inkling_edge_dealloc(uint8_t* memory);

#ifdef __cplusplus
}
#endif
