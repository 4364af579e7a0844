#include "artifact/package.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>
#include <utility>

#include "artifact/yaml_text.h"
#include "base/files.h"
#include "base/yaml_document.h"

namespace inkling::artifact {
namespace {

namespace fs = std::filesystem;
using base::Result;
using base::Status;

constexpr const char* kManifestFile = "model.yaml";
constexpr const char* kWeightsFile = "weights.safetensors";
constexpr const char* kReportFile = "report.html";
constexpr const char* kManifestHead =
    "# A model package of Inkling. weights.safetensors holds the same text; a package never changes once written.\n";

Status io_failure(const std::string& what, const fs::path& path, std::error_code error) {
  const std::string message = what + " " + path.string() + ": " + error.message();
  return error == std::errc::no_such_file_or_directory ? base::not_found(message) : base::io_error(message);
}

Status io_failure(const std::string& what, const fs::path& path) {
  return io_failure(what, path, std::error_code(errno, std::generic_category()));
}

// Without this the rename of a folder may be lost in a crash although a later registry entry survives.
Status flush_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return io_failure("cannot flush", folder);
  const bool flushed = ::fsync(descriptor) == 0 || errno == EINVAL;  // EINVAL: a file system that cannot
  const Status status = flushed ? Status() : io_failure("cannot flush", folder);
  ::close(descriptor);
  return status;
}

// A folder that goes away again unless it was moved to its place.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(fs::path path) : path_(std::move(path)) {}
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }
  Status move_to(const fs::path& target) {
    std::error_code error;
    fs::rename(path_, target, error);
    if (error == std::errc::directory_not_empty || error == std::errc::file_exists) {
      return base::conflict("the package " + target.string() + " exists already; a package never changes.");
    }
    if (error) return io_failure("cannot make the package", target, error);
    path_.clear();
    return flush_folder(target.parent_path());
  }

 private:
  fs::path path_;
};

// Unique in this process by the counter and among processes by their number.
fs::path temporary_beside(const fs::path& target) {
  static std::atomic<unsigned> counter{0};
  return target.parent_path() / (".partial-" + target.filename().string() + "-" + std::to_string(::getpid()) + "-" +
                                 std::to_string(counter.fetch_add(1)));
}

// kInvalidInput if the manifest holds something that YAML would not give back.
Result<std::string> manifest_yaml(const PackageManifest& manifest) {
  std::string text = kManifestHead + yaml_text(manifest_to_json(manifest));
  INKLING_ASSIGN(const auto document, base::YamlDocument::parse(text, kManifestFile));
  INKLING_ASSIGN(const PackageManifest read, manifest_from_json(document.root()));
  if (read == manifest) return text;
  return base::invalid_input(std::string(kManifestFile) +
                             ": params or features hold a value that does not read back; "
                             "use finite numbers and UTF-8 texts.");
}

Status write_files(const fs::path& folder, const PackageManifest& manifest, const SafetensorsWriter& weights,
                   std::string_view report_html) {
  INKLING_ASSIGN(const std::string yaml, manifest_yaml(manifest));
  INKLING_ASSIGN(const auto bytes, weights.bytes());
  INKLING_TRY(base::make_directories(folder.string()));
  INKLING_TRY(base::write_file_atomic((folder / kManifestFile).string(), yaml));
  if (!report_html.empty()) INKLING_TRY(base::write_file_atomic((folder / kReportFile).string(), report_html));
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return base::write_file_atomic((folder / kWeightsFile).string(), text);
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

// Reads the whole file into `memory`, which has room for exactly `size` bytes.
Status read_exactly(const fs::path& path, std::byte* memory, std::size_t size) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (file == nullptr) return io_failure("cannot read", path);
  if (std::fread(memory, 1, size, file.get()) == size && std::fgetc(file.get()) == EOF) return {};
  return base::io_error("cannot read " + path.string() + ": it changed its size meanwhile.");
}

}  // namespace

fs::path package_folder(const fs::path& data_folder, std::string_view name, std::string_view version) {
  return data_folder / "packages" / name / version;
}

Result<fs::path> write_package(const fs::path& data_folder, const PackageManifest& manifest,
                               SafetensorsWriter weights, std::string_view report_html) {
  INKLING_TRY(check_manifest(manifest));
  const fs::path folder = package_folder(data_folder, manifest.name, manifest.version);
  std::error_code ignored;
  if (fs::exists(folder, ignored)) {
    return base::conflict("the package " + folder.string() + " exists already; a package never changes.");
  }
  weights.set_metadata(std::string(kManifestKey), manifest_to_json(manifest).to_text());
  TemporaryFolder temporary(temporary_beside(folder));
  INKLING_TRY(write_files(temporary.path(), manifest, weights, report_html));
  INKLING_TRY(temporary.move_to(folder));
  return folder;
}

Result<PackageManifest> read_manifest(const fs::path& folder) {
  const fs::path path = folder / kManifestFile;
  auto document = base::YamlDocument::load(path);
  if (!document.ok()) {
    const bool damaged = document.status().code() == base::ErrorCode::kInvalidInput;
    return damaged ? base::corrupt(document.status().message()) : document.status();
  }
  auto manifest = manifest_from_json(document->root());
  if (!manifest.ok()) return manifest.status().within(path.string());
  return manifest;
}

Result<Package> open_package(const fs::path& folder, int fold_version, int feature_version) {
  const fs::path path = folder / kWeightsFile;
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (error) return io_failure("cannot open the package", path, error);
  Package package;
  package.size_bytes_ = static_cast<std::size_t>(size);
  const std::size_t room = (package.size_bytes_ / kTensorAlignmentBytes + 1) * kTensorAlignmentBytes;
  package.bytes_.reset(static_cast<std::byte*>(std::aligned_alloc(kTensorAlignmentBytes, room)));
  if (package.bytes_ == nullptr)
    return base::io_error("no memory for the " + std::to_string(room) + " bytes of " + path.string());
  INKLING_TRY(read_exactly(path, package.bytes_.get(), package.size_bytes_));
  auto weights = open_weights(package.weights_file(), fold_version, feature_version);
  if (!weights.ok()) return weights.status().within(path.string());
  INKLING_ASSIGN(const PackageManifest stated, read_manifest(folder));
  if (stated != weights->manifest) {
    return base::corrupt(folder.string() + ": model.yaml and weights.safetensors describe different models (" +
                         stated.name + " " + stated.version + " and " + weights->manifest.name + " " +
                         weights->manifest.version + "); one of the two files was changed.");
  }
  package.manifest_ = std::move(weights->manifest);
  package.weights_ = std::move(weights->tensors);
  return package;
}

}  // namespace inkling::artifact
