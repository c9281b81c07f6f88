import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import {
  readAuditSearch,
  readExportsSearch,
  readMessagesSearch,
  readOwnerSearch,
  readPrivacySearch,
  readTermsSearch,
  readWaitingSearch,
} from "../searches.ts";
import { root } from "./root.ts";

export const importsRoute = createRoute({
  getParentRoute: () => root,
  path: "/imports",
  component: lazyRouteComponent(() => import("../import/screen.tsx"), "ImportsScreen"),
});

export const importRoute = createRoute({
  getParentRoute: () => root,
  path: "/imports/$id",
  component: lazyRouteComponent(() => import("../import/one-import.tsx"), "ImportScreen"),
});

export const exportsRoute = createRoute({
  getParentRoute: () => root,
  path: "/exports",
  validateSearch: readExportsSearch,
  component: lazyRouteComponent(() => import("../export/screen.tsx"), "ExportsScreen"),
});

export const privacyRoute = createRoute({
  getParentRoute: () => root,
  path: "/privacy",
  validateSearch: readPrivacySearch,
  component: lazyRouteComponent(() => import("../privacy/screen.tsx"), "PrivacyScreen"),
});

export const matchingRoute = createRoute({
  getParentRoute: () => root,
  path: "/matching",
  component: lazyRouteComponent(() => import("../matching/screen.tsx"), "MatchingScreen"),
});

export const identifierRoute = createRoute({
  getParentRoute: () => root,
  path: "/identifiers/$id",
  component: lazyRouteComponent(() => import("../identifier/screen.tsx"), "IdentifierScreen"),
});

export const termsRoute = createRoute({
  getParentRoute: () => root,
  path: "/terms",
  validateSearch: readTermsSearch,
  component: lazyRouteComponent(() => import("../terms/screen.tsx"), "TermsScreen"),
});

export const messagesRoute = createRoute({
  getParentRoute: () => root,
  path: "/messages",
  validateSearch: readMessagesSearch,
  component: lazyRouteComponent(() => import("../outbox/screen.tsx"), "OutboxScreen"),
});

export const failedRoute = createRoute({
  getParentRoute: () => root,
  path: "/failed-events",
  validateSearch: readWaitingSearch,
  component: lazyRouteComponent(() => import("../failed/screen.tsx"), "FailedScreen"),
});

export const quarantineRoute = createRoute({
  getParentRoute: () => root,
  path: "/quarantine",
  validateSearch: readWaitingSearch,
  component: lazyRouteComponent(() => import("../quarantine/screen.tsx"), "QuarantineScreen"),
});

export const healthRoute = createRoute({
  getParentRoute: () => root,
  path: "/health",
  component: lazyRouteComponent(() => import("../health/screen.tsx"), "HealthScreen"),
});

export const auditRoute = createRoute({
  getParentRoute: () => root,
  path: "/audit",
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import("../audit/screen.tsx"), "AuditScreen"),
});

/** The one room for who is nobody yet; the frame lets it stand alone. */
export const ownerRoute = createRoute({
  getParentRoute: () => root,
  path: "/owner",
  validateSearch: readOwnerSearch,
  component: lazyRouteComponent(() => import("../owner/screen.tsx"), "OwnerScreen"),
});

/** The house itself: files, terms, people's data, health. */
export const HOUSE_ROUTES = [
  importsRoute,
  importRoute,
  exportsRoute,
  privacyRoute,
  matchingRoute,
  identifierRoute,
  termsRoute,
  messagesRoute,
  failedRoute,
  quarantineRoute,
  healthRoute,
  auditRoute,
  ownerRoute,
];
