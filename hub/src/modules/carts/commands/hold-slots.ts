import type { Ctx } from "../../../platform/index.ts";
import { holdSlots } from "../../promises/index.ts";
import { slotsWanted, type AssessedSlot, type CartSlots, type Draft, type LoadedCart } from "../domain/index.ts";
import { assessCart } from "../queries/assess-cart.ts";
import { withSlots } from "../queries/slots.ts";
import { holdSettings, type Held } from "./hold-for.ts";
import { holdWhereSold } from "./ship-from.ts";

type Slotted = { readonly draft: Draft; readonly slots?: CartSlots };

/** Holds all that a draft needs, in the order of locks: room in slots, then stock. */
export async function holdAll(ctx: Ctx, cart: LoadedCart, draft: Draft): Promise<Held & Slotted> {
  const slotted = await holdWantedSlots(ctx, cart, draft);
  const held = await holdWhereSold(ctx, cart, slotted.draft);
  const { slots } = slotted;
  if (!slots || isAsWanted(slotted.draft, held.draft)) return { ...held, ...(slots && { slots }) };
  // Fewer goods than were wanted could be had: they need less of the slot.
  return { ...held, ...(await holdWantedSlots(ctx, { ...cart, slots }, held.draft)) };
}

const isAsWanted = ({ lines }: Draft, held: Draft): boolean =>
  lines.length === held.lines.length && lines.every((line, index) => line.quantity === held.lines[index]?.quantity);

/**
 * Holds the room of the slots that a draft wants, with the work of its goods, and gives back what it wants no more [PRM-23]. A slot that was chosen just
 * now and has no room is refused with the next one, and the choice from before stays, with its room; goods that came to a slot that is too small for them
 * stay, hold nothing, and are a requirement [PRM-25]. A cart without slots goes by without a statement. Slots are locked before stock.
 */
async function holdWantedSlots(ctx: Ctx, cart: LoadedCart, draft: Draft): Promise<Slotted> {
  const before = cart.slots?.held ?? [];
  // A training register keeps nothing from anybody [ACC-18].
  if (ctx.actor.device?.isTraining === true || (before.length === 0 && slotsWanted(asWanted(cart, draft)).length === 0)) return { draft };
  const found = await assessed(ctx, cart, draft);
  const { minutes, hardCapMinutes } = await holdSettings(ctx, draft.placeId);
  const wanted = found.filter(({ because }) => because === null || because.kind === "slot_full");
  const held = await holdSlots(ctx, cart.id, { wanted, before }, { minutes, hardCapMinutes });
  const refused = found.find((slot) => slot.heldAs === cart.id && !held.some(({ heldAs }) => heldAs === slot.heldAs));
  const chosen = refused && chosenNow(cart, draft, refused);
  if (chosen) return holdWantedSlots(ctx, { ...cart, slots: { held: [...held, ...before] } }, await refuse(ctx, cart, draft, chosen));
  const { slots } = await withSlots(ctx, { ...asWanted(cart, draft), slots: { held } });
  return { draft, slots: slots ?? { held } };
}

/** The slots of the draft as they stand before anything is held, each with its work. */
async function assessed(ctx: Ctx, cart: LoadedCart, draft: Draft): Promise<readonly AssessedSlot[]> {
  return (await assessCart(ctx.snapshots, asWanted(cart, draft), { at: ctx.now })).slots;
}

const asWanted = (cart: LoadedCart, { lines, placeId, wanted }: Draft): LoadedCart => ({ ...cart, lines, placeId, wanted });

/** The operation that chose the slot of the whole, where one of these did and it is not the one that the cart had before. */
function chosenNow(cart: LoadedCart, { outcomes, chosenSlot }: Draft, slot: AssessedSlot): string | undefined {
  const isNew = cart.wanted?.inSlot !== true || cart.placeId !== slot.placeId || cart.wanted.dueAt?.getTime() !== slot.startsAt.getTime();
  return isNew && outcomes.some(({ id, outcome }) => id === chosenSlot && outcome === "applied") ? chosenSlot : undefined;
}

/** The draft with the choice from before, and why the new one is refused: what nobody else has by now comes with it. */
async function refuse(ctx: Ctx, cart: LoadedCart, draft: Draft, chosen: string): Promise<Draft> {
  const full = await withSlots(ctx, { ...asWanted(cart, draft), slots: { held: [] } });
  const found = (await assessCart(ctx.snapshots, full, { at: ctx.now })).slots.find(({ heldAs }) => heldAs === cart.id);
  const { kind, data = {} } = found?.because ?? { kind: "slot_full" };
  const { elsewhere } = draft.wanted ?? {};
  const wanted = cart.wanted && { ...cart.wanted, ...(cart.wanted.kind !== "ship" && elsewhere && { elsewhere }) };
  return {
    ...draft,
    wanted,
    placeId: cart.placeId ?? draft.placeId,
    outcomes: draft.outcomes.map((one) =>
      one.id === chosen ? { ...one, outcome: "refused" as const, refusal: { code: `promise.${kind}`, data } } : one,
    ),
  };
}
