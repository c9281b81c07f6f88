import type { RawCall, Vault } from "../../platform/index.ts";
import { openTry, type TooManyTries } from "../access/index.ts";
import { guesserOf, isGiftCardCode, type WantedTender } from "../payments/index.ts";
import { deskOn } from "./late-answers.ts";

/** Keeps whoever pays by gift card from guessing codes. */
export type CodeGuard = {
  /** Why no code of theirs is looked at now; undefined when it is. */
  readonly whyBarred: () => Promise<TooManyTries | undefined>;
  readonly countWrong: () => Promise<void>;
};

/**
 * The guard of a completion that pays by the code of a gift card [PAY-16]: wrong ones are counted with those of the look-up, in transactions of
 * their own, because the refusal undoes everything else. Undefined, and no statement, for everybody else.
 */
export function guardOfCodes(
  { request, actor, around }: RawCall,
  { vault }: { readonly vault: Vault },
  tenders: readonly WantedTender[],
): CodeGuard | undefined {
  const isByCode = tenders.some((tender) => tender.kind === "gift_card" && tender.code !== undefined && isGiftCardCode(tender.code));
  const guesser = isByCode ? guesserOf(actor, vault, request.ip) : null;
  if (guesser === null) return undefined;
  const desk = deskOn(around);
  return {
    async whyBarred() {
      const tried = await desk.write((ctx) => openTry(ctx, guesser));
      return tried.ok ? undefined : tried.error;
    },
    countWrong: () =>
      desk.write(async (ctx) => {
        const tried = await openTry(ctx, guesser);
        if (tried.ok) await tried.value.countWrong();
      }),
  };
}
