export * from "./earn-more.ts";
export * from "./enroll.ts";
export * from "./expire.ts";
export * from "./opening.ts";
export * from "./program.ts";
export * from "./rewards.ts";
export * from "./take-back.ts";
export * from "./grant.ts";
