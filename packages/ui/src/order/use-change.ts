import { useMutation } from "@tanstack/react-query";
import type { BodyOf, OrderView } from "@weft/contracts/client";
import { useRef } from "react";
import { newKey, type Api } from "../api/api.ts";
import { ProblemError } from "../api/problem-error.ts";
import { sendChange } from "./send-change.ts";

type Asked = {
  readonly api: Api;
  readonly order: OrderView;
  /** What an order without a sign-in is opened with. */
  readonly headers?: Record<string, string> | undefined;
  readonly onChanged: () => void;
};

/**
 * Changes an order by what is given, for the version that was seen: to the payer's bank where that is asked for, else the order is shown as it is
 * then. One wish goes under one key however often it is pressed; another wish, or one that was refused, under another.
 */
export function useChange({ api, order, headers, onChanged }: Asked) {
  const sent = useRef({ wish: "", key: "" });
  return useMutation({
    mutationFn: ({ body, version }: { readonly body: BodyOf<"orders.change">; readonly version: number }) => {
      const wish = JSON.stringify({ body, version });
      if (sent.current.wish !== wish) sent.current = { wish, key: newKey() };
      return sendChange({ api, orderId: order.id, headers }, { body, version, key: sent.current.key });
    },
    onSuccess: async (answer) => {
      if (answer.kind === "at_bank") return window.location.assign(answer.url);
      api.queries.setQueryData(["order", order.id], answer.answer);
      onChanged();
      await api.queries.invalidateQueries({ queryKey: ["order", order.id] });
    },
    onError: (error) => {
      const isOpen = !(error instanceof ProblemError) || error.offline || error.problem.status >= 500;
      if (!isOpen) sent.current = { wish: "", key: "" };
    },
  });
}
