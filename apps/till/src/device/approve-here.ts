import type { SessionView } from "@weft/contracts/client";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { check } from "./pins.ts";

type Staff = NonNullable<SessionView["staff"]>;
type Asked = { readonly pin: string; readonly placeId: string; readonly roles: readonly Staff["roles"][number][] };

/**
 * Who stands behind an act while the hub cannot be asked: the same look at the same PIN as for signing in without it [OFF-4], for this act alone. Rejects
 * where it is nobody of these roles who works here.
 */
export async function approveHere({ pin, placeId, roles }: Asked): Promise<Staff> {
  const checked = await check("pin", pin, Date.now());
  if (checked.kind === "locked") throw refusal("till.pin_locked");
  if (checked.kind !== "known") throw refusal("till.pin_unknown");
  const { staff } = checked;
  const worksHere = staff.placeIds.length === 0 || staff.placeIds.includes(placeId);
  if (!worksHere || !staff.roles.some((role) => roles.includes(role))) throw refusal("till.approval_refused");
  return staff;
}

const refusal = (code: string): ProblemError => new ProblemError({ type: "about:blank", title: "", status: 403, code }, false);
