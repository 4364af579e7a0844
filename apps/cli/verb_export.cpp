// inkling export: a package in a form that other engines read.
#include <fmt/format.h>

#include <memory>
#include <string_view>
#include <vector>

#include "apps/cli/console.h"
#include "apps/cli/data_folder.h"
#include "apps/cli/verb.h"
#include "artifact/package.h"
#include "base/core/suggest.h"
#include "base/files.h"
#include "feature/blueprint.h"
#include "state/shopper_state.h"
#ifdef INKLING_HAS_ONNX
#include "exchange/onnx_half.h"
#endif

namespace inkling::cli {
namespace {

using base::Result;
using base::Status;

struct ExportArguments {
  std::string data;
  std::string model;
  std::string version;
  std::string format = "onnx";
  std::string out;
  bool json = false;
};

#ifdef INKLING_HAS_ONNX

Result<std::string> onnx_bytes(const artifact::Package& package) {
  const std::string& kind = artifact::model_of(package.manifest());
  std::vector<std::string_view> names;
  for (const exchange::OnnxHalf* half : plugins::onnx_halves()) {
    if (half->name == kind) return half->write(package.manifest(), package.weights());
    names.push_back(half->name);
  }
  return base::unsupported("\"" + kind + "\" has no ONNX form; " + base::expected_one_of(kind, names));
}

#else

Result<std::string> onnx_bytes(const artifact::Package&) {
  return base::unsupported("this build has no ONNX; configure it with -DINKLING_ONNX=ON, which needs libonnx-dev");
}

#endif

Status write(const ExportArguments& arguments) {
  Console console(arguments.json);
  INKLING_ASSIGN(const std::string version, chosen_version(arguments.data, arguments.model, arguments.version));
  const auto folder = artifact::package_folder(arguments.data, arguments.model, version);
  INKLING_ASSIGN(const artifact::Package package,
                 artifact::open_package(folder, static_cast<int>(state::kFoldVersion),
                                        static_cast<int>(feature::kFeatureVersion)));
  const Result<std::string> bytes = onnx_bytes(package);
  if (!bytes.ok()) return bytes.status().within(folder.string());
  INKLING_TRY(base::write_file_atomic(arguments.out, *bytes));
  console.say(fmt::format("{} {} as ONNX in {}, {} bytes; docs/howto/export.md says what goes in and comes out",
                          arguments.model, version, arguments.out, bytes->size()));
  base::Json result = base::Json::object();
  result.set("model", arguments.model).set("version", version).set("file", arguments.out);
  result.set("bytes", static_cast<std::int64_t>(bytes->size()));
  console.result(result);
  return {};
}

}  // namespace

void add_export(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* verb = app.add_subcommand("export", "Write a package in a form that other engines read");
  verb->add_option("--data", arguments->data, "data folder")->required();
  verb->add_option("--model", arguments->model, "model")->required();
  verb->add_option("--version", arguments->version, "version, like v2; the live one if left out");
  verb->add_option("--format", arguments->format, "onnx")->check(CLI::IsMember({"onnx"}));
  verb->add_option("--out", arguments->out, "file to write")->required();
  verb->add_flag("--json", arguments->json, "answer as one JSON object");
  verb->callback([arguments, &outcome] { outcome.status = write(*arguments); });
}

}  // namespace inkling::cli
