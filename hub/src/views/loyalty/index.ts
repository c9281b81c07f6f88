export { loyaltyViewRoutes } from "./routes.ts";
