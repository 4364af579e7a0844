// A fitted blueprint as bytes, for device packages (docs/formats.md): sources by their numbers, encoders with what
// turns values into ids, nothing that only training asks. Not for packages of servers (blueprint.h has their JSON).
// Thread safety: pure functions. Wasm-clean but for the writer.
#pragma once

#include "base/core/byte_reader.h"
#include "base/core/byte_writer.h"
#include "feature/blueprint.h"

namespace inkling::feature {

// Of a spec that Blueprint::make has taken.
void write_blueprint(const BlueprintSpec& spec, base::ByteWriter& out);
// Into a blueprint that reads nothing. What does not fit, or would trap when it is used, makes `in` fail.
void read_blueprint(base::ByteReader& in, Blueprint& blueprint);

}  // namespace inkling::feature
