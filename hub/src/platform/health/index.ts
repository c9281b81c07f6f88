export type { Invariant } from "./invariant.ts";
