// Instantiates a tier's tile for every number of rows. The tier defines DG_TIER_ROWS (2, 3, 6 or 8), DG_TIER_VECTORS
// (1 or 2) and a function `void dg_tile_body(int rows, int vectors, bool codes, const dg_tile *tile)` that is always
// inlined, so that rows and vectors are constants and the accumulators stay in registers.
#define DG_TILE(rows, vectors)                                                                                \
    static void dg_codes_##rows##x##vectors(const dg_tile *tile) { dg_tile_body(rows, vectors, true, tile); } \
    static void dg_sums_##rows##x##vectors(const dg_tile *tile) { dg_tile_body(rows, vectors, false, tile); }

#if DG_TIER_VECTORS == 2
#define DG_TILES(rows) DG_TILE(rows, 1) DG_TILE(rows, 2)
#define DG_ENTRY(what, rows) .what[rows - 1] = {dg_##what##_##rows##x1, dg_##what##_##rows##x2}
#else
#define DG_TILES(rows) DG_TILE(rows, 1)
#define DG_ENTRY(what, rows) .what[rows - 1] = {dg_##what##_##rows##x1}
#endif
#define DG_ENTRIES(rows) DG_ENTRY(codes, rows), DG_ENTRY(sums, rows)

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

static const dg_tile_table dg_tiles = {
    .rows = DG_TIER_ROWS,
    .vectors = DG_TIER_VECTORS,
    DG_ENTRIES(1),
    DG_ENTRIES(2),
#if DG_TIER_ROWS > 2
    DG_ENTRIES(3),
#endif
#if DG_TIER_ROWS > 3
    DG_ENTRIES(4),
    DG_ENTRIES(5),
    DG_ENTRIES(6),
#endif
#if DG_TIER_ROWS > 6
    DG_ENTRIES(7),
    DG_ENTRIES(8),
#endif
};
#undef DG_ENTRIES
#undef DG_ENTRY
#undef DG_TILES
#undef DG_TILE
