import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { MissingScreen } from "@weft/ui/kit/missing-screen.tsx";
import { RouteProblem } from "@weft/ui/kit/route-problem.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { OfficeFrame } from "./frame/office-frame.tsx";
import {
  readAuditSearch,
  readCallsSearch,
  readCatalogSearch,
  readChannelsSearch,
  readChoicesSearch,
  readCollectionsSearch,
  readCompaniesSearch,
  readConflictsSearch,
  readContinuitySearch,
  readCustomersSearch,
  readCustomerSearch,
  readExportsSearch,
  readGiftCardsSearch,
  readGoodsSearch,
  readMatchesSearch,
  readMessagesSearch,
  readMethodsSearch,
  readOffersSearch,
  readOpenSearch,
  readSettlementsSearch,
  readOrdersSearch,
  readOwnerSearch,
  readParitySearch,
  readPrivacySearch,
  readReturnsSearch,
  readShippingSearch,
  readStaffSearch,
  readStockSearch,
  readStoresSearch,
  readLabelsSearch,
  readTasksSearch,
  readTermsSearch,
  readTillsSearch,
  readWishesSearch,
  readTodaySearch,
  readWaitingSearch,
} from "./searches.ts";

const root = createRootRoute({ component: OfficeFrame });

/** Each screen is a chunk of its own; its filters and what is open beside its list are in the address. */
export const homeRoute = createRoute({
  getParentRoute: () => root,
  path: "/",
  validateSearch: readTodaySearch,
  component: lazyRouteComponent(() => import("./home/screen.tsx"), "HomeScreen"),
});

export const customersRoute = createRoute({
  getParentRoute: () => root,
  path: "/customers",
  validateSearch: readCustomersSearch,
  component: lazyRouteComponent(() => import("./customers/screen.tsx"), "CustomersScreen"),
});

export const customerRoute = createRoute({
  getParentRoute: () => root,
  path: "/customers/$id",
  validateSearch: readCustomerSearch,
  component: lazyRouteComponent(() => import("./customer/screen.tsx"), "CustomerScreen"),
});

export const matchesRoute = createRoute({
  getParentRoute: () => root,
  path: "/matches",
  validateSearch: readMatchesSearch,
  component: lazyRouteComponent(() => import("./matches/screen.tsx"), "MatchesScreen"),
});

export const matchingRoute = createRoute({
  getParentRoute: () => root,
  path: "/matching",
  component: lazyRouteComponent(() => import("./matching/screen.tsx"), "MatchingScreen"),
});

export const identifierRoute = createRoute({
  getParentRoute: () => root,
  path: "/identifiers/$id",
  component: lazyRouteComponent(() => import("./identifier/screen.tsx"), "IdentifierScreen"),
});

export const companiesRoute = createRoute({
  getParentRoute: () => root,
  path: "/companies",
  validateSearch: readCompaniesSearch,
  component: lazyRouteComponent(() => import("./companies/screen.tsx"), "CompaniesScreen"),
});

export const companyRoute = createRoute({
  getParentRoute: () => root,
  path: "/companies/$id",
  component: lazyRouteComponent(() => import("./company/screen.tsx"), "CompanyScreen"),
});

export const ordersRoute = createRoute({
  getParentRoute: () => root,
  path: "/orders",
  validateSearch: readOrdersSearch,
  component: lazyRouteComponent(() => import("./orders/screen.tsx"), "OrdersScreen"),
});

export const offersRoute = createRoute({
  getParentRoute: () => root,
  path: "/offers",
  validateSearch: readOffersSearch,
  component: lazyRouteComponent(() => import("./offers/screen.tsx"), "OffersScreen"),
});

export const offerCartRoute = createRoute({
  getParentRoute: () => root,
  path: "/offers/$id",
  component: lazyRouteComponent(() => import("./offers/cart-screen.tsx"), "OfferCartScreen"),
});

export const returnsRoute = createRoute({
  getParentRoute: () => root,
  path: "/returns",
  validateSearch: readReturnsSearch,
  component: lazyRouteComponent(() => import("./returns/screen.tsx"), "ReturnsScreen"),
});

export const giftCardsRoute = createRoute({
  getParentRoute: () => root,
  path: "/gift-cards",
  validateSearch: readGiftCardsSearch,
  component: lazyRouteComponent(() => import("./gift-cards/screen.tsx"), "GiftCardsScreen"),
});

export const shippingRoute = createRoute({
  getParentRoute: () => root,
  path: "/shipping",
  validateSearch: readShippingSearch,
  component: lazyRouteComponent(() => import("./shipping/screen.tsx"), "ShippingScreen"),
});

export const collectionsRoute = createRoute({
  getParentRoute: () => root,
  path: "/collections",
  validateSearch: readCollectionsSearch,
  component: lazyRouteComponent(() => import("./collections/screen.tsx"), "CollectionsScreen"),
});

