export { storeLive } from "./live.ts";
export { catalogPresenters } from "./presenters.ts";
export { productsRoutes } from "./routes.ts";
