export * from "./domain/index.ts";
export { startBringingBack } from "./bring-back.ts";
export * from "./commands/index.ts";
export { CATALOG_PROBLEMS, type CatalogError } from "./errors.ts";
export { catalogInvariants } from "./invariants.ts";
export { servePictures } from "./pictures.ts";
export { searchProducts, type ProductHit, type ProductSearch } from "./queries/search.ts";
export { catalogSnapshot } from "./queries/snapshot.ts";
export { catalogRoutes, type CatalogPresenters } from "./routes.ts";
