import { createRouter } from "@tanstack/react-router";
import { MissingScreen } from "@weft/ui/kit/missing-screen.tsx";
import { RouteProblem } from "@weft/ui/kit/route-problem.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { CHAIN_ROUTES } from "./routes/chain.ts";
import { DAY_ROUTES } from "./routes/day.ts";
import { GOODS_ROUTES } from "./routes/goods.ts";
import { HOUSE_ROUTES } from "./routes/house.ts";
import { INSIGHTS_ROUTES } from "./routes/insights.ts";
import { root } from "./routes/root.ts";

export * from "./routes/chain.ts";
export * from "./routes/day.ts";
export * from "./routes/goods.ts";
export * from "./routes/house.ts";
export * from "./routes/insights.ts";

/**
 * The addresses of this app, in the groups of its navigation. Each screen is a chunk of its own; its filters and what is open beside its
 * list are in the address. A screen reads its own parameters from its route (`ordersRoute.useSearch()`), which types them, and links name
 * a route (`<Link to={homeRoute.to}>`); the router is not registered globally, because the apps are checked together.
 */
export const router = createRouter({
  routeTree: root.addChildren([...DAY_ROUTES, ...GOODS_ROUTES, ...CHAIN_ROUTES, ...INSIGHTS_ROUTES, ...HOUSE_ROUTES]),
  basepath: import.meta.env.BASE_URL,
  defaultNotFoundComponent: MissingScreen,
  defaultErrorComponent: RouteProblem,
  defaultPendingComponent: ScreenSkeleton,
  defaultPreload: "intent",
  scrollRestoration: true,
});
