// Draws pictures and writes them as a camera's files: JPEGs of very different quality, every eighth one a PNG.
//   album_pictures FOLDER albums|tuning_foreign|tested_foreign SEED COUNT
// COUNT of each subject, as FOLDER/<subject>/<number>.jpg or .png.
#include <cstdlib>
#include <string>

#include "base/core/hash.h"
#include "base/files.h"
#include "bench/album_pictures/subjects.h"
#include "bench/run_program.h"
#include "picture/encode.h"

namespace inkling::bench {
namespace {

base::Status draw(const std::string& folder, std::span<const Subject> subjects, std::uint64_t seed, int count) {
  for (const Subject& subject : subjects) {
    const std::string album = folder + "/" + std::string(subject.name);
    INKLING_TRY(base::make_directories(album));
    for (int i = 0; i < count; ++i) {
      base::Random random = base::Random::stream(seed ^ base::name_hash(subject.name), static_cast<std::uint64_t>(i));
      const picture::Picture picture = take_picture(subject, random);
      const std::string path = album + "/" + std::to_string(i);
      const int quality = 35 + static_cast<int>(random.below(60));
      const bool is_png = i % 8 == 7;
      INKLING_ASSIGN(const std::string file,
                     is_png ? picture::encode_png(picture) : picture::encode_jpeg(picture, quality));
      INKLING_TRY(base::write_file_atomic(path + (is_png ? ".png" : ".jpg"), file));
    }
  }
  return {};
}

base::Status run(const std::string& folder, const std::string& set, std::uint64_t seed, int count) {
  if (set == "albums") return draw(folder, album_subjects(), seed, count);
  if (set == "tuning_foreign") {
    INKLING_TRY(draw(folder, tuning_foreign_subjects(), seed, count));
    INKLING_TRY(draw(folder, second_test_subjects(), seed, count));
    return draw(folder, third_test_subjects(), seed, count);
  }
  if (set == "tested_foreign") return draw(folder, tested_foreign_subjects(), seed, count);
  return base::invalid_input("\"" + set + "\" is no set; expected albums, tuning_foreign or tested_foreign");
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  return inkling::bench::run_program("album_pictures", [&] {
    return argc == 5 ? inkling::bench::run(argv[1], argv[2], std::strtoull(argv[3], nullptr, 10), std::atoi(argv[4]))
                     : inkling::base::invalid_input("expected FOLDER SET SEED COUNT");
  });
}
