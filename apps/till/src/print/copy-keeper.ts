import type { CopiedRow, CopyKeeper } from "../outbox/second-copy.ts";
import { askBridge, BridgeError } from "./bridge.ts";
import { bridgeSetup, type BridgeSetup } from "./setup.ts";

/** The bridge that this till is paired with, as the keeper of the second copy; null where there is none. */
export function pairedKeeper(): CopyKeeper | null {
  const bridge = bridgeSetup();
  return bridge && keeperAt(bridge);
}

/** A bridge as the keeper of a second copy. */
export function keeperAt(bridge: BridgeSetup): CopyKeeper {
  return {
    async keep(rows) {
      try {
        await askBridge(bridge, "/rows", { method: "PUT", body: { rows } });
        return {};
      } catch (error) {
        if (error instanceof BridgeError && error.code === "bridge.other_row") return { otherAt: Number(error.fields["position"]) };
        throw error;
      }
    },
    after: async (position) => (await askBridge<{ rows: readonly CopiedRow[] }>(bridge, `/rows?after=${position}`)).rows,
  };
}
