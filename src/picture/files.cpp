#include "picture/files.h"

#include <algorithm>
#include <cctype>
#include <span>
#include <system_error>

#include "base/files.h"
#include "picture/decode.h"

namespace inkling::picture {

namespace fs = std::filesystem;
using base::Result;

namespace {

bool is_picture(const fs::path& path) {
  std::string ending = path.extension().string();
  std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return ending == ".jpg" || ending == ".jpeg" || ending == ".png";
}

}  // namespace

Result<std::vector<fs::path>> entries_of(const std::string& folder) {
  std::error_code error;
  std::vector<fs::path> paths;
  fs::directory_iterator entries(folder, error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    if (!entries->path().filename().string().starts_with('.')) paths.push_back(entries->path());
  }
  if (error) return base::not_found(folder + ": is no folder that can be read (" + error.message() + ")");
  std::ranges::sort(paths);
  return paths;
}

Result<std::vector<fs::path>> picture_files(const std::string& folder) {
  INKLING_ASSIGN(auto paths, entries_of(folder));
  std::erase_if(paths, [](const fs::path& path) { return !is_picture(path); });
  return paths;
}

Result<std::vector<float>> read_square(const fs::path& file, std::size_t side) {
  INKLING_ASSIGN(const std::string bytes, base::read_file(file.string(), kMaxBytes));
  INKLING_ASSIGN(const Picture picture, decode(std::as_bytes(std::span(bytes)), static_cast<std::uint32_t>(side)));
  std::vector<float> planes(3 * side * side);
  shrink(picture, side, planes);
  return planes;
}

}  // namespace inkling::picture
