export { createLiveHub, type LiveHub, type LiveParts } from "./live-hub.ts";
export { livePresenter, type Affected, type LivePresenter, type Presented } from "./presenter.ts";
export { liveRoutes } from "./routes.ts";
export type { LiveMessage } from "./topics.ts";
