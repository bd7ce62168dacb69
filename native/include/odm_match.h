/* Exhaustive matching of 128-byte descriptors by squared Euclidean distance. */
#ifndef ODM_MATCH_H
#define ODM_MATCH_H

enum { ODM_MATCH_DESCRIPTOR_BYTES = 128 };

/* Bytes of the packed form of count descriptors for an instruction set; 0 for a negative count. */
ODM_API int64_t odm_match_packed_bytes(odm_isa isa, int32_t count);

/* Packs descriptors (count * 128 bytes) for odm_match_rows of the same instruction set. packed is aligned to 64. */
ODM_API odm_status odm_match_pack(odm_isa isa, const uint8_t* descriptors, int32_t count, uint8_t* packed,
                                  int64_t packed_bytes);

/* Compares rows descriptors of A (rows * 128 bytes, of which the first has index first_row) with all of the packed B.
 *
 * Per row of A: nearest (index in B, -1 when B is empty), its squared distance, and that of the second nearest.
 * Per descriptor of B, the same over the rows of A seen so far: the caller sets column_index to -1 and both distances
 * to INT32_MAX before the first call, and hands the arrays to every call. Equal distances: the lower index wins, and
 * the distance counts as second. All instruction sets give the same numbers. packed is aligned to 64. */
ODM_API odm_status odm_match_rows(odm_isa isa, const uint8_t* rows_a, int32_t rows, int32_t first_row,
                                  const uint8_t* packed_b, int32_t count_b, int32_t* row_index, int32_t* row_best,
                                  int32_t* row_second, int32_t* column_index, int32_t* column_best,
                                  int32_t* column_second);

#endif
