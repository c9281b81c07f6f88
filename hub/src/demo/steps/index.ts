import type { DemoStep } from "../load-once.ts";
import { GOODS_STEPS } from "./goods.ts";
import { HISTORY_STEPS } from "./history.ts";
import { HOUSE_STEPS } from "./house.ts";
import { LOYALTY_STEP } from "./loyalty.ts";
import { PEOPLE_STEPS } from "./people.ts";
import { SERVICES_STEP, WORKSHOP_STEP } from "./services.ts";
import { WEIGHED_STEP } from "./weighed.ts";

/** The parts of the chain in the order in which they need each other. */
export const DEMO_STEPS: readonly DemoStep[] = [
  ...HOUSE_STEPS,
  SERVICES_STEP,
  ...GOODS_STEPS,
  WORKSHOP_STEP,
  WEIGHED_STEP,
  LOYALTY_STEP,
  ...PEOPLE_STEPS,
  ...HISTORY_STEPS,
];
