export * from "./in-hand.ts";
export * from "./promise.ts";
export * from "./address.ts";
export * from "./shipping.ts";
export * from "./route.ts";
export * from "./slots.ts";
