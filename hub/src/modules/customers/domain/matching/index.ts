export { chanceOf, decide, DEFAULT_THRESHOLDS, type DecideOptions, type Decision, type ReviewPair, type Thresholds } from "./decide.ts";
export { createJudge, makePlan, unitsOf, type Judged, type Plan, type Unit } from "./engine.ts";
export { explain, type Reason } from "./explain.ts";
export { matchTable, together } from "./match.ts";
export { measure, type Measure } from "./measure.ts";
export type { Links } from "./cluster.ts";
export type { Table } from "./prepare.ts";
export { detectRoles, ROLES, type Column, type Role } from "./roles.ts";
