#include "odm_bundle.h"

#include "bundle_model.h"
#include "bundle_priors.h"

#include <ceres/ceres.h>
#include <ceres/rotation.h>
#include <glog/logging.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <new>
#include <vector>

namespace {

using odm::bundle::kLens;
using odm::bundle::kPose;
using odm::bundle::LensPrior;
using odm::bundle::PointPrior;
using odm::bundle::PositionPrior;
using odm::bundle::PoseState;
using odm::bundle::UpPrior;

// A point that a step put behind a camera costs this many sigmas, without slope: the step is then judged by the rest.
constexpr double kBehindCamera = 100.0;

// Rotations of all poses, refreshed once per step: one observation then costs a few hundred multiplications and no sine.
class PoseStates final : public ceres::EvaluationCallback {
public:
    PoseStates(const double *poses, const std::vector<double> &base) : poses_(poses), base_(base) {
        states_.resize(base.size() / 9);
        Refresh();
    }

    void PrepareForEvaluation(bool, bool new_evaluation_point) override {
        if (new_evaluation_point) {
            Refresh();
        }
    }

    const PoseState &operator[](size_t pose) const { return states_[pose]; }

private:
    void Refresh() {
        for (size_t i = 0; i < states_.size(); ++i) {
            odm::bundle::Prepare(&base_[9 * i], &poses_[kPose * i], &states_[i]);
        }
    }

    const double *poses_;
    const std::vector<double> &base_;
    std::vector<PoseState> states_;
};

class ObservationCost final : public ceres::SizedCostFunction<2, kLens, kPose, 3> {
public:
    ObservationCost(int32_t lens_model, const PoseState &state, const double *pixel, double sigma)
        : state_(state), pixel_(pixel), weight_(1.0 / sigma), lens_model_(lens_model) {}

    bool Evaluate(double const *const *parameters, double *residuals, double **jacobians) const override {
        double *by_lens = jacobians == nullptr ? nullptr : jacobians[0];
        double *by_pose = jacobians == nullptr ? nullptr : jacobians[1];
        double *by_point = jacobians == nullptr ? nullptr : jacobians[2];
        if (!odm::bundle::Residual(lens_model_, parameters[0], state_, parameters[1] + 3, parameters[2], pixel_, weight_,
                                   residuals, by_lens, by_pose, by_point)) {
            residuals[0] = residuals[1] = kBehindCamera;
            if (by_lens != nullptr) {
                std::fill_n(by_lens, 2 * kLens, 0.0);
            }
            if (by_pose != nullptr) {
                std::fill_n(by_pose, 2 * kPose, 0.0);
            }
            if (by_point != nullptr) {
                std::fill_n(by_point, 6, 0.0);
            }
        }
        return true;
    }

private:
    const PoseState &state_;
    const double *pixel_;
    double weight_;
    int32_t lens_model_;
};

class CancelCallback final : public ceres::IterationCallback {
public:
    explicit CancelCallback(const int32_t *cancel) : cancel_(cancel) {}

