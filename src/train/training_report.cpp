#include "train/training_report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace inkling::train {
namespace {

std::string number(double value, const char* form = "%.4f") {
  char text[64];
  std::snprintf(text, sizeof(text), form, value);
  return text;
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

constexpr const char* kStyle =
    "<style>:root{color-scheme:light dark;--ink:#1c2330;--soft:#667;--line:#d8dce4;--a:#2563eb;--b:#d97706}"
    "@media(prefers-color-scheme:dark){:root{--ink:#e8ebf2;--soft:#9aa3b5;--line:#333a48;--a:#7aa2ff;--b:#f5b352}}"
    "body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}td,th{border-bottom:1px solid var(--line);padding:.3rem .5rem;"
    "text-align:right}td:first-child,th:first-child{text-align:left}svg{width:100%;height:auto}"
    "text{fill:var(--soft);font-size:12px}.a{stroke:var(--a)}.b{stroke:var(--b)}path{fill:none;stroke-width:2}"
    "small{color:var(--soft)}.scroll{overflow-x:auto}.wide td{text-align:left;overflow-wrap:anywhere}"
    ".wide td:first-child{white-space:nowrap}</style>";

struct Frame {
  double low = 0, high = 1;
  std::size_t epochs = 1;
  [[nodiscard]] double x(std::size_t epoch) const {
    return 60 + 620.0 * static_cast<double>(epoch) / static_cast<double>(std::max<std::size_t>(epochs - 1, 1));
  }
  [[nodiscard]] double y(double loss) const { return 220 - 190 * (loss - low) / std::max(high - low, 1e-9); }
};

std::string curve(const Frame& frame, const std::vector<EpochReport>& epochs, double EpochReport::* loss,
                  const char* name) {
  std::string path;
  for (std::size_t i = 0; i < epochs.size(); ++i) {
    const double value = epochs[i].*loss;
    if (std::isnan(value)) continue;
    path += (path.empty() ? "M" : "L") + number(frame.x(i), "%.1f") + " " + number(frame.y(value), "%.1f");
  }
  return "<path class=\"" + std::string(name) + "\" d=\"" + path + "\"/>";
}

Frame frame_of(const std::vector<EpochReport>& epochs) {
  Frame frame{1e30, -1e30, epochs.size()};
  for (const EpochReport& epoch : epochs) {
    for (const double loss : {epoch.train_loss, epoch.validation_loss}) {
      if (std::isnan(loss)) continue;
      frame.low = std::min(frame.low, loss);
      frame.high = std::max(frame.high, loss);
    }
  }
  return frame;
}

std::string loss_plot(const TrainedModel& trained) {
  const Frame frame = frame_of(trained.epochs);
  std::string svg = "<svg viewBox=\"0 0 700 260\" role=\"img\" aria-label=\"loss by epoch\">";
  for (const double level : {frame.low, (frame.low + frame.high) / 2, frame.high}) {
    const std::string y = number(frame.y(level), "%.1f");
    svg += "<line x1=\"60\" x2=\"680\" y1=\"" + y + "\" y2=\"" + y + "\" stroke=\"var(--line)\"/>";
    svg += "<text x=\"8\" y=\"" + y + "\">" + number(level) + "</text>";
  }
  svg += curve(frame, trained.epochs, &EpochReport::train_loss, "a");
  svg += curve(frame, trained.epochs, &EpochReport::validation_loss, "b");
  svg += "<text x=\"60\" y=\"250\">epoch 1</text><text x=\"640\" y=\"250\">epoch " +
         std::to_string(trained.epochs.size()) + "</text></svg>";
  return svg + "<p><small>Joint loss by epoch: training (blue) and held-out shoppers (orange, where there are any). "
               "Kept: epoch " + std::to_string(trained.best_epoch) + ".</small></p>";
}

std::string metric_table(const artifact::PackageManifest& manifest, const sample::SampleSet& samples) {
  std::string rows;
  const auto cell = [&](const std::string& target, const char* name) {
    const auto found = manifest.metrics.find("test." + target + "." + name);
    return "<td>" + (found == manifest.metrics.end() ? std::string("–") : number(found->second)) + "</td>";
  };
  for (const auto& target : samples.plan.targets) {
    rows += "<tr><td>" + escaped(target.name) + "</td>" + cell(target.name, "base_rate") + cell(target.name, "auc") +
            cell(target.name, "auc_low") + cell(target.name, "auc_high") + cell(target.name, "gauc") +
            cell(target.name, "average_precision") + cell(target.name, "log_loss") +
            cell(target.name, "calibration_error") + "</tr>";
  }
  return "<div class=\"scroll\"><table><tr><th>test part</th><th>positive</th><th>AUC</th><th>95 % low</th><th>high</th>"
         "<th>GAUC</th><th>AP</th><th>log loss</th><th>ECE</th></tr>" + rows + "</table></div>";
}

std::string parameter_rows(const base::Json& params) {
  std::string rows;
  const auto* members = params.if_object();
  if (members == nullptr) return rows;
  for (const auto& member : *members) {
    rows += "<tr><td>" + escaped(member.key) + "</td><td>" + escaped(member.value.to_text()) + "</td></tr>";
  }
  return rows;
}

}  // namespace

std::string training_report(const artifact::PackageManifest& manifest, const TrainedModel& trained,
                            const sample::SampleSet& samples) {
  const std::string title = escaped(manifest.name + " " + manifest.version);
  std::string html = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                     "content=\"width=device-width,initial-scale=1\"><title>" + title + "</title>" + kStyle +
                     "</head><body><h1>" + title + "</h1>";
  html += "<p>" + std::to_string(samples.part_counts[0]) + " training, " + std::to_string(samples.part_counts[1]) +
          " validation and " + std::to_string(samples.part_counts[2]) + " test points; seed " +
          std::to_string(manifest.seed) + ". Intervals resample shoppers.</p>";
  html += metric_table(manifest, samples) + "<h2>Training</h2>" + loss_plot(trained);
  html += "<h2>Parameters</h2><table class=\"wide\">" + parameter_rows(manifest.params) + "</table>";
  return html + "</body></html>\n";
}

}  // namespace inkling::train
