export { pageFrom, readCursor, writeCursor } from "./cursor.ts";
export { openEdge, PAGE_POLICY, localeOf, isIdempotencyKey, type EdgePorts, type EdgeSettings } from "./edge.ts";
export { openApiDocument } from "./openapi.ts";
export { edgeProblem, problemOf, sendProblem } from "./problems.ts";
export { Committed, committed, raw, read, write, type Input, type RawCall, type Route, type ShownTouch } from "./route.ts";
export { keyOf, replay, sendAnswer, serveRoutes, type RightDecision, type ServePorts } from "./serve-routes.ts";
export { isTooDeep } from "./depth.ts";
export { unstorablePath } from "./storable.ts";
