export * from "./card.ts";
export * from "./earning.ts";
export * from "./expiry.ts";
export * from "./rewards.ts";
export * from "./taking-back.ts";
export * from "./granting.ts";
