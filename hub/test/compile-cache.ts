import { resolve } from "node:path";

/** For processes that tests start from the sources: the same files are stripped of their types and compiled once, not by each. */
export const COMPILE_CACHE = { NODE_COMPILE_CACHE: resolve(import.meta.dirname, "../../node_modules/.cache/weft-compile") };
