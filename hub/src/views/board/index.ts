export { boardRoutes, queueLive } from "./routes.ts";
