export { catalogFileLines, isCatalogFile } from "./file-lines.ts";
export { importCatalog, type CatalogImport } from "./import-catalog.ts";
export { PRODUCT_LINE } from "./put-aside.ts";
export { replayProductLine } from "./replay.ts";
export { productFileRoutes } from "./routes.ts";
