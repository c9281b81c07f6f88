import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { askBridge, pairWithBridge, type Hello } from "./bridge.ts";

/** Where a bridge listens when nobody says otherwise; the demo has its own at the hub. */
export const USUAL_BRIDGE = "http://127.0.0.1:4410";
const DEMO_BRIDGE = "/bridge";

type Register = Parameters<typeof pairWithBridge>[2];
type Paired = Awaited<ReturnType<typeof pairWithBridge>>;

/** Pairs a register with the bridge of its store: by the address and code that are typed, or with that of the demo, which shows its code. */
export function usePairing(register: Register, onPaired: (bridge: Paired) => void) {
  const [url, setUrl] = useState(USUAL_BRIDGE);
  const [code, setCode] = useState("");
  const pair = useMutation({ networkMode: "always", mutationFn: () => pairWithBridge(url, code, register), onSuccess: onPaired });
  const demo = useMutation({
    mutationFn: async () => {
      const { code: shown = "" } = await askBridge<Hello>({ url: DEMO_BRIDGE }, "/hello");
      return pairWithBridge(DEMO_BRIDGE, shown, register);
    },
    onSuccess: onPaired,
  });
  return {
    fields: { url, code, onUrl: setUrl, onCode: setCode },
    submit: (event: FormEvent): void => {
      event.preventDefault();
      pair.mutate();
    },
    isPairing: pair.isPending,
    error: pair.error ?? demo.error,
    demo,
  };
}
