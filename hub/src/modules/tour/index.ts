export * from "./domain/index.ts";
export { forgetExpired, type TourDeps, type TourStage } from "./commands.ts";
export { tourInvariants } from "./invariants.ts";
export { tourJobs } from "./jobs.ts";
export { tourRoutes } from "./routes.ts";
export { signUpOnPhone } from "./scenes.ts";
