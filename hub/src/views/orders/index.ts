export { showOrder, type OrderViewDeps } from "./query.ts";
export { orderChangeRoutes } from "./change-routes.ts";
export { documentRoutes } from "./document-routes.ts";
export { soldGiftCardRoutes } from "./gift-card-routes.ts";
export { orderViewRoutes } from "./routes.ts";
export { seesOrder } from "./rights.ts";
export { orderLive, workLive } from "./live.ts";
