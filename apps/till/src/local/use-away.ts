import { useEffect, useEffectEvent, useRef } from "react";
import { useLiveState } from "@weft/ui/api/context.tsx";
import { useOutboxState } from "../outbox/register-outbox.ts";
import { useTicket } from "../ticket/ticket.ts";

/** Whether the hub cannot be reached now: the stream is gone for long, or something that was sent came back. */
export function useAway(): boolean {
  const live = useLiveState();
  const { trouble } = useOutboxState();
  const { isCut } = useTicket();
  return live.kind === "offline" || trouble === "offline" || isCut;
}

/** Does something once the hub is back after a time away. */
export function useBack(act: () => void): void {
  const isAway = useAway();
  const was = useRef(isAway);
  const back = useEffectEvent(act);
  useEffect(() => {
    if (was.current && !isAway) back();
    was.current = isAway;
  }, [isAway]);
}
