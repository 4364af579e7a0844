// inkling export: a package as one file, in a form that other engines or devices read.
#include <fmt/format.h>

#include <memory>
#include <string_view>
#include <vector>

#include "apps/cli/console.h"
#include "apps/cli/data_folder.h"
#include "apps/cli/device_form.h"
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
  std::string to = "onnx";
  std::string precision;  // "": not said
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

Result<std::string> device_bytes(const artifact::Package& package, const std::string& precision) {
  INKLING_ASSIGN(const auto form, artifact::device_precision_from(precision));
  INKLING_ASSIGN(const auto bytes, device_package(package, form));
  return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

struct Form {
  std::string name;  // for people
  std::string file;  // unless --out says another
  std::string hint;
};

Form form_of(const ExportArguments& arguments, const std::string& version) {
  const std::string stem = arguments.model + "-" + version;
  if (arguments.to == "onnx") return {"ONNX", stem + ".onnx", "docs/howto/export.md says what goes in and comes out"};
  return {"a device package of " + arguments.precision, stem + "-" + arguments.precision + ".inkedge",
          "docs/howto/native-app.md says how an app reads it"};
}

Status check(ExportArguments& arguments) {
  if (arguments.to == "edge" && arguments.precision.empty()) arguments.precision = "float";
  if (arguments.to == "edge" || arguments.precision.empty()) return {};
  return base::invalid_input("--precision is for --to edge; ONNX files hold floats");
}

Status write(ExportArguments arguments) {
  INKLING_TRY(check(arguments));
  Console console(arguments.json);
  INKLING_ASSIGN(const std::string version, chosen_version(arguments.data, arguments.model, arguments.version));
  const auto folder = artifact::package_folder(arguments.data, arguments.model, version);
  INKLING_ASSIGN(const artifact::Package package,
                 artifact::open_package(folder, static_cast<int>(state::kFoldVersion),
                                        static_cast<int>(feature::kFeatureVersion)));
  const Result<std::string> bytes =
      arguments.to == "onnx" ? onnx_bytes(package) : device_bytes(package, arguments.precision);
  if (!bytes.ok()) return bytes.status().within(folder.string());
  const Form form = form_of(arguments, version);
  const std::string file = arguments.out.empty() ? form.file : arguments.out;
  INKLING_TRY(base::write_file_atomic(file, *bytes));
  console.say(fmt::format("{} {} as {} in {}, {} bytes; {}", arguments.model, version, form.name, file, bytes->size(),
                          form.hint));
  base::Json result = base::Json::object();
  result.set("model", arguments.model).set("version", version).set("file", file);
  result.set("bytes", static_cast<std::int64_t>(bytes->size()));
  console.result(result);
  return {};
}

}  // namespace

void add_export(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* verb = app.add_subcommand("export", "Write a package as one file that other engines or devices read");
  verb->add_option("--data", arguments->data, "data folder")->required();
  verb->add_option("model,--model", arguments->model, "model")->required();
  verb->add_option("--version", arguments->version, "version, like v2; the live one if left out");
  verb->add_option("--to,--format", arguments->to, "onnx, or edge: a package for devices")
      ->check(CLI::IsMember({"onnx", "edge"}));
  verb->add_option("--precision", arguments->precision, "of --to edge: float, fp16 or int8")
      ->check(CLI::IsMember({"float", "fp16", "int8"}));
  verb->add_option("--out", arguments->out, "file to write; left out: named after model, version and form");
  verb->add_flag("--json", arguments->json, "answer as one JSON object");
  verb->callback([arguments, &outcome] { outcome.status = write(*arguments); });
}

}  // namespace inkling::cli
