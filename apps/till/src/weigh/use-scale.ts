import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { BridgeError, askBridge } from "../print/bridge.ts";
import { bridgeSetup, onSetup, scaleSetup, type DeviceChoice } from "../print/setup.ts";

/** What the scale says of what lies on it, as the bridge passes it on. */
export type Load =
  | { readonly kind: "weight"; readonly grams: number }
  | { readonly kind: "not_weighed"; readonly because: "unreachable" | "moving" | "overload" | "underload" | "busy" | "unreadable" };

/** So often the scale is asked while somebody looks at it. */
const ASK_MS = 600;

/** The scale beside this till; null where goods are weighed elsewhere. */
export const useOwnScale = (): DeviceChoice | null => useSyncExternalStore(onSetup, scaleSetup);

/** What lies on the scale now; undefined until it has said something. */
export function useLoad(scale: DeviceChoice | null): Load | undefined {
  const { data } = useQuery({
    queryKey: ["scale", scale?.id],
    queryFn: () => (scale ? loadOn(scale) : undefined),
    enabled: scale !== null,
    refetchInterval: ASK_MS,
    networkMode: "always",
    staleTime: 0,
    gcTime: 0,
  });
  return data;
}

async function loadOn({ id }: DeviceChoice): Promise<Load> {
  const bridge = bridgeSetup();
  if (!bridge) return { kind: "not_weighed", because: "unreachable" };
  try {
    return await askBridge<Load>(bridge, `/scales/${id}/weight`);
  } catch (error) {
    if (error instanceof BridgeError) return { kind: "not_weighed", because: "unreachable" };
    throw error;
  }
}
