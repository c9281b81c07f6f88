export { checkInvariants, type InvariantReport } from "./check-invariants.ts";
export type { Invariant } from "./invariant.ts";
export { announceNode } from "./nodes.ts";
export { healthRoutes, invariantJob, type HealthParts } from "./routes.ts";
