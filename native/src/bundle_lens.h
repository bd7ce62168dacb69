// How a lens maps a point of the camera frame to a pixel, with derivatives.
#ifndef ODM_BUNDLE_LENS_H
#define ODM_BUNDLE_LENS_H

#include "odm_bundle.h"

#include <cmath>

namespace odm::bundle {

// Residuals (2) of a point p of the camera frame, their derivatives by the lens (2 x 9) and by p (2 x 3), all times weight; the last
// two may be null. False when the point is not in front of the camera; nothing is written then.
inline bool ProjectBrown(const double *lens, const double *p, const double *pixel, double weight, double *residual,
                         double *by_lens, double *by_camera) {
    if (!(p[2] > 1e-9)) {
        return false;
    }
    const double f = lens[0], aspect = lens[1], k1 = lens[4], k2 = lens[5], k3 = lens[6], p1 = lens[7], p2 = lens[8];
    const double iz = 1.0 / p[2];
    const double x = p[0] * iz, y = p[1] * iz;
    const double r2 = x * x + y * y;
    const double radial = 1.0 + r2 * (k1 + r2 * (k2 + r2 * k3));
    const double xd = x * radial + 2.0 * p1 * x * y + p2 * (r2 + 2.0 * x * x);
    const double yd = y * radial + p1 * (r2 + 2.0 * y * y) + 2.0 * p2 * x * y;
    const double wfx = weight * f, wfy = weight * f * aspect;
    residual[0] = wfx * xd + weight * (lens[2] - pixel[0]);
    residual[1] = wfy * yd + weight * (lens[3] - pixel[1]);
    if (by_lens != nullptr) {
        const double r4 = r2 * r2, r6 = r4 * r2;
        double *u = by_lens, *v = by_lens + 9;
        u[0] = weight * xd;
        u[1] = 0.0;
        u[2] = weight;
        u[3] = 0.0;
        u[4] = wfx * x * r2;
        u[5] = wfx * x * r4;
        u[6] = wfx * x * r6;
        u[7] = wfx * 2.0 * x * y;
        u[8] = wfx * (r2 + 2.0 * x * x);
        v[0] = weight * aspect * yd;
        v[1] = weight * f * yd;
        v[2] = 0.0;
        v[3] = weight;
        v[4] = wfy * y * r2;
        v[5] = wfy * y * r4;
        v[6] = wfy * y * r6;
        v[7] = wfy * (r2 + 2.0 * y * y);
        v[8] = wfy * 2.0 * x * y;
    }
    if (by_camera == nullptr) {
        return true;
    }
    const double slope = 2.0 * (k1 + r2 * (2.0 * k2 + r2 * 3.0 * k3));
    const double jxx = wfx * (radial + slope * x * x + 2.0 * p1 * y + 6.0 * p2 * x);
    const double jxy = slope * x * y + 2.0 * p1 * x + 2.0 * p2 * y;
    const double jyy = wfy * (radial + slope * y * y + 6.0 * p1 * y + 2.0 * p2 * x);
    const double ux = jxx, uy = wfx * jxy, vx = wfy * jxy, vy = jyy;
    by_camera[0] = ux * iz;
    by_camera[1] = uy * iz;
    by_camera[2] = -(ux * x + uy * y) * iz;
    by_camera[3] = vx * iz;
    by_camera[4] = vy * iz;
    by_camera[5] = -(vx * x + vy * y) * iz;
    return true;
}

// The same of a lens whose image radius grows with the angle off axis theta:
// rho = t tan(theta) + (1 - t) theta, radius = rho (1 + k1 rho^2 + k2 rho^4 + k3 rho^6 + k4 rho^8).
// With t = 0 this is J. Kannala and S. Brandt, A generic camera model, PAMI 28 (2006), as OpenCV has it, and sees points beside and
// behind the camera up to kMaxAngleCosine; otherwise points in front of it.
inline bool ProjectRadial(const double *lens, const double *p, const double *pixel, double weight, double *residual,
                          double *by_lens, double *by_camera) {
    constexpr double kMaxAngleCosine = -0.4;
    const double x = p[0], y = p[1], z = p[2], t = lens[8];
    const double s2 = x * x + y * y, d2 = s2 + z * z;
    const bool in_front = z > 1e-9;
    if (t == 0.0 ? !(z > kMaxAngleCosine * std::sqrt(d2)) : !in_front) {
        return false;
    }
    const double s = std::sqrt(s2);
    const bool on_axis = s < 1e-9 * z;
    const double angle = on_axis ? 1.0 / z : std::atan2(s, z) / s;  // theta / s
    const double tangent = in_front ? 1.0 / z : 0.0;                // tan(theta) / s; behind the camera t is zero
    const double n = t * tangent + (1.0 - t) * angle, rho = n * s, g = rho * rho;
    const double k1 = lens[4], k2 = lens[5], k3 = lens[6], k4 = lens[7];
    const double stretch = 1.0 + g * (k1 + g * (k2 + g * (k3 + g * k4)));
    const double m = n * stretch;
    const double f = lens[0], aspect = lens[1];
    const double wfx = weight * f, wfy = weight * f * aspect;
    residual[0] = wfx * m * x + weight * (lens[2] - pixel[0]);
    residual[1] = wfy * m * y + weight * (lens[3] - pixel[1]);
    // d radius / d rho
    const double slope = 1.0 + g * (3.0 * k1 + g * (5.0 * k2 + g * (7.0 * k3 + g * 9.0 * k4)));
    if (by_lens != nullptr) {
        double *u = by_lens, *v = by_lens + 9;
        u[0] = weight * m * x;
        u[1] = 0.0;
        u[2] = weight;
        u[3] = 0.0;
        v[0] = weight * aspect * m * y;
        v[1] = weight * f * m * y;
        v[2] = 0.0;
        v[3] = weight;
        double power = n;
        for (int i = 4; i < 8; ++i) {
            power *= g;
            u[i] = wfx * power * x;
            v[i] = wfy * power * y;
        }
        const double by_t = in_front ? slope * (tangent - angle) : 0.0;
        u[8] = wfx * by_t * x;
        v[8] = wfy * by_t * y;
    }
    if (by_camera == nullptr) {
        return true;
    }
    // m depends on s and z: w = (dm / ds) / s, c = dm / dz.
    const double rho_by_s = t * tangent + (1.0 - t) * z / d2;
    const double w = on_axis ? 0.0 : (slope * rho_by_s - m) / s2;
    const double c = -slope * (t * tangent * tangent + (1.0 - t) / d2);
    by_camera[0] = wfx * (m + x * x * w);
    by_camera[1] = wfx * x * y * w;
    by_camera[2] = wfx * x * c;
    by_camera[3] = wfy * x * y * w;
    by_camera[4] = wfy * (m + y * y * w);
    by_camera[5] = wfy * y * c;
    return true;
}

// The same of an equirectangular picture: about the ray of the pixel, so that neither the seam nor the poles matter. False for points
// more than a right angle away from that ray.
inline bool ProjectSpherical(const double *lens, const double *p, const double *pixel, double weight, double *residual,
                             double *by_lens, double *by_camera) {
    const double f = lens[0];
    const double longitude = (pixel[0] - lens[2]) / f, latitude = (pixel[1] - lens[3]) / f;
    const double sl = std::sin(longitude), cl = std::cos(longitude), sd = std::sin(latitude), cd = std::cos(latitude);
    const double ray[3] = {cd * sl, sd, cd * cl};
    const double axes[6] = {cl, 0.0, -sl, -sd * sl, cd, -sd * cl};
    if (!(ray[0] * p[0] + ray[1] * p[1] + ray[2] * p[2] > 1e-9)) {
        return false;
    }
    const double inverse = 1.0 / std::sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
    for (int i = 0; i < 2; ++i) {
        const double *axis = axes + 3 * i;
        const double sine = (axis[0] * p[0] + axis[1] * p[1] + axis[2] * p[2]) * inverse;
        residual[i] = weight * f * sine;
        if (by_camera != nullptr) {
            for (int j = 0; j < 3; ++j) {
                by_camera[3 * i + j] = weight * f * inverse * (axis[j] - sine * inverse * p[j]);
            }
        }
    }
    if (by_lens != nullptr) {
        for (int i = 0; i < 18; ++i) {
            by_lens[i] = 0.0;
        }
    }
    return true;
}

}  // namespace odm::bundle

#endif
