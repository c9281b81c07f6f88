export * from "./passes.ts";
export * from "./ports.ts";
export { walletRoutes, type WalletDeps } from "./routes.ts";
export { walletTellers } from "./tell.ts";
