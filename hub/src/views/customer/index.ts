export { customerLive } from "./live.ts";
export { customerScreens, type LastSeenOf } from "./present.ts";
export { customerViewRoutes, type CustomerViewDeps, type TimelinePage } from "./routes.ts";
