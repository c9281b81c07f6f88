export { levelPreviewRoutes } from "./routes.ts";
