// That a training which is stopped, killed or refused its checkpoint ends as fit_network.h says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>

#include "train/checkpoint.h"
#include "train/fit_network.h"
#include "train/fit_network_fixture_test.h"

namespace inkling::train {
namespace {

using testing::HasSubstr;

TEST(FitNetworkResume, resumes_after_a_stop_bit_for_bit_as_if_never_stopped) {
  const Fixture fixture = mixed_samples();
  const Fitted whole = fit(fixture, options(), fixture.job());
  std::atomic<bool> stop = false;
  TrainingJob job = fixture.job_with_checkpoint();
  job.stop = &stop;
  job.on_progress = [&](const TrainingProgress& progress) {
    if (progress.epoch == 3 && progress.finished == nullptr) stop = true;
  };
  const auto stopped = failure(fixture, options(), job);
  EXPECT_EQ(stopped.code(), base::ErrorCode::kUnavailable);
  EXPECT_THAT(stopped.message(), HasSubstr("stopped in epoch 3; run it again with --resume"));

  TrainingJob rest = fixture.job_with_checkpoint();
  rest.resume = true;
  int first_epoch = 0;
  rest.on_progress = [&](const TrainingProgress& progress) {
    if (first_epoch == 0) first_epoch = progress.epoch;
  };
  const Fitted resumed = fit(fixture, options(), rest, 99);  // its own first weights must not matter
  EXPECT_EQ(first_epoch, 3);
  EXPECT_TRUE(same_bits(resumed.after, whole.after));
  ASSERT_EQ(resumed.outcome.epochs.size(), whole.outcome.epochs.size());
  EXPECT_EQ(resumed.outcome.best_epoch, whole.outcome.best_epoch);
  for (std::size_t i = 0; i < whole.outcome.epochs.size(); ++i) {
    EXPECT_EQ(resumed.outcome.epochs[i].epoch, whole.outcome.epochs[i].epoch);
    EXPECT_EQ(resumed.outcome.epochs[i].train_loss, whole.outcome.epochs[i].train_loss);
    EXPECT_EQ(resumed.outcome.epochs[i].validation_loss, whole.outcome.epochs[i].validation_loss);
    EXPECT_EQ(resumed.outcome.epochs[i].validation_auc, whole.outcome.epochs[i].validation_auc);
    EXPECT_EQ(resumed.outcome.epochs[i].is_best, whole.outcome.epochs[i].is_best);
  }
}

// Every step writes a checkpoint; what a kill at any of them would leave is kept.
std::vector<std::string> checkpoints_of_every_step(const Fixture& fixture) {
  TrainingJob job = fixture.job_with_checkpoint();
  job.checkpoint_every_steps = 1;
  std::vector<std::string> files;
  job.on_progress = [&](const TrainingProgress&) {
    std::string bytes = fixture.folder().read("checkpoint.pt");
    if (!bytes.empty() && (files.empty() || files.back() != bytes)) files.push_back(std::move(bytes));
  };
  fit(fixture, options(), job);
  return files;
}

TEST(FitNetworkResume, goes_on_from_any_step_of_an_epoch_bit_for_bit) {
  const Fixture fixture = mixed_samples();
  const Fitted whole = fit(fixture, options(), fixture.job());
  const std::vector<std::string> files = checkpoints_of_every_step(fixture);
  ASSERT_GE(files.size(), 40U);  // 6 epochs of 7 steps
  TrainingJob rest = fixture.job_with_checkpoint();
  rest.resume = true;
  for (std::size_t i = 0; i < files.size(); i += 3) {
    fixture.folder().write("checkpoint.pt", files[i]);
    const Fitted resumed = fit(fixture, options(), rest, 99);
    EXPECT_TRUE(same_bits(resumed.after, whole.after)) << i;
    for (std::size_t e = 0; e < whole.outcome.epochs.size(); ++e) {
      EXPECT_EQ(resumed.outcome.epochs.at(e).train_loss, whole.outcome.epochs[e].train_loss) << i << " " << e;
    }
  }
}

TEST(FitNetworkResume, removes_what_a_killed_writer_left_and_nothing_else) {
  const Fixture fixture = mixed_samples();
  fixture.folder().write("checkpoint.pt.tmp-17-3", "half a checkpoint");
  fixture.folder().write("other.pt.tmp-17-3", "of another seed");
  fit(fixture, options(), fixture.job_with_checkpoint());
  EXPECT_FALSE(std::filesystem::exists(fixture.folder().path() / "checkpoint.pt.tmp-17-3"));
  EXPECT_TRUE(std::filesystem::exists(fixture.folder().path() / "other.pt.tmp-17-3"));
}

TEST(FitNetworkResume, resumes_without_validation_samples_too) {
  const Fixture fixture(rows_of(40, Part::kTrain, 5));
  FitOptions part = options();
  part.max_epochs = 2;
  fit(fixture, part, fixture.job_with_checkpoint());
  TrainingJob rest = fixture.job_with_checkpoint();
  rest.resume = true;
  const Fitted resumed = fit(fixture, options(), rest, 99);
  EXPECT_TRUE(same_bits(resumed.after, fit(fixture, options(), fixture.job()).after));
  EXPECT_TRUE(std::isnan(resumed.outcome.epochs.front().validation_loss));
}

TEST(FitNetworkResume, resumes_with_the_best_epoch_of_before_the_stop) {
  const Fixture fixture = contrary_validation();
  FitOptions part = options();
  part.max_epochs = 4;
  const Fitted before = fit(fixture, part, fixture.job_with_checkpoint());
  ASSERT_LT(before.outcome.best_epoch, 4);
  TrainingJob rest = fixture.job_with_checkpoint();
  rest.resume = true;
  const Fitted resumed = fit(fixture, options(), rest, 99);
  EXPECT_EQ(resumed.outcome.best_epoch, before.outcome.best_epoch);
  EXPECT_TRUE(same_bits(resumed.after, before.after));
}

TEST(FitNetworkResume, starts_anew_where_there_is_no_checkpoint_or_no_wish_to_resume) {
  const Fixture fixture = mixed_samples();
  TrainingJob job = fixture.job_with_checkpoint();
  job.resume = true;
  const Fitted first = fit(fixture, options(), job);
  job.resume = false;
  const Fitted again = fit(fixture, options(), job);
  EXPECT_EQ(again.outcome.epochs.size(), 6U);
  EXPECT_TRUE(same_bits(first.after, again.after));
}

TEST(FitNetworkResume, refuses_the_checkpoint_of_another_job_with_its_name_and_a_remedy) {
  const Fixture fixture = mixed_samples();
  fit(fixture, options(), fixture.job_with_checkpoint());
  TrainingJob other_seed = fixture.job_with_checkpoint(2);
  TrainingJob other_params = fixture.job_with_checkpoint();
  other_params.params.set("hidden", 16);
  sample::SampleSet more = *fixture.job().samples;
  ++more.part_counts[0];
  TrainingJob other_samples = fixture.job_with_checkpoint();
  other_samples.samples = &more;
  for (TrainingJob* job : {&other_seed, &other_params, &other_samples}) {
    job->resume = true;
    const auto status = failure(fixture, options(), *job);
    EXPECT_EQ(status.code(), base::ErrorCode::kConflict);
    EXPECT_THAT(status.message(), HasSubstr("checkpoint.pt: it belongs to another training job"));
    EXPECT_THAT(status.message(), HasSubstr("without --resume"));
  }
}

TEST(FitNetworkResume, refuses_the_checkpoint_of_a_machine_that_multiplies_otherwise) {
  const Fixture fixture = mixed_samples();
  TrainingJob job = fixture.job_with_checkpoint();
  job.params.set("precision", "reduced");
  job.products = math::ProductPath::kAmxBf16;
  fit(fixture, options(), job);
  job.resume = true;
  EXPECT_EQ(fit(fixture, options(), job).outcome.epochs.size(), 6U);
  job.products = math::ProductPath::kAvx512Bf16;
  EXPECT_THAT(failure(fixture, options(), job).message(), HasSubstr("other instructions for precision: reduced"));
  job.params.set("precision", "float");
  EXPECT_EQ(failure(fixture, options(), job).code(), base::ErrorCode::kConflict);
}

TEST(FitNetworkResume, refuses_a_damaged_checkpoint_in_one_line) {
  const Fixture fixture = mixed_samples();
  TrainingJob job = fixture.job_with_checkpoint();
  fit(fixture, options(), job);
  const std::string bytes = fixture.folder().read("checkpoint.pt");
  job.resume = true;
  std::string flipped = bytes;
  flipped[bytes.size() / 2] = static_cast<char>(flipped[bytes.size() / 2] ^ 1);
  std::vector<std::string> all = {"", "no archive", flipped};
  for (std::size_t cut = 1; cut < bytes.size(); cut += bytes.size() / 20) all.push_back(bytes.substr(0, cut));
  for (const std::string& damaged : all) {
    fixture.folder().write("checkpoint.pt", damaged);
    const auto status = failure(fixture, options(), job);
    EXPECT_EQ(status.code(), base::ErrorCode::kCorrupt);
    EXPECT_THAT(status.message(), HasSubstr("checkpoint.pt is damaged"));
    EXPECT_EQ(status.message().find('\n'), std::string::npos);
  }
}

}  // namespace
}  // namespace inkling::train
