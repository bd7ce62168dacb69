/* Terms of the bundle adjustment that speak of one block of parameters: what is known of lenses, cameras and points beside the photos. */
#ifndef ODM_BUNDLE_PRIORS_H
#define ODM_BUNDLE_PRIORS_H

#include "bundle_model.h"
#include "odm_bundle.h"

#include <ceres/ceres.h>

#include <algorithm>

namespace odm::bundle {

constexpr int kLens = ODM_BUNDLE_LENS_SIZE;
constexpr int kPose = ODM_BUNDLE_POSE_SIZE;

class LensPrior final : public ceres::SizedCostFunction<kLens, kLens> {
public:
    LensPrior(const double *mean, const double *sigma) : mean_(mean), sigma_(sigma) {}

    bool Evaluate(double const *const *parameters, double *residuals, double **jacobians) const override {
        if (jacobians != nullptr && jacobians[0] != nullptr) {
            std::fill_n(jacobians[0], kLens * kLens, 0.0);
        }
        for (int i = 0; i < kLens; ++i) {
            const double weight = sigma_[i] > 0.0 ? 1.0 / sigma_[i] : 0.0;
            residuals[i] = weight * (parameters[0][i] - mean_[i]);
            if (jacobians != nullptr && jacobians[0] != nullptr) {
                jacobians[0][i * kLens + i] = weight;
            }
        }
        return true;
    }

private:
    const double *mean_;
    const double *sigma_;
};

class PositionPrior final : public ceres::SizedCostFunction<3, kPose> {
public:
    PositionPrior(const double *mean, const double *sigma) : mean_(mean), sigma_(sigma) {}

    bool Evaluate(double const *const *parameters, double *residuals, double **jacobians) const override {
        if (jacobians != nullptr && jacobians[0] != nullptr) {
            std::fill_n(jacobians[0], 3 * kPose, 0.0);
        }
        for (int i = 0; i < 3; ++i) {
            const double weight = sigma_[i] > 0.0 ? 1.0 / sigma_[i] : 0.0;
            residuals[i] = weight * (parameters[0][3 + i] - mean_[i]);
            if (jacobians != nullptr && jacobians[0] != nullptr) {
                jacobians[0][i * kPose + 3 + i] = weight;
            }
        }
        return true;
    }

private:
    const double *mean_;
    const double *sigma_;
};

class PointPrior final : public ceres::SizedCostFunction<3, 3> {
public:
    PointPrior(const double *mean, const double *sigma) : mean_(mean), sigma_(sigma) {}

    bool Evaluate(double const *const *parameters, double *residuals, double **jacobians) const override {
        for (int i = 0; i < 3; ++i) {
            const double weight = sigma_[i] > 0.0 ? 1.0 / sigma_[i] : 0.0;
            residuals[i] = weight * (parameters[0][i] - mean_[i]);
            for (int j = 0; jacobians != nullptr && jacobians[0] != nullptr && j < 3; ++j) {
                jacobians[0][3 * i + j] = i == j ? weight : 0.0;
            }
        }
        return true;
    }

private:
    const double *mean_;
    const double *sigma_;
};

class UpPrior final : public ceres::SizedCostFunction<3, kPose> {
public:
    UpPrior(const PoseState &state, const double *up_in_camera, double sigma)
        : state_(state), up_(up_in_camera), weight_(1.0 / sigma) {}

    bool Evaluate(double const *const *, double *residuals, double **jacobians) const override {
        const double up[3] = {state_.rotation[2], state_.rotation[5], state_.rotation[8]};
        for (int i = 0; i < 3; ++i) {
            residuals[i] = weight_ * (up[i] - up_[i]);
            if (jacobians != nullptr && jacobians[0] != nullptr) {
                double row[3] = {0.0, 0.0, 0.0};
                row[i] = weight_;
                ByIncrement(row, up, state_.left_jacobian, jacobians[0] + i * kPose);
                std::fill_n(jacobians[0] + i * kPose + 3, 3, 0.0);
            }
        }
        return true;
    }

private:
    const PoseState &state_;
    const double *up_;
    double weight_;
};

}  // namespace odm::bundle

#endif
