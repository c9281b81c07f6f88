export { boardRoutes, queueLive, stationsLive } from "./routes.ts";
