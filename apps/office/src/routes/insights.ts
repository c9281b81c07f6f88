import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { readContinuitySearch, readParitySearch } from "../searches.ts";
import { root } from "./root.ts";

export const continuityRoute = createRoute({
  getParentRoute: () => root,
  path: "/insights/continuity",
  validateSearch: readContinuitySearch,
  component: lazyRouteComponent(() => import("../insights/screen.tsx"), "ContinuityScreen"),
});

export const parityRoute = createRoute({
  getParentRoute: () => root,
  path: "/same-everywhere",
  validateSearch: readParitySearch,
  component: lazyRouteComponent(() => import("../parity/screen.tsx"), "ParityScreen"),
});

/** What the office learns about its channels. */
export const INSIGHTS_ROUTES = [continuityRoute, parityRoute];
