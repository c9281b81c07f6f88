import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import {
  readBookingsSearch,
  readCallsSearch,
  readCollectionsSearch,
  readCompaniesSearch,
  readCustomerSearch,
  readCustomersSearch,
  readGiftCardsSearch,
  readMatchesSearch,
  readOffersSearch,
  readOpenSearch,
  readOrdersSearch,
  readReturnsSearch,
  readOwedSearch,
  readQueueSearch,
  readSettlementsSearch,
  readShippingSearch,
  readTaskRunsSearch,
  readTasksSearch,
  readTodaySearch,
} from "../searches.ts";
import { root } from "./root.ts";

export const homeRoute = createRoute({
  getParentRoute: () => root,
  path: "/",
  validateSearch: readTodaySearch,
  component: lazyRouteComponent(() => import("../home/screen.tsx"), "HomeScreen"),
});

export const tasksRoute = createRoute({
  getParentRoute: () => root,
  path: "/tasks",
  validateSearch: readTasksSearch,
  component: lazyRouteComponent(() => import("../tasks/screen.tsx"), "TasksScreen"),
});

export const taskRunsRoute = createRoute({
  getParentRoute: () => root,
  path: "/by-itself",
  validateSearch: readTaskRunsSearch,
  component: lazyRouteComponent(() => import("../tasks/runs-screen.tsx"), "TaskRunsScreen"),
});

const taskKindsRoute = createRoute({
  getParentRoute: () => root,
  path: "/task-kinds",
  component: lazyRouteComponent(() => import("../tasks/kinds-screen.tsx"), "TaskKindsScreen"),
});

export const callsRoute = createRoute({
  getParentRoute: () => root,
  path: "/calls",
  validateSearch: readCallsSearch,
  component: lazyRouteComponent(() => import("../calls/screen.tsx"), "CallsScreen"),
});

export const customersRoute = createRoute({
  getParentRoute: () => root,
  path: "/customers",
  validateSearch: readCustomersSearch,
  component: lazyRouteComponent(() => import("../customers/screen.tsx"), "CustomersScreen"),
});

export const customerRoute = createRoute({
  getParentRoute: () => root,
  path: "/customers/$id",
  validateSearch: readCustomerSearch,
  component: lazyRouteComponent(() => import("../customer/screen.tsx"), "CustomerScreen"),
});

export const companiesRoute = createRoute({
  getParentRoute: () => root,
  path: "/companies",
  validateSearch: readCompaniesSearch,
  component: lazyRouteComponent(() => import("../companies/screen.tsx"), "CompaniesScreen"),
});

export const companyRoute = createRoute({
  getParentRoute: () => root,
  path: "/companies/$id",
  component: lazyRouteComponent(() => import("../company/screen.tsx"), "CompanyScreen"),
});

export const matchesRoute = createRoute({
  getParentRoute: () => root,
  path: "/matches",
  validateSearch: readMatchesSearch,
  component: lazyRouteComponent(() => import("../matches/screen.tsx"), "MatchesScreen"),
});

export const ordersRoute = createRoute({
  getParentRoute: () => root,
  path: "/orders",
  validateSearch: readOrdersSearch,
  component: lazyRouteComponent(() => import("../orders/screen.tsx"), "OrdersScreen"),
});

export const offersRoute = createRoute({
  getParentRoute: () => root,
  path: "/offers",
  validateSearch: readOffersSearch,
  component: lazyRouteComponent(() => import("../offers/screen.tsx"), "OffersScreen"),
});

export const offerCartRoute = createRoute({
  getParentRoute: () => root,
  path: "/offers/$id",
  component: lazyRouteComponent(() => import("../offers/cart-screen.tsx"), "OfferCartScreen"),
});

export const returnsRoute = createRoute({
  getParentRoute: () => root,
  path: "/returns",
  validateSearch: readReturnsSearch,
  component: lazyRouteComponent(() => import("../returns/screen.tsx"), "ReturnsScreen"),
});

export const settlementsRoute = createRoute({
  getParentRoute: () => root,
  path: "/settlements",
  validateSearch: readSettlementsSearch,
  component: lazyRouteComponent(() => import("../settlements/screen.tsx"), "SettlementsScreen"),
});

export const owedRoute = createRoute({
  getParentRoute: () => root,
  path: "/owed",
  validateSearch: readOwedSearch,
  component: lazyRouteComponent(() => import("../owed/screen.tsx"), "OwedScreen"),
});

export const refundsRoute = createRoute({
  getParentRoute: () => root,
  path: "/refunds",
  validateSearch: readOpenSearch,
  component: lazyRouteComponent(() => import("../refunds/screen.tsx"), "RefundsScreen"),
});

export const giftCardsRoute = createRoute({
  getParentRoute: () => root,
  path: "/gift-cards",
  validateSearch: readGiftCardsSearch,
  component: lazyRouteComponent(() => import("../gift-cards/screen.tsx"), "GiftCardsScreen"),
});

export const queueRoute = createRoute({
  getParentRoute: () => root,
  path: "/queue",
  validateSearch: readQueueSearch,
  component: lazyRouteComponent(() => import("../queue/screen.tsx"), "QueueScreen"),
});

export const collectionsRoute = createRoute({
  getParentRoute: () => root,
  path: "/collections",
  validateSearch: readCollectionsSearch,
  component: lazyRouteComponent(() => import("../collections/screen.tsx"), "CollectionsScreen"),
});

export const bookingsRoute = createRoute({
  getParentRoute: () => root,
  path: "/bookings",
  validateSearch: readBookingsSearch,
  component: lazyRouteComponent(() => import("../bookings/screen.tsx"), "BookingsScreen"),
});

export const shippingRoute = createRoute({
  getParentRoute: () => root,
  path: "/shipping",
  validateSearch: readShippingSearch,
  component: lazyRouteComponent(() => import("../shipping/screen.tsx"), "ShippingScreen"),
});

/** The daily work with customers and their orders. */
export const DAY_ROUTES = [
  homeRoute,
  tasksRoute,
  taskRunsRoute,
  taskKindsRoute,
  callsRoute,
  customersRoute,
  customerRoute,
  companiesRoute,
  companyRoute,
  matchesRoute,
  ordersRoute,
  offersRoute,
  offerCartRoute,
  returnsRoute,
  settlementsRoute,
  owedRoute,
  refundsRoute,
  giftCardsRoute,
  collectionsRoute,
  queueRoute,
  bookingsRoute,
  shippingRoute,
];
