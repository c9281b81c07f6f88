import { codeStep, readShownText, rotatingCode, shownText } from "../../../../hub/src/modules/loyalty/domain/rotating.ts";
import { useEffect, useState } from "react";
import type { KeptCard } from "../kept.ts";

/** How long the token of a card lasts; then only its number is shown. */
const TOKEN_HOURS = 12;

/** What the QR holds at an instant of this phone's clock [LOY-21]; null once the token has ended: the number is what is left. */
export async function textShownAt(
  card: Pick<KeptCard, "cardToken" | "cardKey" | "asOf" | "clockAheadMs">,
  at: number,
): Promise<string | null> {
  const hubTime = at + (card.clockAheadMs ?? 0);
  const shown = readShownText(card.cardToken);
  if (!shown || !card.cardKey || hubTime - Date.parse(card.asOf) > TOKEN_HOURS * 3_600_000) return null;
  return shownText(shown.token, await rotatingCode(card.cardKey, codeStep(new Date(hubTime))));
}

/** The card's QR, with another code every half minute; first the one that the hub made. */
export function useShownCode({ cardToken, cardKey, asOf, clockAheadMs, cardNumber }: KeptCard): string {
  const [text, setText] = useState(cardToken);
  useEffect(() => {
    let isShown = true;
    const turn = async (): Promise<void> => {
      const next = await textShownAt({ cardToken, cardKey, asOf, clockAheadMs }, Date.now());
      if (isShown) setText(next ?? cardNumber);
    };
    void turn();
    const timer = setInterval(() => void turn(), 1000);
    return () => {
      isShown = false;
      clearInterval(timer);
    };
  }, [cardToken, cardKey, asOf, clockAheadMs, cardNumber]);
  return text;
}
