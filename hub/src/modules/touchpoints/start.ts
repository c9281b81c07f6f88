import type { HubEvent } from "@weft/kernel";
import type pg from "pg";
import type { Log, ShownTouch } from "../../platform/index.ts";
import { CustomerErased, DeviceMoved } from "../customers/events.ts";
import { createIntakeLane, type IntakeLane } from "./lane.ts";
import { createRecordCache } from "./record-cache.ts";
import { createShown } from "./shown.ts";

/** What of touchpoints runs on a node. */
export type RunningTouchpoints = {
  readonly lane: IntakeLane;
  /** The port by which the edge hands over what it has presented. */
  readonly shown: (touch: ShownTouch) => void;
  /** Takes what the log follower read: who was erased is remembered no more, nor whose a device was. */
  onEvents(events: readonly Pick<HubEvent, "type" | "data">[]): void;
  stop(): Promise<void>;
};

export function startTouchpoints({ pool, log }: { readonly pool: pg.Pool; readonly log: Log }): RunningTouchpoints {
  const cache = createRecordCache();
  const lane = createIntakeLane({ pool, cache, log });
  const shown = createShown({ lane, log });
  return {
    lane,
    shown: shown.take,
    onEvents(events) {
      for (const { type, data } of events)
        if (type === CustomerErased.type || type === DeviceMoved.type) cache.forget((data as { recordId: string }).recordId); // by the schema of either
    },
    async stop() {
      shown.flush();
      await lane.stop();
    },
  };
}
