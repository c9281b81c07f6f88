export { feedRoutes, type FeedShelf } from "./feed-routes.ts";
export { shopWindows } from "./shown.ts";
export { storeLive } from "./live.ts";
export { catalogPresenters } from "./presenters.ts";
export { productsRoutes } from "./routes.ts";
export { serveProductPages } from "./page.ts";
export { productHead } from "./structured-data.ts";