export const deliveryMethodsRoute = createRoute({
  getParentRoute: () => root,
  path: "/delivery-methods",
  validateSearch: readMethodsSearch,
  component: lazyRouteComponent(() => import("./shipping/methods-screen.tsx"), "DeliveryMethodsScreen"),
});

export const promotionsRoute = createRoute({
  getParentRoute: () => root,
  path: "/promotions",
  validateSearch: readOpenSearch,
  component: lazyRouteComponent(() => import("./promotions/screen.tsx"), "PromotionsScreen"),
});

export const priceListsRoute = createRoute({
  getParentRoute: () => root,
  path: "/price-lists",
  validateSearch: readOpenSearch,
  component: lazyRouteComponent(() => import("./price-lists/screen.tsx"), "PriceListsScreen"),
});

export const loyaltyRoute = createRoute({
  getParentRoute: () => root,
  path: "/loyalty",
  component: lazyRouteComponent(() => import("./loyalty/screen.tsx"), "LoyaltyScreen"),
});

export const stockRoute = createRoute({
  getParentRoute: () => root,
  path: "/stock",
  validateSearch: readStockSearch,
  component: lazyRouteComponent(() => import("./stock/screen.tsx"), "StockScreen"),
});

export const goodsRoute = createRoute({
  getParentRoute: () => root,
  path: "/goods",
  validateSearch: readGoodsSearch,
  component: lazyRouteComponent(() => import("./goods/screen.tsx"), "GoodsScreen"),
});

export const conflictsRoute = createRoute({
  getParentRoute: () => root,
  path: "/conflicts",
  validateSearch: readConflictsSearch,
  component: lazyRouteComponent(() => import("./stock/conflicts-screen.tsx"), "ConflictsScreen"),
});

export const labelsRoute = createRoute({
  getParentRoute: () => root,
  path: "/labels",
  validateSearch: readLabelsSearch,
  component: lazyRouteComponent(() => import("./labels/screen.tsx"), "LabelsScreen"),
});

export const termsRoute = createRoute({
  getParentRoute: () => root,
  path: "/terms",
  validateSearch: readTermsSearch,
  component: lazyRouteComponent(() => import("./terms/screen.tsx"), "TermsScreen"),
});

export const privacyRoute = createRoute({
  getParentRoute: () => root,
  path: "/privacy",
  validateSearch: readPrivacySearch,
  component: lazyRouteComponent(() => import("./privacy/screen.tsx"), "PrivacyScreen"),
});

export const tillsRoute = createRoute({
  getParentRoute: () => root,
  path: "/tills",
  validateSearch: readTillsSearch,
  component: lazyRouteComponent(() => import("./tills/screen.tsx"), "TillsScreen"),
});

export const wishesRoute = createRoute({
  getParentRoute: () => root,
  path: "/wishes",
  validateSearch: readWishesSearch,
  component: lazyRouteComponent(() => import("./wishes/screen.tsx"), "WishesScreen"),
});

export const callsRoute = createRoute({
  getParentRoute: () => root,
  path: "/calls",
  validateSearch: readCallsSearch,
  component: lazyRouteComponent(() => import("./calls/screen.tsx"), "CallsScreen"),
});

export const refundsRoute = createRoute({
  getParentRoute: () => root,
  path: "/refunds",
  validateSearch: readOpenSearch,
  component: lazyRouteComponent(() => import("./refunds/screen.tsx"), "RefundsScreen"),
});

export const settlementsRoute = createRoute({
  getParentRoute: () => root,
  path: "/settlements",
  validateSearch: readSettlementsSearch,
  component: lazyRouteComponent(() => import("./settlements/screen.tsx"), "SettlementsScreen"),
});

export const tasksRoute = createRoute({
  getParentRoute: () => root,
  path: "/tasks",
  validateSearch: readTasksSearch,
  component: lazyRouteComponent(() => import("./tasks/screen.tsx"), "TasksScreen"),
});

export const catalogRoute = createRoute({
  getParentRoute: () => root,
  path: "/catalog",
  validateSearch: readCatalogSearch,
  component: lazyRouteComponent(() => import("./catalog/screen.tsx"), "CatalogScreen"),
});

export const productRoute = createRoute({
  getParentRoute: () => root,
  path: "/catalog/$id",
  component: lazyRouteComponent(() => import("./catalog/editor/screen.tsx"), "ProductEditorScreen"),
});

export const choicesRoute = createRoute({
  getParentRoute: () => root,
  path: "/catalog-choices",
  validateSearch: readChoicesSearch,
  component: lazyRouteComponent(() => import("./catalog/editor/choices-screen.tsx"), "ChoicesScreen"),
});

export const storesRoute = createRoute({
  getParentRoute: () => root,
  path: "/stores",
  validateSearch: readStoresSearch,
  component: lazyRouteComponent(() => import("./stores/screen.tsx"), "StoresScreen"),
});

