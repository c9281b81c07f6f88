import { paritySignals } from "./modules/parity/signals.ts";
import { tillSignals } from "./modules/till/signals.ts";
import { PLATFORM_SIGNALS, type Signal } from "./platform/index.ts";

/** Everything that is measured of an installation. Alerts and the table in docs/operations.md are written from it. */
export const SIGNALS: readonly Signal[] = [...PLATFORM_SIGNALS, ...tillSignals, ...paritySignals];
