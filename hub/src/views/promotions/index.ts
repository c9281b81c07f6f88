export { promotionTrialRoutes } from "./routes.ts";
