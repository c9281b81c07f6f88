import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { MissingScreen } from "@weft/ui/kit/missing-screen.tsx";
import { RouteProblem } from "@weft/ui/kit/route-problem.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { OfficeFrame } from "./frame/office-frame.tsx";

const root = createRootRoute({ component: OfficeFrame });

/** The start screen. Each screen is a chunk of its own. */
export const homeRoute = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("./home/screen.tsx"), "HomeScreen"),
});

/**
 * The addresses of this app. A screen reads its own parameters from its route (`homeRoute.useSearch()`), which types them, and
 * links name a route (`<Link to={homeRoute.to}>`); the router is not registered globally, because the apps are checked together.
 */
export const router = createRouter({
  routeTree: root.addChildren([homeRoute]),
  basepath: import.meta.env.BASE_URL,
  defaultNotFoundComponent: MissingScreen,
  defaultErrorComponent: RouteProblem,
  defaultPendingComponent: ScreenSkeleton,
  defaultPreload: "intent",
  scrollRestoration: true,
});
