export { occurredAt, VISIT_KINDS, type FactKind, type SentKind } from "./domain.ts";
export { eraseTouchpoints } from "./erase.ts";
export { TOUCHPOINT_PROBLEMS, type TouchpointError } from "./errors.ts";
export { createLook, followerLag, startFollowers, type FollowParts, type Stretch, type TouchFollower } from "./followers.ts";
export { writeHistory, type PastTouch } from "./history.ts";
export { touchpointsInvariants } from "./invariants.ts";
export { touchpointsJobs } from "./jobs.ts";
export {
  keptItems,
  quarantine,
  quarantineAll,
  waitingRaw,
  type QuarantineHandler,
  type QuarantineId,
  type QuarantineItem,
} from "./quarantine.ts";
export { touchesPage, type ExportedTouch, type TouchesPage, type TouchKey } from "./export-page.ts";
export { lastSeenOf, timelineOf, touchpointsOf, type LastSeen, type TimelineQuery } from "./queries.ts";
export { openIntakeToBrowsers, touchpointsRoutes, type TouchpointsDeps } from "./routes.ts";
export { TOUCHPOINT_MONTHS } from "./retention.ts";
export { resendsFollower } from "./resends.ts";
export { startTouchpoints, type RunningTouchpoints } from "./start.ts";
export { touchpointsSubscribers } from "./subscribers.ts";
