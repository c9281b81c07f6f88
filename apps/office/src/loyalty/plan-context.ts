import type { BodyOf, LoyaltyProgramView } from "@weft/contracts/client";
import { createContext, useContext } from "react";
import { api } from "../api.ts";

/** The version that is planned, and the one in force that it was looked at beside; null where the screen shows what holds now. */
export type Plan = { readonly inForce: number; readonly planned: NonNullable<LoyaltyProgramView["planned"]> };

export const PlanContext = createContext<Plan | null>(null);

type Body = BodyOf<"loyalty.planProgram">;
type Change = Partial<Omit<Body, "version" | "beginsOn">>;

/** Saves a part of the program: into what is planned where that is on the screen, else as it is saved at once. */
export function useSaving(): (change: Change, atOnce: () => Promise<LoyaltyProgramView>) => Promise<LoyaltyProgramView> {
  const plan = useContext(PlanContext);
  return (change, atOnce) => (plan ? api.ask("loyalty.planProgram", { body: planBody(plan, plan.planned.beginsOn, change) }) : atOnce());
}

/** The whole of a version for a day, with what is to be other in it. */
export function planBody(
  { inForce, planned }: { readonly inForce: number; readonly planned: LoyaltyProgramView["earnRules"][number] },
  beginsOn: string,
  change: Change = {},
): Body {
  const { points, perMinorUnits, pendingDays, bonuses, tiers, terms } = planned;
  return { version: inForce, beginsOn, points, perMinorUnits, pendingDays, bonuses, tiers, terms, ...change };
}
