export * from "./facts.ts";
export * from "./compile.ts";
export * from "./judge.ts";
export * from "./search.ts";
export * from "./apply.ts";
export * from "./clock.ts";
export * from "./reduced.ts";
export * from "./steps.ts";
