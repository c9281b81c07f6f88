export type { kernel } from "../../../packages/contracts/src/index.ts";
