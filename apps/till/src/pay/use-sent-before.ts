import { useEffect, useState } from "react";
import { useTill } from "../device/till-context.ts";
import { keptActs, registerOutbox } from "../outbox/register-outbox.ts";
import type { BodyOfKind, OutboxRow } from "../outbox/rows.ts";
import { clearTicket, useTicket } from "../ticket/ticket.ts";
import { markSent, usePayment } from "./payment.ts";

/** `open`: nothing of it was sent; `waiting`: nobody pays it again before its answer is there; `sold`: the next customer's turn. */
type SentBefore = { readonly kind: "open" | "waiting" } | { readonly kind: "sold"; readonly orderId: string };
const OPEN: SentBefore = { kind: "open" };

/** A sale in parts, or an exchange, that was sent before this page was loaded: what became of it [TIL-59]. One that was refused is open again, with its parts. */
export function useSentBefore(isSending: boolean): SentBefore {
  const { register } = useTill();
  const { key, cart } = useTicket();
  const isSent = usePayment(key).isSent && !isSending;
  const [found, setFound] = useState(OPEN);
  const cartId = cart?.id ?? "";
  useEffect(() => {
    if (!isSent) return undefined;
    const look = async (): Promise<void> => {
      const sale = (await keptActs(register.id)).findLast((row) => isSaleOf(row, cartId));
      if (sale?.answer?.outcome === "done") {
        setFound({ kind: "sold", orderId: sale.answer.orderId ?? "" });
        clearTicket();
      } else if (sale && !sale.answer) setFound({ kind: "waiting" });
      else {
        setFound(OPEN);
        markSent(key, false);
      }
    };
    void look();
    return registerOutbox().onState(() => void look());
  }, [isSent, key, cartId, register.id]);
  return isSent || found.kind === "sold" ? found : OPEN;
}

const isSaleOf = ({ command }: OutboxRow, cartId: string): boolean =>
  (command["kind"] === "sale.complete" || command["kind"] === "exchange.take") &&
  (command["body"] as BodyOfKind<"sale.complete" | "exchange.take">).cartId === cartId; // of its kind
