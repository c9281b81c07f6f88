export * from "./domain/index.ts";
export { CATALOG_PROBLEMS, type CatalogError } from "./errors.ts";
export { catalogSnapshot } from "./queries/snapshot.ts";
