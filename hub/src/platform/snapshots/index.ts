export { defineSnapshot, type SnapshotDefinition } from "./definition.ts";
export { createSnapshots, type Snapshots } from "./snapshots.ts";
