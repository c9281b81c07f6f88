export { showOrder, type OrderViewDeps } from "./query.ts";
export { documentRoutes } from "./document-routes.ts";
export { orderViewRoutes } from "./routes.ts";
export { orderLive, workLive } from "./live.ts";
