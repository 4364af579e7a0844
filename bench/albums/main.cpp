// Trains a sorter of pictures on labelled folders and measures it on others: the product's training half, package
// bytes and serving half, in one process.
//   albums TRAIN SEED TEST FOREIGN [name=value ...]
// TRAIN and TEST hold a folder an album; FOREIGN folders of pictures that belong to none. Prints one JSON line; what
// training says goes to stderr.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "bench/run_program.h"
#include "models/picture_model.h"
#include "train/parameters.h"
#include "train/picture_half.h"

namespace inkling::bench {
namespace {

using base::Json;
using base::Result;
using Clock = std::chrono::steady_clock;

struct Counts {
  std::int64_t pictures = 0, right = 0, sure_and_right = 0, unsure = 0;
  [[nodiscard]] Json json() const {
    Json made = Json::object();
    made.set("pictures", pictures).set("right", right).set("sure_and_right", sure_and_right).set("unsure", unsure);
    return made;
  }
};

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Counts by folder; the album of a foreign folder is never right.
Result<Json> measure(const models::PictureSorter& sorter, const std::string& folder, double& sorting_s) {
  INKLING_ASSIGN(const train::LabelledPictures tested, train::read_labelled_pictures(folder));
  const auto workspace = sorter.new_workspace();
  std::vector<float> planes(3 * sorter.side() * sorter.side());
  std::vector<Counts> counts(tested.albums.size());
  for (const train::LabelledPicture& picture : tested.pictures) {
    for (std::size_t i = 0; i < planes.size(); ++i) planes[i] = static_cast<float>(picture.planes[i]) / 255;
    const auto start = Clock::now();
    const models::SortedPicture sorted = sorter.sort(planes, *workspace);
    sorting_s += seconds_since(start);
    Counts& own = counts[picture.album];
    const bool right = sorter.albums()[sorted.album] == tested.albums[picture.album];
    ++own.pictures;
    own.right += right ? 1 : 0;
    own.unsure += sorted.unsure ? 1 : 0;
    own.sure_and_right += right && !sorted.unsure ? 1 : 0;
  }
  Json made = Json::object();
  for (std::size_t i = 0; i < counts.size(); ++i) made.set(tested.albums[i], counts[i].json());
  return made;
}

Result<Json> params_of(const models::PictureModel& model, const std::vector<std::string>& settings) {
  INKLING_ASSIGN(const auto table, train::ParameterTable::parse(model.params_yaml, "params.yaml"));
  Json given = Json::object();
  for (const std::string& setting : settings) INKLING_TRY(table.set(setting, given));
  return table.complete(base::JsonView(given, "params"));
}

base::Status run(const std::vector<std::string>& given) {
  if (given.size() < 4) return base::invalid_input("expected TRAIN SEED TEST FOREIGN [name=value ...]");
  const models::PictureModel& model = *plugins::picture_models().front();
  INKLING_ASSIGN(const train::LabelledPictures pictures, train::read_labelled_pictures(given[0]));
  INKLING_ASSIGN(Json params, params_of(model, {given.begin() + 4, given.end()}));
  const auto start = Clock::now();
  INKLING_ASSIGN(const train::LearntSorter learnt,
                 plugins::picture_halves().front()->train(
                     {pictures, params, std::strtoull(given[1].c_str(), nullptr, 10), 1, [](std::string_view note) {
                        std::fprintf(stderr, "%.*s\n", static_cast<int>(note.size()), note.data());
                      }}));
  Json out = Json::object();
  out.set("training_s", seconds_since(start)).set("learnt", static_cast<std::int64_t>(pictures.pictures.size()));
  out.set("left_out", static_cast<std::int64_t>(pictures.left_out.size()));
  for (const auto& [name, value] : learnt.metrics) out.set(name, value);
  INKLING_ASSIGN(const std::vector<std::byte> bytes, learnt.weights.bytes());
  INKLING_ASSIGN(const artifact::Safetensors tensors, artifact::Safetensors::parse(bytes));
  artifact::PackageManifest manifest;
  manifest.features = learnt.features;
  INKLING_ASSIGN(const auto sorter, model.load(manifest, tensors));
  double sorting_s = 0, foreign_s = 0;
  INKLING_ASSIGN(Json own, measure(*sorter, given[2], sorting_s));
  INKLING_ASSIGN(Json foreign, measure(*sorter, given[3], foreign_s));
  std::int64_t tested = 0;
  for (const base::JsonMember& album : *own.if_object()) tested += *album.value.find("pictures")->if_integer();
  out.set("sort_us", sorting_s * 1e6 / static_cast<double>(tested));
  out.set("package_bytes", static_cast<std::int64_t>(bytes.size()));
  out.set("albums", std::move(own)).set("foreign", std::move(foreign));
  std::printf("%s\n", out.to_text().c_str());
  return {};
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  return inkling::bench::run_program("albums", [&] { return inkling::bench::run({argv + 1, argv + argc}); });
}
