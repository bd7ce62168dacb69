/* Triangle meshes. */
#ifndef ODM_MESH_H
#define ODM_MESH_H

/* Takes edges away from a mesh, the cheapest by quadric error first, until at most target_indices are left or the next
 * would move the surface by more than max_error (in the unit of the positions). Vertices keep their places and numbers.
 *
 * positions: 3 * vertices. indices, simplified: index_count each, of which *simplified_count are set on return.
 * lock_border: other than 0, vertices at open edges stay, so that the meshes of neighbouring tiles still fit.
 * The target may be missed where going on would fold the surface over. Equal input gives equal output. Needs memory of
 * its own, about 100 bytes a vertex; ODM_OUT_OF_MEMORY where there is none.
 * Garland and Heckbert, Surface simplification using quadric error metrics, SIGGRAPH 1997 (by meshoptimizer). */
ODM_API odm_status odm_mesh_simplify(const float* positions, int32_t vertices, const uint32_t* indices,
                                     int64_t index_count, int64_t target_indices, float max_error, int32_t lock_border,
                                     uint32_t* simplified, int64_t* simplified_count);

#endif