    ceres::CallbackReturnType operator()(const ceres::IterationSummary &) override {
        // Through a volatile read: the managed side writes it from another thread.
        return *static_cast<const volatile int32_t *>(cancel_) != 0 ? ceres::SOLVER_ABORT : ceres::SOLVER_CONTINUE;
    }

private:
    const int32_t *cancel_;
};

bool InRange(const int32_t *values, int64_t count, int64_t limit) {
    return std::all_of(values, values + count, [limit](int32_t v) { return v >= 0 && v < limit; });
}

bool IsValid(const odm_bundle_problem &p) {
    if (p.lens_count <= 0 || p.pose_count <= 0 || p.point_count < 0 || p.observation_count < 0 || p.max_iterations < 0) {
        return false;
    }
    if (p.lenses == nullptr || p.lens_constant == nullptr || p.lens_model == nullptr || p.lens_prior == nullptr ||
        p.lens_prior_sigma == nullptr || p.poses == nullptr || p.pose_constant == nullptr || p.pose_lens == nullptr ||
        p.position_prior == nullptr || p.position_prior_sigma == nullptr || p.up_prior == nullptr || p.up_prior_sigma == nullptr) {
        return false;
    }
    if (p.point_count > 0 && (p.points == nullptr || p.point_constant == nullptr)) {
        return false;
    }
    if ((p.point_prior == nullptr) != (p.point_prior_sigma == nullptr)) {
        return false;
    }
    if (p.observation_count > 0 && (p.observation_pose == nullptr || p.observation_point == nullptr ||
                                    p.observation_pixel == nullptr || p.observation_sigma == nullptr)) {
        return false;
    }
    return InRange(p.lens_model, p.lens_count, ODM_LENS_MODELS) && InRange(p.pose_lens, p.pose_count, p.lens_count) &&
           InRange(p.observation_pose, p.observation_count, p.pose_count) &&
           InRange(p.observation_point, p.observation_count, p.point_count) &&
           std::all_of(p.observation_sigma, p.observation_sigma + p.observation_count, [](double s) { return s > 0.0; });
}

int32_t ChooseSolver(const odm_bundle_problem &p) {
    if (p.linear_solver != ODM_BUNDLE_AUTO) {
        return p.linear_solver;
    }
    const int64_t free_poses = std::count(p.pose_constant, p.pose_constant + p.pose_count, 0);
    if (free_poses <= 60) {
        return ODM_BUNDLE_DENSE_SCHUR;
    }
    return free_poses <= 5000 ? ODM_BUNDLE_SPARSE_SCHUR : ODM_BUNDLE_ITERATIVE_SCHUR;
}

odm_status Adjust(const odm_bundle_problem &p, odm_bundle_summary *summary) {
    // Rotations are increments over their start values: small numbers, so that neither the pole of the axis-angle chart at a full
    // turn nor the half turn of cameras that look down matters.
    // All parameters lie in one buffer, because Ceres orders blocks by their addresses: with buffers of their own the order, and
    // with it the last bits of the result, would be the allocator's choice.
    std::vector<double> parameters(static_cast<size_t>(p.point_count * 3 + p.pose_count * kPose + p.lens_count * kLens));
    double *points = parameters.data();
    double *poses = points + 3 * p.point_count;
    double *lenses = poses + kPose * p.pose_count;
    std::copy_n(p.points, 3 * p.point_count, points);
    std::copy_n(p.lenses, kLens * p.lens_count, lenses);
    std::vector<double> base(static_cast<size_t>(p.pose_count) * 9);
    for (int64_t i = 0; i < p.pose_count; ++i) {
        double unused[9];
        odm::bundle::Exponential(p.poses + kPose * i, &base[9 * i], unused);
        std::copy_n(p.poses + kPose * i + 3, 3, &poses[kPose * i + 3]);
    }
    PoseStates states(poses, base);

    ceres::Problem::Options problem_options;
    problem_options.cost_function_ownership = ceres::DO_NOT_TAKE_OWNERSHIP;
    problem_options.loss_function_ownership = ceres::DO_NOT_TAKE_OWNERSHIP;
    problem_options.evaluation_callback = &states;
    problem_options.disable_all_safety_checks = true;
    ceres::Problem problem(problem_options);

    std::unique_ptr<ceres::LossFunction> loss, position_loss;
    if (p.loss_scale > 0.0) {
        loss = std::make_unique<ceres::SoftLOneLoss>(p.loss_scale);
    }
    if (p.position_loss_scale > 0.0) {
        position_loss = std::make_unique<ceres::SoftLOneLoss>(p.position_loss_scale);
    }

    std::deque<ObservationCost> observations;
    std::vector<uint8_t> pose_used(static_cast<size_t>(p.pose_count)), lens_used(static_cast<size_t>(p.lens_count)),
        point_used(static_cast<size_t>(p.point_count));
    auto all_constant = [&](int32_t lens) {
        const uint8_t *constant = p.lens_constant + kLens * lens;
        return std::all_of(constant, constant + kLens, [](uint8_t c) { return c != 0; });
    };
    auto has_prior = [&](int64_t point) {
        const double *sigma = p.point_prior_sigma == nullptr ? nullptr : p.point_prior_sigma + 3 * point;
        return sigma != nullptr && (sigma[0] > 0.0 || sigma[1] > 0.0 || sigma[2] > 0.0);
    };
    for (int64_t i = 0; i < p.observation_count; ++i) {
        const int32_t pose = p.observation_pose[i], point = p.observation_point[i], lens = p.pose_lens[pose];
        observations.emplace_back(p.lens_model[lens], states[static_cast<size_t>(pose)], p.observation_pixel + 2 * i,
                                  p.observation_sigma[i]);
        problem.AddResidualBlock(&observations.back(), has_prior(point) ? position_loss.get() : loss.get(), lenses + kLens * lens, &poses[kPose * pose],
                                 points + 3 * static_cast<int64_t>(point));
        pose_used[pose] = lens_used[lens] = point_used[point] = 1;
    }

    std::vector<std::unique_ptr<ceres::CostFunction>> priors;
    auto add_prior = [&](std::unique_ptr<ceres::CostFunction> cost, ceres::LossFunction *prior_loss, double *block) {
        problem.AddResidualBlock(cost.get(), prior_loss, block);
        priors.push_back(std::move(cost));
    };
    for (int64_t i = 0; i < p.pose_count; ++i) {
        if (!pose_used[i]) {
            continue;
        }
        double *pose = &poses[kPose * i];
        const double *sigma = p.position_prior_sigma + 3 * i;
        if (sigma[0] > 0.0 || sigma[1] > 0.0 || sigma[2] > 0.0) {
            add_prior(std::make_unique<PositionPrior>(p.position_prior + 3 * i, sigma), position_loss.get(), pose);
        }
        if (p.up_prior_sigma[i] > 0.0) {
            add_prior(std::make_unique<UpPrior>(states[static_cast<size_t>(i)], p.up_prior + 3 * i, p.up_prior_sigma[i]), nullptr,
                      pose);
        }
        if (p.pose_constant[i]) {
            problem.SetParameterBlockConstant(pose);
        }
    }
    for (int64_t i = 0; i < p.lens_count; ++i) {
        if (!lens_used[i]) {
            continue;
        }
        double *lens = lenses + kLens * i;
        const double *sigma = p.lens_prior_sigma + kLens * i;
        if (std::any_of(sigma, sigma + kLens, [](double s) { return s > 0.0; })) {
            add_prior(std::make_unique<LensPrior>(p.lens_prior + kLens * i, sigma), nullptr, lens);
        }
        if (all_constant(static_cast<int32_t>(i))) {
            problem.SetParameterBlockConstant(lens);
            continue;
        }
        std::vector<int> held;
        for (int j = 0; j < kLens; ++j) {
            if (p.lens_constant[kLens * i + j]) {
                held.push_back(j);
            }
        }
        if (!held.empty()) {
            problem.SetManifold(lens, new ceres::SubsetManifold(kLens, held));
        }
    }

    // The points are eliminated first: each sees only its own observations.
    auto ordering = std::make_shared<ceres::ParameterBlockOrdering>();
    for (int64_t i = 0; i < p.point_count; ++i) {
        if (!point_used[i]) {
            continue;
        }
        double *point = points + 3 * i;
        if (p.point_constant[i]) {
            problem.SetParameterBlockConstant(point);
        }
        if (has_prior(i)) {
            add_prior(std::make_unique<PointPrior>(p.point_prior + 3 * i, p.point_prior_sigma + 3 * i), nullptr, point);
        }
        ordering->AddElementToGroup(point, 0);
    }
    for (int64_t i = 0; i < p.pose_count; ++i) {
        if (pose_used[i]) {
            ordering->AddElementToGroup(&poses[kPose * i], 1);
        }
    }
    for (int64_t i = 0; i < p.lens_count; ++i) {
        if (lens_used[i]) {
            ordering->AddElementToGroup(lenses + kLens * i, 1);
        }
    }

    ceres::Solver::Options options;
    const int32_t solver = ChooseSolver(p);
    options.linear_solver_type = solver == ODM_BUNDLE_DENSE_SCHUR    ? ceres::DENSE_SCHUR
                                 : solver == ODM_BUNDLE_SPARSE_SCHUR ? ceres::SPARSE_SCHUR
                                                                     : ceres::ITERATIVE_SCHUR;
    if (options.linear_solver_type == ceres::ITERATIVE_SCHUR) {
        options.preconditioner_type = ceres::SCHUR_JACOBI;
    }
    options.linear_solver_ordering = ordering;
    options.max_num_iterations = p.max_iterations;
    options.function_tolerance = p.function_tolerance;
    options.gradient_tolerance = 1e-12;
    options.parameter_tolerance = 1e-10;
    options.logging_type = ceres::SILENT;
    // One thread: with more, Ceres adds the blocks of the normal equations in the order in which threads arrive, and the result
    // would differ in its last bits from run to run. The other cores work on other units meanwhile.
    options.num_threads = 1;
    std::unique_ptr<CancelCallback> callback;
    if (p.cancel != nullptr) {
        callback = std::make_unique<CancelCallback>(p.cancel);
        options.callbacks.push_back(callback.get());
    }

    // Ceres tells of every rejected step on standard error; the summary says what matters.
    FLAGS_minloglevel = google::GLOG_FATAL;
    ceres::Solver::Summary report;
    ceres::Solve(options, &problem, &report);

    std::copy_n(points, 3 * p.point_count, p.points);
    std::copy_n(lenses, kLens * p.lens_count, p.lenses);
    for (int64_t i = 0; i < p.pose_count; ++i) {
        PoseState state;
        odm::bundle::Prepare(&base[9 * i], &poses[kPose * i], &state);
        if (pose_used[i] && !p.pose_constant[i]) {
            ceres::RotationMatrixToAngleAxis(ceres::RowMajorAdapter3x3(static_cast<const double *>(state.rotation)),
                                             p.poses + kPose * i);
            std::copy_n(&poses[kPose * i + 3], 3, p.poses + kPose * i + 3);
        }
    }

    summary->initial_cost = report.initial_cost;
    summary->final_cost = report.final_cost;
    summary->iterations = static_cast<int32_t>(report.iterations.size());
    summary->linear_solver = solver;
    summary->reserved = 0;
    switch (report.termination_type) {
        case ceres::CONVERGENCE:
        case ceres::USER_SUCCESS:
            summary->termination = ODM_BUNDLE_CONVERGED;
            break;
        case ceres::NO_CONVERGENCE:
            summary->termination = ODM_BUNDLE_NO_CONVERGENCE;
            break;
        case ceres::USER_FAILURE:
            summary->termination = ODM_BUNDLE_CANCELLED;
            break;
        default:
            summary->termination = ODM_BUNDLE_FAILURE;
            break;
    }
    return ODM_OK;
}

}  // namespace

