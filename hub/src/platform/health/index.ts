export { checkInvariants, type InvariantReport } from "./check-invariants.ts";
export { createSignals, type NodeReadings, type Signals } from "./measure-signals.ts";
export type { Signal } from "./signal.ts";
export { PLATFORM_SIGNALS } from "./signals.ts";
export type { Invariant } from "./invariant.ts";
export { announceNode } from "./nodes.ts";
export { healthRoutes, invariantJob, type HealthParts } from "./routes.ts";
