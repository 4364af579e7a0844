#include "nn/embedding.h"

#include <string>

namespace inkling::nn {

base::Result<Embedding> Embedding::make(const Weight& table) {
  INKLING_TRY(check_filled(table));
  if (table.rows < 2) {
    return base::invalid_input("tensor \"" + std::string(table.name) +
                               "\" has 1 row, but an embedding table needs at least 2 (0 padding, 1 missing)");
  }
  return Embedding(table.values, table.rows, table.cols);
}

}  // namespace inkling::nn
