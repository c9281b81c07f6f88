export { recallViewRoutes } from "./routes.ts";
