// Instantiates a tier's tile for every number of rows. The tier defines DG_TIER_ROWS and a function
// `static inline void dg_tile_body(int rows, int vectors, const dg_tile *tile)` that is always inlined, so that rows and
// vectors are constants and the accumulators stay in registers.
#define DG_TILE(rows, vectors) \
    static void dg_tile_##rows##x##vectors(const dg_tile *tile) { dg_tile_body(rows, vectors, tile); }
#define DG_TILES(rows) DG_TILE(rows, 1) DG_TILE(rows, 2)
DG_TILES(1)
DG_TILES(2)
#if DG_TIER_ROWS > 2
DG_TILES(3)
#endif
#if DG_TIER_ROWS > 3
DG_TILES(4)
DG_TILES(5)
DG_TILES(6)
DG_TILES(7)
DG_TILES(8)
#endif
#define DG_ENTRY(rows) {dg_tile_##rows##x1, dg_tile_##rows##x2}
static const dg_tile_table dg_tiles = {
    DG_TIER_ROWS,
    {
        DG_ENTRY(1),
        DG_ENTRY(2),
#if DG_TIER_ROWS > 2
        DG_ENTRY(3),
#endif
#if DG_TIER_ROWS > 3
        DG_ENTRY(4),
        DG_ENTRY(5),
        DG_ENTRY(6),
        DG_ENTRY(7),
        DG_ENTRY(8),
#endif
    }};
#undef DG_ENTRY
#undef DG_TILES
#undef DG_TILE
