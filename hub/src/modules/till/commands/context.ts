import type { PracticedView, ShiftView, SoldHereView, TillCommand } from "@weft/contracts";
import type { ChannelId, CodedError, Id, StaffId } from "@weft/kernel";
import { readStaff } from "../../access/index.ts";
import type { SettleDeps } from "../../checkout/index.ts";
import type { HandOverDeps } from "../../fulfillment/index.ts";
import type { Actor, Ctx } from "../../../platform/index.ts";
import type { KnownRegister } from "../queries/registers.ts";

/** What the till needs of others that are joined in main.ts. */
export type TillDeps = HandOverDeps &
  SettleDeps & {
    /** Keeps what could not be processed, with its reason, to be mended and replayed. */
    quarantine(ctx: Ctx, item: BadCommand): Promise<unknown>;
  };

/** A command that could not be processed, and what is needed to take it again. */
export type BadCommand = {
  readonly kind: "till.command";
  readonly channelId: ChannelId | null;
  readonly reason: string;
  readonly detail: string;
  readonly raw: string;
  readonly context: { readonly registerId: string | null; readonly deviceId: string | null; readonly commandId: string };
};

/** Everything that one command of a register knows. */
export type CommandContext = {
  readonly ctx: Ctx;
  readonly deps: TillDeps;
  readonly register: KnownRegister;
  readonly command: TillCommand;
  readonly at: Date;
  readonly operator: Operator;
  readonly mode: "live" | "recorded";
};

export type Operator = { readonly id: StaffId | null; readonly name: string };

/** What a command came to, beside what it wrote. A refusal that stays written (a wrong code) is one of these, not an error. */
export type Done = {
  readonly orderId?: string;
  /** Null while its register has not signed the ticket. */
  readonly receiptNumber?: string | null;
  readonly shift?: ShiftView;
  /** What was practiced, for the screens: nothing else is left of it [TIL-30]. */
  readonly practiced?: PracticedView;
  /** What the register has to keep of it, so that goods come back there while the hub is away [TIL-72]. */
  readonly sold?: SoldHereView | undefined;
  readonly refused?: CodedError;
};

/** The one who stood at the till when the command was written acts, not the one who is signed in when it is sent. Nobody stands at a kiosk, whatever it says. */
export async function operatorOf(
  ctx: Pick<Ctx, "db" | "actor">,
  saidId: string | null,
  commandId: string,
): Promise<{ readonly operator: Operator; readonly actor: Actor }> {
  const staffId = ctx.actor.device?.kind === "kiosk" ? null : saidId;
  const isSignedIn = staffId !== null && ctx.actor.staff?.id === staffId;
  const known = isSignedIn ? ctx.actor.staff : staffId === null ? null : await staffActor(ctx, staffId, commandId);
  if (!known) return { operator: { id: null, name: "" }, actor: { ...ctx.actor, kind: "device", staff: null } };
  return { operator: { id: known.id, name: known.name }, actor: { ...ctx.actor, kind: "staff", staff: known } };
}

async function staffActor(ctx: Pick<Ctx, "db">, staffId: string, commandId: string): Promise<Actor["staff"]> {
  const member = await readStaff(ctx, staffId as StaffId); // an id by the contract
  if (!member) return null;
  const { id, name, roles, placeIds } = member;
  return { id: id as StaffId, name, roles, placeIds: placeIds as Id<"place">[], sessionId: `till/${commandId}` }; // brands of ids just read
}
