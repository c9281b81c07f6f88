export * from "./card.ts";
export * from "./earning.ts";
