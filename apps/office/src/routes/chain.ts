import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import {
  readChannelsSearch,
  readJournalSearch,
  readMethodsSearch,
  readOpenSearch,
  readServicesSearch,
  readStaffSearch,
  readStoresSearch,
  readTillsSearch,
} from "../searches.ts";
import { root } from "./root.ts";

export const promotionsRoute = createRoute({
  getParentRoute: () => root,
  path: "/promotions",
  validateSearch: readOpenSearch,
  component: lazyRouteComponent(() => import("../promotions/screen.tsx"), "PromotionsScreen"),
});

export const priceListsRoute = createRoute({
  getParentRoute: () => root,
  path: "/price-lists",
  validateSearch: readOpenSearch,
  component: lazyRouteComponent(() => import("../price-lists/screen.tsx"), "PriceListsScreen"),
});

export const depositsRoute = createRoute({
  getParentRoute: () => root,
  path: "/deposits",
  validateSearch: readOpenSearch,
  component: lazyRouteComponent(() => import("../deposits/screen.tsx"), "DepositsScreen"),
});

const roundingRoute = createRoute({
  getParentRoute: () => root,
  path: "/rounding",
  component: lazyRouteComponent(() => import("../rounding/screen.tsx"), "RoundingScreen"),
});

export const loyaltyRoute = createRoute({
  getParentRoute: () => root,
  path: "/loyalty",
  component: lazyRouteComponent(() => import("../loyalty/screen.tsx"), "LoyaltyScreen"),
});

export const servicesRoute = createRoute({
  getParentRoute: () => root,
  path: "/services",
  validateSearch: readServicesSearch,
  component: lazyRouteComponent(() => import("../bookings/services-screen.tsx"), "ServicesScreen"),
});

export const storesRoute = createRoute({
  getParentRoute: () => root,
  path: "/stores",
  validateSearch: readStoresSearch,
  component: lazyRouteComponent(() => import("../stores/screen.tsx"), "StoresScreen"),
});

export const journalRoute = createRoute({
  getParentRoute: () => root,
  path: "/journal",
  validateSearch: readJournalSearch,
  component: lazyRouteComponent(() => import("../journal/screen.tsx"), "JournalScreen"),
});

export const tillsRoute = createRoute({
  getParentRoute: () => root,
  path: "/tills",
  validateSearch: readTillsSearch,
  component: lazyRouteComponent(() => import("../tills/screen.tsx"), "TillsScreen"),
});

export const deliveryMethodsRoute = createRoute({
  getParentRoute: () => root,
  path: "/delivery-methods",
  validateSearch: readMethodsSearch,
  component: lazyRouteComponent(() => import("../shipping/methods-screen.tsx"), "DeliveryMethodsScreen"),
});

export const channelsRoute = createRoute({
  getParentRoute: () => root,
  path: "/channels",
  validateSearch: readChannelsSearch,
  component: lazyRouteComponent(() => import("../channels/screen.tsx"), "ChannelsScreen"),
});

const devicesRoute = createRoute({
  getParentRoute: () => root,
  path: "/devices",
  component: lazyRouteComponent(() => import("../devices/screen.tsx"), "DevicesScreen"),
});

export const staffRoute = createRoute({
  getParentRoute: () => root,
  path: "/staff",
  validateSearch: readStaffSearch,
  component: lazyRouteComponent(() => import("../staff/screen.tsx"), "StaffScreen"),
});

/** What the chain is made of: prices, places, channels, devices, staff. */
export const CHAIN_ROUTES = [
  promotionsRoute,
  priceListsRoute,
  depositsRoute,
  roundingRoute,
  loyaltyRoute,
  servicesRoute,
  storesRoute,
  tillsRoute,
  journalRoute,
  deliveryMethodsRoute,
  channelsRoute,
  devicesRoute,
  staffRoute,
];
