export * from "./promise.ts";
export * from "./address.ts";
export * from "./shipping.ts";
