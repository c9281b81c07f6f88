import { useMutation } from "@tanstack/react-query";
import type { ReturnedUnitsView, TenderInput } from "@weft/contracts/client";
import type { PlannedReturn } from "../../../../hub/src/modules/returns/domain/index.ts";
import {
  RETURN_APPROVERS,
  type ExchangeHere,
  type NotHere,
  type OwnPrices,
  type PricedTicket,
  type RefundHere,
} from "../../../../hub/src/modules/till/domain/index.ts";
import { approveHere } from "../device/approve-here.ts";
import { useTill } from "../device/till-context.ts";
import { exchangeOnHere } from "../local/own-exchange.ts";
import { takeBackHere, type OwnSold } from "../local/own-return.ts";
import type { LateWish } from "./late-approval.tsx";

type Bringing = {
  readonly own: OwnSold;
  readonly units: readonly ReturnedUnitsView[];
  readonly plan: PlannedReturn | null;
  readonly refund: RefundHere | NotHere;
  /** Of a manager, where it comes back too late. */
  readonly wish: LateWish | null;
  readonly prices: OwnPrices | undefined;
};

type Exchange = {
  readonly out: PricedTicket;
  readonly agreed: ExchangeHere;
  readonly cash: Extract<TenderInput, { kind: "cash" }> | null;
};

/** Both ways in which goods of an own sale come back while the hub cannot be asked: for money, or for what is on the ticket. */
export function useTakeHere({ own, units, plan, refund, wish, prices }: Bringing, onError: () => void) {
  const till = useTill();
  const taking = async () => {
    if (!plan) throw new Error("nothing was chosen that comes back here");
    const { placeId } = till.register;
    const approved = wish && (await approveHere({ pin: wish.pin, placeId, roles: RETURN_APPROVERS }));
    const late = wish && approved ? { reason: wish.reason.trim(), approvedBy: approved.id } : undefined;
    return { own, units, plan, till, late };
  };
  const take = useMutation({
    networkMode: "always",
    mutationFn: async () => {
      if (refund !== "cash" && refund !== "store_credit") throw new Error("its money does not go back here");
      return takeBackHere({ ...(await taking()), refund });
    },
    onError,
  });
  const exchange = useMutation({
    networkMode: "always",
    mutationFn: async ({ out, agreed, cash }: Exchange) => {
      if (!prices) throw new Error("a till without prices exchanges nothing");
      const returnId = await exchangeOnHere(out, { ...(await taking()), prices, agreed, cash });
      const change = cash && (cash.received ?? 0) - agreed.difference - (cash.rounding ?? 0);
      return { returnId, change: change === null ? null : { amount: change, currency: own.sale.total.currency } };
    },
    onError,
  });
  return { take, exchange };
}
