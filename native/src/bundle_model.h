// The observation model of the bundle adjustment and its derivatives, apart from the solver.
#ifndef ODM_BUNDLE_MODEL_H
#define ODM_BUNDLE_MODEL_H

#include "bundle_lens.h"

namespace odm::bundle {

// Rotation of one pose and the left Jacobian of its increment, evaluated once per step for all its observations.
struct PoseState {
    double rotation[9];
    double left_jacobian[9];
};

inline void Multiply3x3(const double *a, const double *b, double *c) {
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j) {
            c[3 * i + j] = a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j];
        }
    }
}

// exp([w]) and d exp([w + d]) = exp([J d]) exp([w]).
inline void Exponential(const double *w, double *rotation, double *left_jacobian) {
    const double t2 = w[0] * w[0] + w[1] * w[1] + w[2] * w[2];
    const double t = std::sqrt(t2);
    double a, b, c;  // sin t / t, (1 - cos t) / t^2, (t - sin t) / t^3
    if (t < 1e-4) {
        a = 1.0 - t2 / 6.0;
        b = 0.5 - t2 / 24.0;
        c = 1.0 / 6.0 - t2 / 120.0;
    } else {
        const double half = std::sin(0.5 * t);
        a = std::sin(t) / t;
        b = 2.0 * half * half / t2;
        c = (1.0 - a) / t2;
    }
    const double x = w[0], y = w[1], z = w[2];
    const double k[9] = {0, -z, y, z, 0, -x, -y, x, 0};
    double kk[9];
    Multiply3x3(k, k, kk);
    for (int i = 0; i < 9; ++i) {
        const double identity = i % 4 == 0 ? 1.0 : 0.0;
        rotation[i] = identity + a * k[i] + b * kk[i];
        left_jacobian[i] = identity + b * k[i] + c * kk[i];
    }
}

// pose: increment of the rotation over base (3), projection centre (3).
inline void Prepare(const double *base_rotation, const double *pose, PoseState *state) {
    double increment[9];
    Exponential(pose, increment, state->left_jacobian);
    Multiply3x3(increment, base_rotation, state->rotation);
}

// row (1 x 3) times -[v]x J: the derivative of row . exp([w]) v0 by w, where v = exp([w]) v0.
inline void ByIncrement(const double *row, const double *v, const double *left_jacobian, double *out) {
    // -row [v]x = -(row x v) ... as a row vector: (v x row).
    const double s0 = v[1] * row[2] - v[2] * row[1];
    const double s1 = v[2] * row[0] - v[0] * row[2];
    const double s2 = v[0] * row[1] - v[1] * row[0];
    for (int j = 0; j < 3; ++j) {
        out[j] = s0 * left_jacobian[j] + s1 * left_jacobian[3 + j] + s2 * left_jacobian[6 + j];
    }
}

// lens_model: one of ODM_LENS_BROWN, ..._RADIAL, ..._SPHERICAL. False where the lens does not see the point; nothing is written then.
inline bool Residual(int32_t lens_model, const double *lens, const PoseState &state, const double *center, const double *point,
                     const double *pixel, double weight, double *residual, double *by_lens, double *by_pose,
                     double *by_point) {
    const double *r = state.rotation;
    const double d[3] = {point[0] - center[0], point[1] - center[1], point[2] - center[2]};
    const double p[3] = {r[0] * d[0] + r[1] * d[1] + r[2] * d[2], r[3] * d[0] + r[4] * d[1] + r[5] * d[2],
                         r[6] * d[0] + r[7] * d[1] + r[8] * d[2]};
    double by_camera[6];
    double *slopes = by_pose == nullptr && by_point == nullptr ? nullptr : by_camera;
    if (!(lens_model == ODM_LENS_BROWN    ? ProjectBrown(lens, p, pixel, weight, residual, by_lens, slopes)
          : lens_model == ODM_LENS_RADIAL ? ProjectRadial(lens, p, pixel, weight, residual, by_lens, slopes)
                                          : ProjectSpherical(lens, p, pixel, weight, residual, by_lens, slopes))) {
        return false;
    }
    if (slopes == nullptr) {
        return true;
    }
    double rows[6];
    for (int i = 0; i < 2; ++i) {
        for (int j = 0; j < 3; ++j) {
            rows[3 * i + j] = by_camera[3 * i] * r[j] + by_camera[3 * i + 1] * r[3 + j] + by_camera[3 * i + 2] * r[6 + j];
        }
    }
    if (by_point != nullptr) {
        for (int i = 0; i < 6; ++i) {
            by_point[i] = rows[i];
        }
    }
    if (by_pose != nullptr) {
        for (int i = 0; i < 2; ++i) {
            ByIncrement(by_camera + 3 * i, p, state.left_jacobian, by_pose + 6 * i);
            for (int j = 0; j < 3; ++j) {
                by_pose[6 * i + 3 + j] = -rows[3 * i + j];
            }
        }
    }
    return true;
}

}  // namespace odm::bundle

#endif
