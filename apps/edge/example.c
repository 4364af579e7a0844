/* One shopper in a native app: what docs/howto/native-app.md shows. Prints the probability after a swipe and a page view.
 *
 *   example PACKAGE
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/edge/inkling_edge.h"

static uint8_t* read_file(const char* path, uint32_t* bytes) {
  FILE* file = fopen(path, "rb");
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) return NULL;
  const long size = ftell(file);
  uint8_t* data = size > 0 ? malloc((size_t)size) : NULL;
  rewind(file);
  if (data != NULL) *bytes = (uint32_t)fread(data, 1, (size_t)size, file);
  fclose(file);
  return data;
}

static int run(inkling_edge* edge) {
  const inkling_edge_sample touch[] = {
      {1700000000000.0, 200, 700, 1, 0, 0, 0, 0, 1, 0, {0, 0}}, /* down */
      {1700000000030.0, 203, 500, 1, 0, 0, 0, 0, 0, 0, {0, 0}}, /* move */
      {1700000000080.0, 205, 250, 1, 0, 0, 0, 0, 2, 0, {0, 0}}, /* up */
  };
  const char* view = "{\"type\":\"action\",\"id\":\"a-1\",\"ts_ms\":1700000000500,\"shopper\":\"ann\",\"action\":\"view\","
                     "\"item\":\"item-7\",\"page\":\"detail\"}";
  float probs[4];
  const char* batch = NULL;

  if (inkling_edge_screen(edge, 390, 844) != INKLING_EDGE_OK) return 1;
  if (inkling_edge_samples(edge, touch, 3) != INKLING_EDGE_OK) return 1;
  while ((batch = inkling_edge_take_gestures(edge)) != NULL) printf("for the server: %s\n", batch);
  if (inkling_edge_event(edge, view, (uint32_t)strlen(view)) != INKLING_EDGE_OK) return 1;
  if (inkling_edge_score(edge, 1700000001000.0, probs, inkling_edge_target_count(edge)) != INKLING_EDGE_OK) return 1;
  printf("%s\nfirst target: %.4f\n", inkling_edge_info(edge), (double)probs[0]);
  return 0;
}

int main(int count, char** arguments) {
  uint32_t bytes = 0;
  uint8_t* package = count == 2 ? read_file(arguments[1], &bytes) : NULL;
  inkling_edge* edge = NULL;
  int failed = 1;

  if (inkling_edge_create(package, bytes, &edge) == INKLING_EDGE_OK) failed = run(edge);
  if (failed) fprintf(stderr, "%s\n", inkling_edge_error(edge));
  inkling_edge_free(edge);
  free(package);
  return failed;
}
