import { useQueryClient } from "@tanstack/react-query";
import type { ReturnView } from "@weft/contracts/client";
import { placeOfNumber } from "../../../../hub/src/modules/till/domain/index.ts";
import { textOf } from "../common/text.ts";
import { useTill } from "../device/till-context.ts";
import { exchangedQuery } from "../returns/queries.ts";
import { t } from "../t.ts";
import { returnRows } from "./return-rows.ts";
import type { Paper } from "./use-print.ts";

/** The paper of a return or an exchange: a credit note is a ticket like any other, so a second print of it is a copy [DEV-5]. */
export function useReturnPaper(): (back: ReturnView) => Paper {
  const { register } = useTill();
  const queries = useQueryClient();
  return (back) => {
    const { id, orderId, returnedAt: at, receiptNumber, exchangeOrderId } = back;
    const place = receiptNumber === null ? undefined : placeOfNumber(receiptNumber);
    return {
      what: "return",
      id,
      orderId,
      at,
      ticket: place ? { ...place, kind: exchangeOrderId === null ? "return" : "exchange" } : null,
      async rows(duplicate) {
        const exchanged = exchangeOrderId === null ? undefined : await queries.ensureQueryData(exchangedQuery(exchangeOrderId));
        return {
          title: receiptNumber ?? back.number ?? "",
          rows: returnRows(back, t, { training: register.training, duplicate, textOf, exchanged }),
        };
      },
    };
  };
}
