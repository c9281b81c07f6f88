export { todayLive } from "./live.ts";
export { todayRoutes } from "./routes.ts";
