import type { Route } from "../../../platform/index.ts";
import { accessRoutesOfPerson } from "./accesses.ts";
import type { CustomersDeps } from "./deps.ts";
import { identifierRoutes } from "./identifiers.ts";
import { levelRoutes } from "./levels.ts";
import { noticeRoutes } from "./notices.ts";
import { matchingRoutes } from "./matching.ts";
import { peopleRoutes } from "./people.ts";
import { signInRoutes } from "./sign-in.ts";
import { tillRoutes } from "./till.ts";

export { greetCustomer } from "./sign-in.ts";
export { levelChangeLive } from "./levels.ts";
export type { CustomersDeps, CustomerScreens } from "./deps.ts";

/** The writes of this module, and who opened a file. What else is read of a customer needs other modules as well and is served by the customer view. */
export const customersRoutes = (deps: CustomersDeps): readonly Route[] => [
  ...signInRoutes(deps),
  ...peopleRoutes(deps),
  ...matchingRoutes,
  ...identifierRoutes,
  ...tillRoutes(deps),
  ...accessRoutesOfPerson,
  ...levelRoutes,
  ...noticeRoutes,
];
