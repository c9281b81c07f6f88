import { useEffect, useEffectEvent, useRef, useState, type RefObject } from "react";
import { perform, type Frames } from "./acts.ts";
import { playOf, type Run } from "./run.ts";
import type { Act, Device, Step } from "./scenes.ts";
import { markNext } from "./stage.ts";

export type Steps = {
  /** How many taps are done; the next one is marked in its app. */
  readonly done: number;
  readonly next: Step | undefined;
  /** Something did not come: the scene can be played again. */
  readonly isStuck: boolean;
  /** The device where something happens now. */
  readonly at: Device;
};

/** Walks through a scene: what comes before the first tap, then tap after tap with what follows each. Begins anew with each run. */
export function useSteps(run: Run, frames: Readonly<Record<Device, RefObject<HTMLIFrameElement | null>>>): Steps {
  const [done, setDone] = useState(0);
  const [isWaiting, setWaiting] = useState(true);
  const [isStuck, setStuck] = useState(false);
  const [acting, setActing] = useState<Device>(() => deviceOf(playOf(run).first ?? [], "phone"));
  const left = useRef(new AbortController());
  const { steps } = playOf(run);
  const next = isWaiting ? undefined : steps[done];

  const act = useEffectEvent(async (acts: readonly Act[], signal: AbortSignal): Promise<void> => {
    const now: Frames = { phone: frames.phone.current, till: frames.till.current };
    try {
      await perform(acts, now, run.tour, signal);
      if (!signal.aborted) setWaiting(false);
    } catch {
      if (!signal.aborted) setStuck(true);
    }
  });
  useEffect(() => {
    const controller = new AbortController();
    left.current = controller;
    // oxlint-disable-next-line react/set-state-in-effect -- it is set when the hub and the apps have answered, not within the effect
    void act(playOf(run).first ?? [], controller.signal);
    return () => controller.abort();
  }, [run]);

  const tapped = useEffectEvent((step: Step) => {
    setActing(deviceOf(step.after ?? [], step.device));
    setWaiting(true);
    setDone((count) => count + 1);
    void act(step.after ?? [], left.current.signal);
  });
  useEffect(() => {
    const frame = next && frames[next.device].current;
    if (!next || !frame) return undefined;
    return markNext(frame, next.target, { onTap: () => tapped(next), onMissing: setStuck });
  }, [next, frames]);
  return { done, next, isStuck, at: next?.device ?? acting };
}

/** Where what follows a tap is to be seen: at the till, unless nothing happens there. */
function deviceOf(acts: readonly Act[], tapped: Device): Device {
  return acts.some(({ kind }) => kind !== "go" && kind !== "arrive") ? "till" : tapped;
}
