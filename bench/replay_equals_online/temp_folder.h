// A folder for one run of a program, with all that is in it. Throws std::runtime_error when it cannot be made.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace inkling::bench {

class TempFolder {
 public:
  explicit TempFolder(const std::string& program) {
    std::string name = (std::filesystem::temp_directory_path() / (program + ".XXXXXX")).string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error(name + " cannot be made");
    path_ = name;
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace inkling::bench