extern "C" odm_status odm_bundle_adjust(const odm_bundle_problem *problem, odm_bundle_summary *summary) {
    if (problem == nullptr || summary == nullptr || !IsValid(*problem)) {
        return ODM_INVALID_ARGUMENT;
    }
    try {
        return Adjust(*problem, summary);
    } catch (const std::bad_alloc &) {
        return ODM_OUT_OF_MEMORY;
    } catch (...) {
        return ODM_FAILED;
    }
}

extern "C" odm_status odm_bundle_residual(int32_t lens_model, const double *lens, const double *base_rotation,
                                          const double *pose, const double *point, const double *pixel, double sigma,
                                          double *residual, double *by_lens, double *by_pose, double *by_point) {
    if (!InRange(&lens_model, 1, ODM_LENS_MODELS) || lens == nullptr || base_rotation == nullptr || pose == nullptr ||
        point == nullptr || pixel == nullptr || residual == nullptr || !(sigma > 0.0)) {
        return ODM_INVALID_ARGUMENT;
    }
    PoseState state;
    odm::bundle::Prepare(base_rotation, pose, &state);
    return odm::bundle::Residual(lens_model, lens, state, pose + 3, point, pixel, 1.0 / sigma, residual, by_lens, by_pose,
                                 by_point)
               ? ODM_OK
               : ODM_FAILED;
}

static_assert(sizeof(odm_bundle_problem) == 4 * 8 + 20 * 8 + 3 * 8 + 2 * 4 + 8, "managed code has the same layout");
static_assert(sizeof(odm_bundle_summary) == 32, "managed code has the same layout");
