export * from "./sale.ts";
export * from "./judge-sale.ts";
export * from "./plan-sale.ts";
export * from "./cancel-units.ts";
