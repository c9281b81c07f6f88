import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import {
  readCatalogSearch,
  readChoicesSearch,
  readConflictsSearch,
  readGoodsSearch,
  readLabelsSearch,
  readStockSearch,
  readWishesSearch,
  readOpenSearch,
} from "../searches.ts";
import { root } from "./root.ts";

export const stockRoute = createRoute({
  getParentRoute: () => root,
  path: "/stock",
  validateSearch: readStockSearch,
  component: lazyRouteComponent(() => import("../stock/screen.tsx"), "StockScreen"),
});

export const goodsRoute = createRoute({
  getParentRoute: () => root,
  path: "/goods",
  validateSearch: readGoodsSearch,
  component: lazyRouteComponent(() => import("../goods/screen.tsx"), "GoodsScreen"),
});

export const conflictsRoute = createRoute({
  getParentRoute: () => root,
  path: "/conflicts",
  validateSearch: readConflictsSearch,
  component: lazyRouteComponent(() => import("../stock/conflicts-screen.tsx"), "ConflictsScreen"),
});

export const catalogRoute = createRoute({
  getParentRoute: () => root,
  path: "/catalog",
  validateSearch: readCatalogSearch,
  component: lazyRouteComponent(() => import("../catalog/screen.tsx"), "CatalogScreen"),
});

export const productRoute = createRoute({
  getParentRoute: () => root,
  path: "/catalog/$id",
  component: lazyRouteComponent(() => import("../catalog/editor/screen.tsx"), "ProductEditorScreen"),
});

export const choicesRoute = createRoute({
  getParentRoute: () => root,
  path: "/catalog-choices",
  validateSearch: readChoicesSearch,
  component: lazyRouteComponent(() => import("../catalog/editor/choices-screen.tsx"), "ChoicesScreen"),
});

export const recallsRoute = createRoute({
  getParentRoute: () => root,
  path: "/recalls",
  validateSearch: readOpenSearch,
  component: lazyRouteComponent(() => import("../recalls/screen.tsx"), "RecallsScreen"),
});

export const wishesRoute = createRoute({
  getParentRoute: () => root,
  path: "/wishes",
  validateSearch: readWishesSearch,
  component: lazyRouteComponent(() => import("../wishes/screen.tsx"), "WishesScreen"),
});

export const labelsRoute = createRoute({
  getParentRoute: () => root,
  path: "/labels",
  validateSearch: readLabelsSearch,
  component: lazyRouteComponent(() => import("../labels/screen.tsx"), "LabelsScreen"),
});

/** Goods: units, and what is said about them. */
export const GOODS_ROUTES = [
  stockRoute,
  goodsRoute,
  conflictsRoute,
  catalogRoute,
  productRoute,
  choicesRoute,
  recallsRoute,
  wishesRoute,
  labelsRoute,
];
