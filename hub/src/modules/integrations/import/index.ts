export { readMap } from "./columns.ts";
export { FileError } from "./gather.ts";
export { importOrderFiles, type OrderImport, type Watch } from "./import-order-files.ts";
export { importProductFile, type ProductImport } from "./import-products.ts";
export { writeExact } from "./line.ts";
export { differences, type NetValue } from "./sums.ts";
export { ORDER_LINE } from "./import-invoices.ts";
export { replayOrderLine } from "./replay-line.ts";
