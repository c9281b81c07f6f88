import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { MissingScreen } from "@weft/ui/kit/missing-screen.tsx";
import { RouteProblem } from "@weft/ui/kit/route-problem.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { TillFrame } from "./frame/till-frame.tsx";

const root = createRootRoute({ component: TillFrame });

/** The start screen. Each screen is a chunk of its own. */
const sellRoute = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("./sell/screen.tsx"), "SellScreen"),
});

const payRoute = createRoute({
  getParentRoute: () => root,
  path: "/pay",
  component: lazyRouteComponent(() => import("./pay/screen.tsx"), "PayScreen"),
});

const collectionsRoute = createRoute({
  getParentRoute: () => root,
  path: "/collections",
  // A code that was scanned elsewhere, or the order that is open.
  validateSearch: (search: Record<string, unknown>) => ({
    ...(isText(search["code"]) && { code: String(search["code"]) }),
    ...(isText(search["open"]) && { open: String(search["open"]) }),
  }),
  component: lazyRouteComponent(() => import("./collections/route.tsx"), "CollectionsRoute"),
});

const tablesRoute = createRoute({
  getParentRoute: () => root,
  path: "/tables",
  // The ticket's guests move to another table.
  validateSearch: (search: Record<string, unknown>) => (isText(search["move"]) ? { move: 1 } : {}),
  component: lazyRouteComponent(() => import("./tables/route-screen.tsx"), "TablesRoute"),
});

const goodsRoute = createRoute({
  getParentRoute: () => root,
  path: "/goods",
  validateSearch: (search: Record<string, unknown>) => (isText(search["part"]) ? { part: String(search["part"]) } : {}),
  component: lazyRouteComponent(() => import("./goods/route.tsx"), "GoodsRoute"),
});

const shiftRoute = createRoute({
  getParentRoute: () => root,
  path: "/shift",
  component: lazyRouteComponent(() => import("./shift/screen.tsx"), "ShiftScreen"),
});

const receiptRoute = createRoute({
  getParentRoute: () => root,
  path: "/receipt/$id",
  component: lazyRouteComponent(() => import("./receipt/route.tsx"), "ReceiptRoute"),
});

const giftRoute = createRoute({
  getParentRoute: () => root,
  path: "/gift/$id",
  component: lazyRouteComponent(() => import("./gift/route.tsx"), "GiftRoute"),
});

const billRoute = createRoute({
  getParentRoute: () => root,
  path: "/bill",
  component: lazyRouteComponent(() => import("./bill/screen.tsx"), "BillScreen"),
});

const returnsRoute = createRoute({
  getParentRoute: () => root,
  path: "/returns",
  // The order whose goods come back, what was announced of it, or the code that was scanned for it elsewhere.
  validateSearch: (search: Record<string, unknown>) => ({
    ...(isText(search["order"]) && { order: String(search["order"]) }),
    ...(isText(search["request"]) && { request: String(search["request"]) }),
    ...(isText(search["code"]) && { code: String(search["code"]) }),
    ...(isText(search["gift"]) && { gift: String(search["gift"]) }),
  }),
  component: lazyRouteComponent(() => import("./returns/route.tsx"), "ReturnsRoute"),
});

const returnedRoute = createRoute({
  getParentRoute: () => root,
  path: "/returned/$id",
  component: lazyRouteComponent(() => import("./returns/route.tsx"), "ReturnReceiptRoute"),
});

function isText(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number";
}

/**
 * The addresses of this app. Screens name each other by path: the router is not registered globally, because the apps are checked together.
 */
export const router = createRouter({
  routeTree: root.addChildren([
    sellRoute,
    payRoute,
    collectionsRoute,
    tablesRoute,
    goodsRoute,
    shiftRoute,
    receiptRoute,
    giftRoute,
    billRoute,
    returnsRoute,
    returnedRoute,
  ]),
  basepath: import.meta.env.BASE_URL,
  defaultNotFoundComponent: MissingScreen,
  defaultErrorComponent: RouteProblem,
  defaultPendingComponent: ScreenSkeleton,
  defaultPreload: "intent",
  scrollRestoration: true,
});