export const channelsRoute = createRoute({
  getParentRoute: () => root,
  path: "/channels",
  validateSearch: readChannelsSearch,
  component: lazyRouteComponent(() => import("./channels/screen.tsx"), "ChannelsScreen"),
});

const devicesRoute = createRoute({
  getParentRoute: () => root,
  path: "/devices",
  component: lazyRouteComponent(() => import("./devices/screen.tsx"), "DevicesScreen"),
});

export const staffRoute = createRoute({
  getParentRoute: () => root,
  path: "/staff",
  validateSearch: readStaffSearch,
  component: lazyRouteComponent(() => import("./staff/screen.tsx"), "StaffScreen"),
});

export const continuityRoute = createRoute({
  getParentRoute: () => root,
  path: "/insights/continuity",
  validateSearch: readContinuitySearch,
  component: lazyRouteComponent(() => import("./insights/screen.tsx"), "ContinuityScreen"),
});

export const parityRoute = createRoute({
  getParentRoute: () => root,
  path: "/same-everywhere",
  validateSearch: readParitySearch,
  component: lazyRouteComponent(() => import("./parity/screen.tsx"), "ParityScreen"),
});

export const messagesRoute = createRoute({
  getParentRoute: () => root,
  path: "/messages",
  validateSearch: readMessagesSearch,
  component: lazyRouteComponent(() => import("./outbox/screen.tsx"), "OutboxScreen"),
});

export const importsRoute = createRoute({
  getParentRoute: () => root,
  path: "/imports",
  component: lazyRouteComponent(() => import("./import/screen.tsx"), "ImportsScreen"),
});

export const importRoute = createRoute({
  getParentRoute: () => root,
  path: "/imports/$id",
  component: lazyRouteComponent(() => import("./import/one-import.tsx"), "ImportScreen"),
});

export const exportsRoute = createRoute({
  getParentRoute: () => root,
  path: "/exports",
  validateSearch: readExportsSearch,
  component: lazyRouteComponent(() => import("./export/screen.tsx"), "ExportsScreen"),
});

export const failedRoute = createRoute({
  getParentRoute: () => root,
  path: "/failed-events",
  validateSearch: readWaitingSearch,
  component: lazyRouteComponent(() => import("./failed/screen.tsx"), "FailedScreen"),
});

export const quarantineRoute = createRoute({
  getParentRoute: () => root,
  path: "/quarantine",
  validateSearch: readWaitingSearch,
  component: lazyRouteComponent(() => import("./quarantine/screen.tsx"), "QuarantineScreen"),
});

export const healthRoute = createRoute({
  getParentRoute: () => root,
  path: "/health",
  component: lazyRouteComponent(() => import("./health/screen.tsx"), "HealthScreen"),
});

export const auditRoute = createRoute({
  getParentRoute: () => root,
  path: "/audit",
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import("./audit/screen.tsx"), "AuditScreen"),
});

/** The one room for who is nobody yet; the frame lets it stand alone. */
export const ownerRoute = createRoute({
  getParentRoute: () => root,
  path: "/owner",
  validateSearch: readOwnerSearch,
  component: lazyRouteComponent(() => import("./owner/screen.tsx"), "OwnerScreen"),
});

/**
 * The addresses of this app. A screen reads its own parameters from its route (`ordersRoute.useSearch()`), which types them, and
 * links name a route (`<Link to={homeRoute.to}>`); the router is not registered globally, because the apps are checked together.
 */
export const router = createRouter({
  routeTree: root.addChildren([
    homeRoute,
    customersRoute,
    customerRoute,
    companiesRoute,
    companyRoute,
    matchesRoute,
    matchingRoute,
    identifierRoute,
    ordersRoute,
    offersRoute,
    offerCartRoute,
    returnsRoute,
    shippingRoute,
    collectionsRoute,
    deliveryMethodsRoute,
    promotionsRoute,
    priceListsRoute,
    loyaltyRoute,
    stockRoute,
    goodsRoute,
    conflictsRoute,
    tasksRoute,
    refundsRoute,
    settlementsRoute,
    giftCardsRoute,
    labelsRoute,
    privacyRoute,
    termsRoute,
    tillsRoute,
    wishesRoute,
    callsRoute,
    catalogRoute,
    productRoute,
    choicesRoute,
    storesRoute,
    channelsRoute,
    devicesRoute,
    staffRoute,
    continuityRoute,
    parityRoute,
    messagesRoute,
    importsRoute,
    importRoute,
    exportsRoute,
    failedRoute,
    quarantineRoute,
    healthRoute,
    auditRoute,
    ownerRoute,
  ]),
  basepath: import.meta.env.BASE_URL,
  defaultNotFoundComponent: MissingScreen,
  defaultErrorComponent: RouteProblem,
  defaultPendingComponent: ScreenSkeleton,
  defaultPreload: "intent",
  scrollRestoration: true,
});
