/* The C ABI of OdmNode's native kernels.
 *
 * Kernels are pure functions over buffers of the caller: no input or output, no threads, no globals. Every function
 * returns an odm_status; nothing is thrown across. Sizes are int32_t or int64_t, strides are in elements.
 * The whole ABI is this header and the per-kernel headers that it includes.
 */
#ifndef ODMNODE_H
#define ODMNODE_H

#include <stdint.h>

#if defined(__GNUC__)
#define ODM_API __attribute__((visibility("default")))
#else
#define ODM_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Raised with every change of a signature or a struct; checked when the library is loaded. */
#define ODM_ABI_VERSION 3

typedef int32_t odm_status;
enum {
    ODM_OK = 0,
    ODM_INVALID_ARGUMENT = 1, /* a null buffer, a negative size, an inconsistent struct */
    ODM_OUT_OF_MEMORY = 2,
    ODM_UNSUPPORTED = 3,      /* this processor lacks the instruction set asked for */
    ODM_CORRUPT_DATA = 4,     /* the bytes given are damaged */
    ODM_FAILED = 5            /* the computation found no answer */
};

/* Instruction sets, an argument of every vector kernel so that a test can ask for each on one machine. */
typedef int32_t odm_isa;
enum { ODM_ISA_SCALAR = 0, ODM_ISA_AVX2 = 1, ODM_ISA_AVX512 = 2 };

ODM_API int32_t odm_abi_version(void);

/* The best instruction set of this processor among those above. */
ODM_API odm_isa odm_best_isa(void);

#include "odm_jpeg.h"
#include "odm_match.h"
#include "odm_mesh.h"
#include "odm_sift.h"
#include "odm_stereo.h"

#ifdef __cplusplus
}
#endif

#include "odm_bundle.h"

#endif
