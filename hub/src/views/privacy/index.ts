export { privacyViewRoutes, type KeptTables } from "./routes.ts";
