export * from "./cart.ts";
export * from "./operations.ts";
export * from "./assess.ts";
export * from "./assess-shipping.ts";
export * from "./price-hold.ts";
export * from "./access.ts";
export * from "./code.ts";
