// Instantiates a tier's tile for every number of rows. The tier defines DG_TIER_ROWS (2, 3, 6 or 8), DG_TIER_VECTORS
// (1 or 2) and a function `static inline void dg_tile_body(int rows, int vectors, bool codes, const dg_tile *tile)`
// that is always inlined, so that rows and vectors are constants and the accumulators stay in registers.
#define DG_TILE(rows, vectors) \
    static void dg_codes_##rows##x##vectors(const dg_tile *tile) { dg_tile_body(rows, vectors, true, tile); } \
    static void dg_sums_##rows##x##vectors(const dg_tile *tile) { dg_tile_body(rows, vectors, false, tile); }
#if DG_TIER_VECTORS == 2
#define DG_TILES(rows) DG_TILE(rows, 1) DG_TILE(rows, 2)
#define DG_ENTRY(what, rows) {dg_##what##_##rows##x1, dg_##what##_##rows##x2}
#else
#define DG_TILES(rows) DG_TILE(rows, 1)
#define DG_ENTRY(what, rows) {dg_##what##_##rows##x1}
#endif
DG_TILES(1)
DG_TILES(2)
#if DG_TIER_ROWS > 2
DG_TILES(3)
#endif
#if DG_TIER_ROWS > 3
DG_TILES(4)
DG_TILES(5)
DG_TILES(6)
#endif
#if DG_TIER_ROWS > 6
DG_TILES(7)
DG_TILES(8)
#endif
#if DG_TIER_ROWS == 2
#define DG_ENTRIES(what) {DG_ENTRY(what, 1), DG_ENTRY(what, 2)}
#elif DG_TIER_ROWS == 3
#define DG_ENTRIES(what) {DG_ENTRY(what, 1), DG_ENTRY(what, 2), DG_ENTRY(what, 3)}
#elif DG_TIER_ROWS == 6
#define DG_ENTRIES(what) \
    {DG_ENTRY(what, 1), DG_ENTRY(what, 2), DG_ENTRY(what, 3), DG_ENTRY(what, 4), DG_ENTRY(what, 5), DG_ENTRY(what, 6)}
#else
#define DG_ENTRIES(what) \
    {DG_ENTRY(what, 1), DG_ENTRY(what, 2), DG_ENTRY(what, 3), DG_ENTRY(what, 4), \
     DG_ENTRY(what, 5), DG_ENTRY(what, 6), DG_ENTRY(what, 7), DG_ENTRY(what, 8)}
#endif
static const dg_tile_table dg_tiles = {DG_TIER_ROWS, DG_TIER_VECTORS, DG_ENTRIES(codes), DG_ENTRIES(sums)};
#undef DG_ENTRIES
#undef DG_ENTRY
#undef DG_TILES
#undef DG_TILE
